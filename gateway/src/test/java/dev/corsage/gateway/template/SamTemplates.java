package dev.corsage.gateway.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up SAM templates: APIs with documents and without, events of all kinds, {@code Cors} and
 * {@code Auth} in all forms. The same seed gives the same template. Some are wrong.
 */
final class SamTemplates {
  private static final String PREFIX = "x-amazon-apigateway-";
  private static final List<String> PATHS =
      List.of("/", "/items", "/items/{id}", "/{proxy+}", "/b/", "/a/b");
  private static final List<String> METHODS =
      List.of("get", "GET", "post", "put", "options", "OPTIONS", "any", "ANY", "delete");

  private final Random random;
  private final Map<String, Object> resources = new LinkedHashMap<>();
  private final Map<String, Object> globals = new LinkedHashMap<>();

  private SamTemplates(long seed) {
    random = new Random(seed);
  }

  static String of(long seed) {
    return new SamTemplates(seed).template();
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Map<String, Object> ref(String id) {
    return map("Ref", id);
  }

  private String template() {
    if (chance(70)) {
      resources.put("Rest", map("Type", "AWS::Serverless::Api", "Properties", restApi()));
    }
    if (chance(60)) {
      resources.put("Http", map("Type", "AWS::Serverless::HttpApi", "Properties", httpApi()));
    }
    if (chance(25)) {
      globals.put("Api", maybe(map(), "Cors", 80, restCors(), "Auth", 40, restAuth()));
    }
    if (chance(25)) {
      globals.put(
          "HttpApi", maybe(map(), "CorsConfiguration", 80, httpCors(), "Auth", 40, httpAuth()));
    }
    int functions = 1 + random.nextInt(3);
    for (int i = 0; i < functions; i++) {
      resources.put("Fn" + i, function(i));
    }
    if (chance(25)) {
      resources.put("Machine", stateMachine());
    }
    Map<String, Object> template = map("Transform", "AWS::Serverless-2016-10-31");
    if (!globals.isEmpty()) {
      template.put("Globals", globals);
    }
    template.put("Resources", resources);
    return json(template);
  }

  /** Puts each key that comes with a chance and a value, into a map. */
  private Map<String, Object> maybe(Map<String, Object> into, Object... triples) {
    for (int i = 0; i < triples.length; i += 3) {
      if (chance((int) triples[i + 1])) {
        into.put((String) triples[i], triples[i + 2]);
      }
    }
    return into;
  }

  private Map<String, Object> restApi() {
    Map<String, Object> api = map("StageName", one("prod", "Prod", "v1"));
    if (chance(8)) {
      api.put("DefinitionUri", "s3://bucket/api.yaml");
      return maybe(api, "Cors", 15, restCors(), "Auth", 10, restAuth());
    }
    maybe(
        api,
        "Cors",
        60,
        restCors(),
        "Auth",
        50,
        restAuth(),
        "DefinitionBody",
        40,
        document(false),
        "Variables",
        20,
        map("function", "named-1"),
        "GatewayResponses",
        25,
        gatewayResponses());
    if (api.containsKey("DefinitionBody") && chance(40)) {
      api.put("MergeDefinitions", true);
    }
    return api;
  }

  private static Map<String, Object> gatewayResponses() {
    Map<String, Object> headers =
        map("Access-Control-Allow-Origin", "'https://app.example.com'", "Vary", "'Origin'");
    return map(
        "DEFAULT_4XX",
        map("ResponseParameters", map("Headers", headers)),
        "UNAUTHORIZED",
        map("StatusCode", 403, "ResponseParameters", map("Headers", headers)));
  }

  private Object restCors() {
    Object origin =
        one("'*'", "'https://app.example.com'", map("Fn::Sub", "'https://${AWS::Region}.example'"));
    if (chance(30)) {
      return origin;
    }
    Map<String, Object> cors =
        maybe(
            map(),
            "AllowOrigin",
            75,
            origin,
            "AllowHeaders",
            50,
            "'content-type,authorization'",
            "AllowMethods",
            30,
            "'GET,PUT'",
            "MaxAge",
            30,
            one("'600'", 600, "'0'"),
            "AllowCredentials",
            30,
            one(true, false));
    if (chance(4)) {
      cors.put("AllowOrigins", "'*'");
    }
    return cors;
  }

  private Map<String, Object> restAuth() {
    Map<String, Object> authorizers = map();
    maybe(
        authorizers,
        "Pool",
        80,
        map("UserPoolArn", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/a"),
        "Token",
        50,
        map(
            "FunctionArn",
            "arn:aws:lambda:us-east-1:123456789012:function:auth",
            "Identity",
            map("Header", "X-Token")),
        "Request",
        50,
        map(
            "FunctionArn",
            "arn:aws:lambda:us-east-1:123456789012:function:auth",
            "FunctionPayloadType",
            "REQUEST",
            "Identity",
            one(
                map("Headers", List.of("X-A", "X-B")),
                map("QueryStrings", List.of("token")),
                map("Headers", List.of("X-A"), "QueryStrings", List.of("token", "t")),
                map("StageVariables", List.of("v")))));
    Map<String, Object> auth = map();
    if (!authorizers.isEmpty() && chance(90)) {
      auth.put("Authorizers", authorizers);
    }
    List<String> names = new ArrayList<>(authorizers.keySet());
    names.add("AWS_IAM");
    if (chance(5)) {
      names.add("Nobody");
    }
    return maybe(
        auth,
        "DefaultAuthorizer",
        60,
        one(names),
        "AddDefaultAuthorizerToCorsPreflight",
        40,
        one(true, false),
        "ApiKeyRequired",
        35,
        one(true, true, false),
        "AddApiKeyRequiredToCorsPreflight",
        40,
        one(true, false));
  }

  private Map<String, Object> httpApi() {
    Map<String, Object> api = map();
    if (chance(8)) {
      api.put("DefinitionUri", "s3://bucket/api.yaml");
      return maybe(api, "CorsConfiguration", 15, httpCors(), "Auth", 10, httpAuth());
    }
    return maybe(
        api,
        "StageName",
        30,
        one("live", "$default"),
        "CorsConfiguration",
        50,
        httpCors(),
        "Auth",
        50,
        httpAuth(),
        "StageVariables",
        20,
        map("function", "named-1"),
        "DefinitionBody",
        40,
        document(true));
  }

  private Object httpCors() {
    if (chance(20)) {
      return one(true, false);
    }
    Map<String, Object> cors =
        maybe(
            map(),
            "AllowOrigins",
            80,
            one(List.of("*"), List.of("https://a.example", "https://b.example")),
            "AllowHeaders",
            40,
            List.of("content-type"),
            "AllowMethods",
            40,
            List.of("GET", "PUT"),
            "ExposeHeaders",
            30,
            List.of("etag"),
            "MaxAge",
            30,
            one(0, 600),
            "AllowCredentials",
            30,
            one(true, false));
    if (chance(4)) {
      cors.put("AllowOrigin", "https://a.example");
    }
    return cors;
  }

  private Map<String, Object> httpAuth() {
    Map<String, Object> authorizers = map();
    maybe(
        authorizers,
        "Jwt",
        80,
        map(
            "IdentitySource",
            one(
                "$request.header.Authorization",
                "$request.header.X-Jwt",
                "$request.querystring.jwt"),
            "JwtConfiguration",
            map("issuer", "https://id.example", "audience", List.of("a"))),
        "Lambda",
        50,
        map(
            "FunctionArn",
            "arn:aws:lambda:us-east-1:123456789012:function:auth",
            "AuthorizerPayloadFormatVersion",
            "2.0",
            "Identity",
            one(map("Headers", List.of("X-A")), map("QueryStrings", List.of("t")))));
    List<String> names = new ArrayList<>(authorizers.keySet());
    if (chance(5)) {
      names.add("Nobody");
    }
    Map<String, Object> auth = maybe(map(), "EnableIamAuthorizer", 30, true);
    if (auth.containsKey("EnableIamAuthorizer")) {
      names.add("AWS_IAM");
    }
    if (!authorizers.isEmpty()) {
      auth.put("Authorizers", authorizers);
    }
    return names.isEmpty() ? auth : maybe(auth, "DefaultAuthorizer", 60, one(names));
  }

  private Map<String, Object> document(boolean http) {
    Map<String, Object> document =
        http || chance(50) ? map("openapi", "3.0.1") : map("swagger", "2.0");
    document.put("info", map("title", "t", "version", "1"));
    Map<String, Object> paths = map();
    for (String path : PATHS) {
      if (chance(35)) {
        paths.put(path, path(http));
      }
    }
    if (http && chance(30)) {
      paths.put("$default", map(PREFIX + "any-method", operation(http)));
    }
    document.put("paths", paths);
    Map<String, Object> own =
        map(
            "own",
            map(
                "type",
                "apiKey",
                "name",
                "X-Own",
                "in",
                "header",
                PREFIX + "authtype",
                "custom",
                PREFIX + "authorizer",
                map("type", http ? "request" : "token")),
            "api_key",
            map("type", "apiKey", "name", "x-api-key", "in", "header"));
    if (document.containsKey("openapi")) {
      document.put("components", map("securitySchemes", own));
    } else {
      document.put("securityDefinitions", own);
    }
    if (http && chance(30)) {
      document.put(
          PREFIX + "cors",
          map(
              "allowOrigins",
              List.of("https://old.example"),
              "allowMethods",
              List.of("POST"),
              "maxAge",
              5));
    }
    if (chance(15)) {
      document.put("security", List.of(map("own", List.of())));
    }
    return document;
  }

  private Map<String, Object> path(boolean http) {
    Map<String, Object> methods = map();
    for (String method : List.of("get", "post", "options", PREFIX + "any-method")) {
      if (chance(40)) {
        methods.put(method, operation(http));
      }
    }
    if (chance(20)) {
      methods.put("parameters", List.of(map("name", "id", "in", "path", "required", true)));
    }
    return methods;
  }

  private Map<String, Object> operation(boolean http) {
    Map<String, Object> operation = map("responses", map());
    if (chance(85)) {
      operation.put(PREFIX + "integration", integration(http));
    }
    if (chance(25)) {
      operation.put(
          "security",
          one(
              List.of(),
              List.of(map("own", List.of())),
              List.of(map("NONE", List.of())),
              List.of(map("api_key", List.of())),
              List.of(map("own", List.of()), map("api_key", List.of()))));
    }
    return operation;
  }

  private Map<String, Object> integration(boolean http) {
    if (!http && chance(25)) {
      Map<String, Object> parameters =
          map("method.response.header.Access-Control-Allow-Origin", "'https://doc.example'");
      return map(
          "type",
          "mock",
          "responses",
          map("default", map("statusCode", "200", "responseParameters", parameters)));
    }
    String lambda = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/";
    String arn = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    Map<String, Object> integration =
        map(
            "type",
            one("aws_proxy", "AWS_PROXY"),
            "httpMethod",
            "POST",
            "uri",
            map(
                "Fn::Sub",
                one(
                    lambda + "${Fn0.Arn}/invocations",
                    lambda + arn + "named-0/invocations",
                    lambda + arn + "elsewhere/invocations")));
    if (http && chance(70)) {
      integration.put("payloadFormatVersion", one("1.0", "2.0"));
    }
    return integration;
  }

  private Map<String, Object> function(int i) {
    Map<String, Object> properties =
        map("InlineCode", "x", "Handler", "index.handler", "Runtime", "nodejs22.x");
    if (i == 0 || chance(30)) {
      properties.put("FunctionName", "named-" + i);
    }
    if (chance(15)) {
      properties.put("AutoPublishAlias", "live");
    }
    if (chance(15)) {
      properties.put(
          "FunctionUrlConfig",
          maybe(
              map("AuthType", one("NONE", "AWS_IAM")),
              "Cors",
              60,
              map(
                  "AllowOrigins",
                  List.of("https://a.example"),
                  "AllowMethods",
                  List.of("*"),
                  "MaxAge",
                  60,
                  "AllowCredentials",
                  one(true, false))));
    }
    Map<String, Object> events = map();
    int count = random.nextInt(5);
    for (int event = 0; event < count; event++) {
      events.put("E" + event, chance(50) ? httpEvent() : restEvent(true));
    }
    if (!events.isEmpty()) {
      properties.put("Events", events);
    }
    return map("Type", "AWS::Serverless::Function", "Properties", properties);
  }

  private Map<String, Object> stateMachine() {
    Map<String, Object> states = map("A", map("Type", "Pass", "End", true));
    return map(
        "Type",
        "AWS::Serverless::StateMachine",
        "Properties",
        map(
            "Role", "arn:aws:iam::123456789012:role/r",
            "Definition", map("StartAt", "A", "States", states),
            "Events", map("Start", restEvent(false))));
  }

  private Map<String, Object> restEvent(boolean function) {
    Map<String, Object> event = map("Path", one(PATHS), "Method", one(METHODS));
    if (resources.containsKey("Rest") && chance(70)) {
      event.put("RestApiId", chance(80) ? ref("Rest") : "Rest");
    } else if (chance(3)) {
      event.put("RestApiId", ref("Http"));
    }
    if (chance(30)) {
      Map<String, Object> auth =
          maybe(
              map(),
              "Authorizer",
              60,
              one("Pool", "NONE", "AWS_IAM", "Request"),
              "ApiKeyRequired",
              40,
              one(true, true, false));
      if (function && !auth.isEmpty() && chance(30)) {
        auth.put("OverrideApiAuth", true);
      }
      event.put("Auth", auth);
    }
    return map("Type", "Api", "Properties", event);
  }

  private Map<String, Object> httpEvent() {
    Map<String, Object> event = map();
    if (chance(75)) {
      event.put("Path", one(PATHS));
      event.put("Method", one(METHODS));
    }
    if (resources.containsKey("Http") && chance(70)) {
      event.put("ApiId", chance(80) ? ref("Http") : "Http");
    }
    maybe(event, "PayloadFormatVersion", 30, one("1.0", "2.0"));
    if (chance(25)) {
      event.put("Auth", maybe(map(), "Authorizer", 70, one("Jwt", "NONE", "AWS_IAM", "Lambda")));
    }
    return event.isEmpty() ? map("Type", "HttpApi") : map("Type", "HttpApi", "Properties", event);
  }

  private static String json(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      write(out, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> fields) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        out.writeFieldName((String) field.getKey());
        write(out, field.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> items) {
      out.writeStartArray();
      for (Object item : items) {
        write(out, item);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else {
      out.writeString((String) value);
    }
  }
}
