package dev.corsage.cdk;

import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.generate.Generated;
import dev.corsage.generate.GeneratedFile;
import dev.corsage.generate.Provenance;
import dev.corsage.generate.Targets;
import dev.corsage.lambda.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.ContentHandling;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.IntegrationResponse;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.MethodResponse;
import software.amazon.awscdk.services.apigateway.MockIntegration;
import software.amazon.awscdk.services.apigateway.PassthroughBehavior;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.constructs.IConstruct;

/**
 * Preflights of a REST API without a function: mock integrations whose mapping template decides by
 * a policy. It is what {@code corsage generate rest-mock} writes.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CorsageMockPreflight {
  private static final List<String> HEADERS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Vary");

  private static final int DEFAULT_STATUS = 204;

  private final String template;
  private final String status;

  private CorsageMockPreflight(String template, String status) {
    this.template = template;
    this.status = status;
  }

  /**
   * Compiles a policy.
   *
   * @param document a policy document, as {@code docs/policy.md} says; not null
   * @throws InvalidPolicyException if the policy does not build
   * @throws IllegalArgumentException if a mapping template cannot decide by it; it names every
   *     reason
   */
  public static CorsageMockPreflight of(String document) {
    PolicySettings settings = PolicyDocument.read(document);
    Generated generated =
        Targets.named("rest-mock")
            .orElseThrow()
            .generate(settings, false, Provenance.of("cdk deploy", document));
    if (generated.isRefused()) {
      throw new IllegalArgumentException(
          String.join(
              "\n",
              generated.problems().stream()
                  .filter(Problem::isError)
                  .map(Problem::toString)
                  .toList()));
    }
    String template =
        generated.files().stream()
            .filter(file -> file.path().equals("rest-mock.vtl"))
            .map(GeneratedFile::content)
            .findFirst()
            .orElseThrow();
    int status = settings.get(Key.PREFLIGHT_STATUS).orElse(DEFAULT_STATUS);
    return new CorsageMockPreflight(template, Integer.toString(status));
  }

  /**
   * Adds {@code OPTIONS} to every resource that a REST API has now and that has none, without an
   * authorizer and without an API key, whatever the API's defaults are. So add the resources first.
   */
  public void addTo(RestApi api) {
    Map<String, Boolean> declared = new TreeMap<>();
    HEADERS.forEach(name -> declared.put("method.response.header." + name, true));
    MockIntegration integration =
        new MockIntegration(
            IntegrationOptions.builder()
                .passthroughBehavior(PassthroughBehavior.WHEN_NO_MATCH)
                .contentHandling(ContentHandling.CONVERT_TO_TEXT)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": " + status + "}"))
                .integrationResponses(
                    List.of(
                        IntegrationResponse.builder()
                            .statusCode(status)
                            .contentHandling(ContentHandling.CONVERT_TO_TEXT)
                            .responseTemplates(Map.of("application/json", template))
                            .build()))
                .build());
    MethodOptions open =
        MethodOptions.builder()
            .authorizationType(AuthorizationType.NONE)
            .authorizer(new NoAuthorizer())
            .apiKeyRequired(false)
            .methodResponses(
                List.of(
                    MethodResponse.builder()
                        .statusCode(status)
                        .responseParameters(declared)
                        .build()))
            .build();
    for (IConstruct part : api.getNode().findAll()) {
      if (part instanceof IResource resource && part.getNode().tryFindChild("OPTIONS") == null) {
        resource.addMethod("OPTIONS", integration, open);
      }
    }
  }
}
