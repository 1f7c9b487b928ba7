package dev.corsage.cli.options;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Problem;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that tell where a request is sent to, for documents with several policies. */
public final class TargetOptions {
  @Option(names = "--stage", paramLabel = "NAME", description = "The stage it is sent to.")
  private String stage;

  @Option(names = "--api-id", paramLabel = "ID", description = "The id of the API.")
  private String apiId;

  @Option(names = "--domain", paramLabel = "NAME", description = "The API's domain.")
  private String domain;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "The path. Where the document has several policies, these four options choose.")
  private String path;

  /** Tells whether pages of an origin are in the API's own, as far as the domain is given. */
  public boolean isOriginOfApi(String origin) {
    return domain != null && origin.equals("https://" + domain.toLowerCase(Locale.ROOT));
  }

  /** Returns what decides on requests as if they were sent there. */
  public CorsDecider at(CorsDecider policies) {
    return at(policies, stage, apiId, domain, path);
  }

  /** Returns what decides on requests as if they were sent to a place; null is not known. */
  public static CorsDecider at(
      CorsDecider policies, String stage, String apiId, String domain, String path) {
    return new CorsDecider() {
      @Override
      public Decision decide(HttpRequest request) {
        return policies.decide(new TargetedRequest(request, stage, apiId, domain, path));
      }

      @Override
      public List<Problem> warnings() {
        return policies.warnings();
      }
    };
  }
}
