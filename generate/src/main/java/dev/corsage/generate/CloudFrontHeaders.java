package dev.corsage.generate;

import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicySettings.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CORS configuration of a CloudFront response headers policy (<a
 * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-cors">Understand
 * response headers policies</a>). It puts headers onto responses; whether a preflight is
 * successful, the origin of the distribution decides.
 */
final class CloudFrontHeaders extends Target {
  private static final String LAYER = "A response headers policy";

  CloudFrontHeaders() {
    super(
        "cloudfront-headers",
        "a response headers policy of CloudFront, for CloudFormation",
        "exact, *., any port, *",
        "nothing beside the request");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    for (Expression expression : form.expressions()) {
      limits.entry(
          expression.entry(),
          "A star is the whole of the leftmost label there, and there are no expressions.",
          StaticList.CODE);
    }
    form.entries().stream()
        .filter(entry -> entry.toString().equals("null"))
        .forEach(
            entry ->
                limits.entry(
                    entry, "A response headers policy documents no origin null.", StaticList.CODE));
    form.entries().stream()
        .filter(entry -> !entry.toString().matches("(https?://|/|\\*|null).*"))
        .forEach(
            entry ->
                limits.entry(
                    entry, "A response headers policy has http and https alone.", StaticList.CODE));
    StaticList.checkMethods(form, limits, LAYER, CloudFrontFunction.METHODS);
    StaticList.checkStars(form, limits, LAYER);
    StaticList.checkOtherHeaders(form, limits, LAYER);
    if (form.refusedOrigin() != null) {
      limits.setting(
          Key.REFUSED_ORIGIN,
          form.refusedOrigin(),
          "A response headers policy names no origin in other responses.",
          "Leave the origin out, or generate cloudfront-function.");
    }
    if (form.blocksRefusedOrigins()) {
      StaticList.cannotBlock(form, limits, LAYER);
    }
    limits.differs(
        Key.PREFLIGHT_STATUS,
        "A response headers policy makes no response of its own: what is behind CloudFront has to"
            + " respond to OPTIONS with a status from 200 to 299, whoever asks. cloudfront-function"
            + " responds by itself. That a star stands for several labels, too, is not tried on AWS.");
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("AWSTemplateFormatVersion", "2010-09-09");
    template.put(
        "Resources",
        Map.of("CorsHeaders", resource(form, StaticList.starredOrigins(form), "cors")));
    template.put(
        "Outputs", Map.of("CorsHeadersId", Map.of("Value", new Yaml.Raw("!Ref CorsHeaders"))));
    return List.of(
        new GeneratedFile("cloudfront-headers.yaml", provenance.comment("#") + Yaml.of(template)));
  }

  /**
   * Returns the resource.
   *
   * @param origins those that get the headers, as a response headers policy writes them
   * @param name what its name has behind that of the stack
   */
  static Map<String, Object> resource(PolicyForm form, List<String> origins, String name) {
    Map<String, Object> cors = new LinkedHashMap<>();
    cors.put("AccessControlAllowOrigins", items(origins));
    cors.put("AccessControlAllowMethods", items(methods(form)));
    // CloudFormation requires headers; a name that is safelisted anyway allows no more.
    cors.put(
        "AccessControlAllowHeaders",
        items(
            form.requestHeaders().isEmpty()
                ? List.of("accept")
                : List.copyOf(form.requestHeaders())));
    if (!form.exposedHeaders().isEmpty()) {
      cors.put("AccessControlExposeHeaders", items(List.copyOf(form.exposedHeaders())));
    }
    cors.put("AccessControlAllowCredentials", form.credentials());
    if (form.maxAgeSeconds() != null) {
      cors.put("AccessControlMaxAgeSec", form.maxAgeSeconds());
    }
    cors.put("OriginOverride", true);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Name", CloudFormation.named(name));
    config.put("CorsConfig", cors);
    return CloudFormation.resource(
        "AWS::CloudFront::ResponseHeadersPolicy", Map.of("ResponseHeadersPolicyConfig", config));
  }

  private static List<String> methods(PolicyForm form) {
    List<String> methods = StaticList.methods(form, CloudFrontFunction.METHODS);
    return methods.equals(List.of("*")) ? List.of("ALL") : methods;
  }

  private static Map<String, Object> items(List<String> values) {
    return Map.of("Items", values);
  }
}
