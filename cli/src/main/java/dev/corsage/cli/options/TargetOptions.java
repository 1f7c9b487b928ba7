package dev.corsage.cli.options;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that tell where a request is sent to, for documents with several policies. */
public final class TargetOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /** Returns the URL of the API, as far as its domain is given; it is taken to be https. */
  public Optional<URI> url() {
    if (domain == null) {
      return Optional.empty();
    }
    String name = domain.toLowerCase(Locale.ROOT);
    try {
      String at = path == null || !path.startsWith("/") ? "/" : path;
      return Optional.of(new URI("https", name, at, null));
    } catch (URISyntaxException unusable) {
      throw new ParameterException(
          command.commandLine(), "--domain and --path: they do not make a URL.", unusable);
    }
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
