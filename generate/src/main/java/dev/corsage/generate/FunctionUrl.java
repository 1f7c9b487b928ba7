package dev.corsage.generate;

import dev.corsage.PolicyForm;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The CORS settings of a function URL (<a
 * href="https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html">Cors, Lambda API
 * reference</a>).
 */
final class FunctionUrl extends Target {
  private static final String LAYER = "A function URL";

  // https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
  private static final int MAX_ITEMS = 100;
  private static final int MAX_ORIGIN_LENGTH = 253;

  /** Methods have six characters at most there, so OPTIONS is none. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "*");

  private static final int PREFLIGHT_STATUS = 200;

  FunctionUrl() {
    super(
        "function-url",
        "Cors of a function URL, for CloudFormation",
        "exact (up to " + MAX_ITEMS + "), *",
        "nothing");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    StaticList.checkExact(form, limits, LAYER);
    StaticList.checkResponses(form, limits, LAYER, PREFLIGHT_STATUS);
    StaticList.checkMethods(form, limits, LAYER, METHODS);
    StaticList.checkStars(form, limits, LAYER);
    checkSize(form, limits, Key.ORIGINS, form.exactOrigins().size());
    checkSize(form, limits, Key.REQUEST_HEADERS, form.requestHeaders().size());
    checkSize(form, limits, Key.EXPOSED_HEADERS, form.exposedHeaders().size());
    form.entries().stream()
        .filter(entry -> entry.toString().length() > MAX_ORIGIN_LENGTH)
        .forEach(
            entry ->
                limits.entry(
                    entry,
                    "A function URL takes origins of up to " + MAX_ORIGIN_LENGTH + " characters.",
                    StaticList.CODE));
    limits.differs(
        Key.REFUSED_STATUS,
        "A function URL responds to a refused preflight with 200 and no CORS header: browsers refuse"
            + " it all the same. To responses it adds its headers beside those of the function: let"
            + " the function set none.");
  }

  private static void checkSize(PolicyForm form, Limits limits, Key<?> key, int size) {
    if (size > MAX_ITEMS) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(key),
              size + "",
              "A function URL takes " + MAX_ITEMS + " items in a list.",
              GenerateCode.TARGET_LIMIT.remedy()));
    }
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put(
        "Function", Map.of("Type", "String", "Description", "The function's name or ARN"));
    Map<String, Object> authType = new LinkedHashMap<>();
    authType.put("Type", "String");
    authType.put("Default", "AWS_IAM");
    authType.put("AllowedValues", List.of("AWS_IAM", "NONE"));
    parameters.put("AuthType", authType);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("TargetFunctionArn", new Yaml.Raw("!Ref Function"));
    properties.put("AuthType", new Yaml.Raw("!Ref AuthType"));
    properties.put("Cors", StaticList.cors(form, METHODS));
    Map<String, Object> url = CloudFormation.resource("AWS::Lambda::Url", properties);
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("AWSTemplateFormatVersion", "2010-09-09");
    template.put("Parameters", parameters);
    template.put("Resources", Map.of("FunctionUrl", url));
    return List.of(
        new GeneratedFile("function-url.yaml", provenance.comment("#") + Yaml.of(template)));
  }
}
