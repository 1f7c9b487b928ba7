package dev.corsage.generate;

import dev.corsage.OriginPattern;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OPTIONS of a REST API as a mock integration, whose mapping template decides (<a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">overriding
 * responses in mapping templates</a>). There is no function, and nothing that has to start.
 */
final class RestMock extends Target {
  private static final String LAYER = "A mock integration";

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  private static final int MAX_TEMPLATE_BYTES = 300 * 1024;
  private static final int MAX_TURNS = 1_000;

  /**
   * Without it API Gateway runs no template where the API has binary media types (<a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html">content
   * type conversions</a>).
   */
  private static final String TEXT = "CONVERT_TO_TEXT";

  private static final String LINEAR =
      "Generate javascript, python or cloudfront-function, which match in linear time.";

  /** Every header that the template can set: a method declares those of its responses. */
  private static final List<String> HEADERS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Vary");

  RestMock() {
    super(
        "rest-mock",
        "OPTIONS of a REST API as a mock integration that decides by its mapping template",
        "all but expressions that backtrack, or match IPv6 addresses",
        "a request to the API");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    Set<OriginPattern> ofAddresses = limits.ofAddresses();
    for (Expression expression : form.expressions()) {
      if (!expression.isLinear()) {
        limits.entry(
            GenerateCode.ENTRY_BACKTRACKS,
            expression.entry(),
            GenerateCode.ENTRY_BACKTRACKS.meaning(),
            "Write it so that every origin matches in one way. " + LINEAR);
      } else if (ofAddresses.contains(expression.entry())) {
        limits.entry(
            expression.entry(),
            "It matches IPv6 addresses, whose spelling a mapping template cannot check.",
            "Write the address without an expression, such as http://[::1]:*, or generate"
                + " javascript, python or cloudfront-function.");
      }
    }
    if (form.blocksRefusedOrigins()) {
      StaticList.cannotBlock(form, limits, LAYER);
    }
    checkSize(form, limits);
    limits.differs(
        Key.ORIGINS,
        "A mock integration decides on preflights alone. Responses to actual requests need headers of"
            + " their own, from the function behind the API; "
            + (gatewayHeaders(form).isEmpty()
                ? "errors that API Gateway makes have none, since gateway responses cannot choose"
                    + " between origins."
                : "errors that API Gateway makes have the same headers for every origin."));
    limits.differs(
        Key.REQUEST_HEADERS,
        "A mapping template sees one line of a header that comes in several. A preflight that names"
            + " 999 headers or more is refused. Browsers send neither.");
  }

  private static void checkSize(PolicyForm form, Limits limits) {
    PolicyForm rest = limits.rest();
    int expressions = MockTemplate.expressions(rest).size();
    if (expressions >= MAX_TURNS) {
      limits.add(
          tooLarge(
              form,
              expressions,
              "A mapping template goes through fewer than " + MAX_TURNS + " expressions."));
    }
    int bytes = CodeFile.bytes(MockTemplate.of(rest, new Provenance("", "")));
    if (bytes > MAX_TEMPLATE_BYTES - 1_024) {
      limits.add(
          tooLarge(
              form,
              form.entries().size(),
              "A mapping template has up to "
                  + MAX_TEMPLATE_BYTES / 1_024
                  + " KB, and this one "
                  + bytes / 1_024
                  + "."));
    }
  }

  private static Problem tooLarge(PolicyForm form, int size, String message) {
    return Problem.of(
        GenerateCode.TARGET_LIMIT,
        form.field(Key.ORIGINS),
        size + "",
        message,
        GenerateCode.TARGET_LIMIT.remedy());
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    String template = MockTemplate.of(form, provenance);
    String comment = provenance.comment("#");
    return List.of(
        new GeneratedFile(
            "rest-mock.yaml", comment + Yaml.of(cloudFormation(form, template, provenance))),
        new GeneratedFile("rest-mock.openapi.yaml", comment + Yaml.of(openApi(form, template))),
        new GeneratedFile("rest-mock.vtl", template));
  }

  private static Map<String, Object> cloudFormation(
      PolicyForm form, String template, Provenance provenance) {
    Map<String, Object> resources = new LinkedHashMap<>();
    resources.put(
        "Api",
        CloudFormation.resource(
            "AWS::ApiGateway::RestApi", Map.of("Name", new Yaml.Raw("!Ref AWS::StackName"))));
    resources.put(
        "Proxy",
        CloudFormation.resource(
            "AWS::ApiGateway::Resource",
            map(
                "RestApiId", new Yaml.Raw("!Ref Api"),
                "ParentId", new Yaml.Raw("!GetAtt Api.RootResourceId"),
                "PathPart", new Yaml.Raw("\"{proxy+}\""))));
    resources.put("ProxyOptions", method("!Ref Proxy", form, template));
    resources.put("RootOptions", method("!GetAtt Api.RootResourceId", form, template));
    Map<String, String> headers = gatewayHeaders(form);
    if (!headers.isEmpty()) {
      for (String type : List.of("4XX", "5XX")) {
        resources.put(
            "Errors" + type,
            CloudFormation.resource(
                "AWS::ApiGateway::GatewayResponse",
                map(
                    "RestApiId",
                    new Yaml.Raw("!Ref Api"),
                    "ResponseType",
                    "DEFAULT_" + type,
                    "ResponseParameters",
                    prefixed("gatewayresponse.header.", headers))));
      }
    }
    // A deployment never changes: another policy has to make another one.
    String deployment = "Deployment" + provenance.policyHash().substring(0, 8);
    Map<String, Object> deployed =
        CloudFormation.resource(
            "AWS::ApiGateway::Deployment", Map.of("RestApiId", new Yaml.Raw("!Ref Api")));
    deployed.put("DependsOn", List.of("ProxyOptions", "RootOptions"));
    resources.put(deployment, deployed);
    resources.put(
        "Stage",
        CloudFormation.resource(
            "AWS::ApiGateway::Stage",
            map(
                "RestApiId", new Yaml.Raw("!Ref Api"),
                "DeploymentId", new Yaml.Raw("!Ref " + deployment),
                "StageName", "prod")));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("AWSTemplateFormatVersion", "2010-09-09");
    document.put("Description", "Preflights of a REST API without a function");
    document.put("Resources", resources);
    document.put(
        "Outputs",
        Map.of(
            "ApiUrl",
            Map.of(
                "Value",
                new Yaml.Raw(
                    "!Sub \"https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod\""))));
    return document;
  }

  private static Map<String, Object> method(String resource, PolicyForm form, String template) {
    String status = form.preflightStatus() + "";
    Map<String, Object> declared = new LinkedHashMap<>();
    HEADERS.forEach(name -> declared.put("method.response.header." + name, true));
    return CloudFormation.resource(
        "AWS::ApiGateway::Method",
        map(
            "RestApiId",
            new Yaml.Raw("!Ref Api"),
            "ResourceId",
            new Yaml.Raw(resource),
            "HttpMethod",
            "OPTIONS",
            "AuthorizationType",
            "NONE",
            "Integration",
            map(
                "Type",
                "MOCK",
                "PassthroughBehavior",
                "WHEN_NO_MATCH",
                "ContentHandling",
                TEXT,
                "RequestTemplates",
                request(status),
                "IntegrationResponses",
                List.of(
                    map(
                        "StatusCode",
                        status,
                        "ContentHandling",
                        TEXT,
                        "ResponseTemplates",
                        Map.of("application/json", template)))),
            "MethodResponses",
            List.of(map("StatusCode", status, "ResponseParameters", declared))));
  }

  /** Returns the template that tells the mock its status, without which it fails. */
  private static Map<String, Object> request(String status) {
    return Map.of("application/json", new Yaml.Raw("'{\"statusCode\": " + status + "}'"));
  }

  private static Map<String, Object> openApi(PolicyForm form, String template) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.1");
    document.put("info", map("title", "CORS preflights", "version", "1"));
    Map<String, Object> operation = operation(form, template);
    document.put("paths", map("/", operation, "/{proxy+}", withParameter(operation)));
    Map<String, String> headers = gatewayHeaders(form);
    if (!headers.isEmpty()) {
      Map<String, Object> response =
          Map.of("responseParameters", prefixed("gatewayresponse.header.", headers));
      document.put(
          "x-amazon-apigateway-gateway-responses",
          map("DEFAULT_4XX", response, "DEFAULT_5XX", response));
    }
    return document;
  }

  private static Map<String, Object> operation(PolicyForm form, String template) {
    String status = form.preflightStatus() + "";
    Map<String, Object> headers = new LinkedHashMap<>();
    HEADERS.forEach(name -> headers.put(name, Map.of("schema", Map.of("type", "string"))));
    return map(
        "options",
        map(
            "responses",
            map("\"" + status + "\"", map("description", "The preflight", "headers", headers)),
            "x-amazon-apigateway-integration",
            map(
                "type",
                "mock",
                "passthroughBehavior",
                "when_no_match",
                "contentHandling",
                TEXT,
                "requestTemplates",
                request(status),
                "responses",
                map(
                    "default",
                    map(
                        "statusCode",
                        status,
                        "contentHandling",
                        TEXT,
                        "responseTemplates",
                        Map.of("application/json", template))))));
  }

  /** A path with a variable has to declare it. */
  private static Map<String, Object> withParameter(Map<String, Object> operation) {
    Map<String, Object> path = new LinkedHashMap<>();
    path.put(
        "parameters",
        List.of(
            map(
                "name",
                "proxy",
                "in",
                "path",
                "required",
                true,
                "schema",
                Map.of("type", "string"))));
    path.putAll(operation);
    return path;
  }

  /**
   * Returns the headers of the errors that API Gateway makes: they are the same for everybody, so
   * there are some for a policy of one origin, and of all, and none for other policies (<a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">gateway
   * responses</a>).
   */
  private static Map<String, String> gatewayHeaders(PolicyForm form) {
    boolean one = form.entries().size() == 1 && form.exactOrigins().size() == 1;
    if (!one && !form.isAny()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Origin", form.isAny() ? "*" : form.exactOrigins().get(0));
    headers.putAll(form.actualHeaders());
    headers.replaceAll(
        (name, value) -> value.isEmpty() ? headers.get("Access-Control-Allow-Origin") : value);
    // The value is between quotes, and nothing says how one within it would be written.
    headers.values().removeIf(value -> value.indexOf('\'') >= 0);
    return headers;
  }

  private static Map<String, Object> prefixed(String prefix, Map<String, String> headers) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    headers.forEach((name, value) -> parameters.put(prefix + name, quoted("'" + value + "'")));
    return parameters;
  }

  /** Returns it as people write it, if it has nothing that YAML would read in another way. */
  private static Object quoted(String value) {
    boolean plain = value.matches("[A-Za-z0-9 ':/*.,_-]*");
    return plain ? new Yaml.Raw('"' + value + '"') : value;
  }

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
