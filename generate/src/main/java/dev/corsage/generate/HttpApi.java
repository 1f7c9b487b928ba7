package dev.corsage.generate;

import dev.corsage.PolicyForm;
import dev.corsage.PolicySettings.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The CORS configuration of an HTTP API (<a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">Configure
 * CORS for HTTP APIs</a>): API Gateway responds to preflights itself, and replaces the CORS headers
 * of integrations. SAM and CloudFormation spell it alike.
 */
final class HttpApi extends Target {
  private static final String LAYER = "An HTTP API";

  /** The methods that routes of an HTTP API can have. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "*");

  private static final int PREFLIGHT_STATUS = 204;

  HttpApi() {
    super(
        "http-api",
        "CorsConfiguration of an HTTP API, for SAM and CloudFormation",
        "exact, *",
        "a request to the API");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    StaticList.checkExact(form, limits, LAYER);
    StaticList.checkResponses(form, limits, LAYER, PREFLIGHT_STATUS);
    StaticList.checkMethods(form, limits, LAYER, METHODS);
    StaticList.checkStars(form, limits, LAYER);
    limits.differs(
        Key.REFUSED_STATUS,
        "An HTTP API responds to a refused preflight with 204 and no CORS header: browsers refuse it"
            + " all the same.");
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    Map<String, Object> api =
        CloudFormation.resource(
            "AWS::Serverless::HttpApi",
            Map.of("CorsConfiguration", StaticList.cors(form, METHODS)));
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("AWSTemplateFormatVersion", "2010-09-09");
    template.put("Transform", new Yaml.Raw("AWS::Serverless-2016-10-31"));
    template.put("Resources", Map.of("HttpApi", api));
    return List.of(new GeneratedFile("http-api.yaml", provenance.comment("#") + Yaml.of(template)));
  }
}
