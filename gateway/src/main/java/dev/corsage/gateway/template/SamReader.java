package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the APIs of <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html">AWS
 * SAM</a>: what its transformation would make of them.
 */
final class SamReader {
  private static final String HTTP_API = "AWS::Serverless::HttpApi";
  private static final String REST_API = "AWS::Serverless::Api";

  /** The APIs that SAM creates for events that name none. */
  private static final String IMPLICIT_HTTP = "ServerlessHttpApi";

  private static final String IMPLICIT_REST = "ServerlessRestApi";

  private final Resources resources;
  private final Map<String, ApiDraft> apis;
  private final Map<String, Value> properties = new LinkedHashMap<>();

  SamReader(Resources resources, Map<String, ApiDraft> apis) {
    this.resources = resources;
    this.apis = apis;
  }

  void read() {
    resources.each(HTTP_API, (id, p) -> open(id, p, resources.line(id), Kind.HTTP));
    resources.each(REST_API, (id, p) -> open(id, p, resources.line(id), Kind.REST));
    resources.each("AWS::Serverless::Function", this::readFunction);
    properties.forEach(
        (id, api) -> {
          if (apis.get(id).kind == Kind.REST) {
            addMocks(apis.get(id), api.at("Cors"), api.at("Auth"));
          }
        });
  }

  private ApiDraft open(String id, Value api, int line, Kind kind) {
    ApiDraft draft = new ApiDraft(id, line, kind);
    apis.put(id, draft);
    properties.put(id, api);
    readAuthorizers(draft, api.at("Auth"));
    if (kind == Kind.HTTP) {
      draft.stage = api.at("StageName").textOr(draft.stage);
      Value cors = api.at("CorsConfiguration");
      boolean off = !cors.isPresent() || cors.text().equals("false");
      draft.cors = off ? null : BuiltInCorsReader.read(cors, id + ".CorsConfiguration");
    } else {
      draft.stage = api.at("StageName").textOr("Prod");
      draft.binaryTypes.addAll(api.at("BinaryMediaTypes").texts());
      api.at("Variables")
          .fields()
          .forEach((variable, value) -> draft.stageVariables.put(variable, value.text()));
      readGatewayResponses(draft, api.at("GatewayResponses"));
    }
    new OpenApiReader(resources, draft).read(api.at("DefinitionBody"), id + ".DefinitionBody");
    resources.ignoreProperties(
        id,
        api,
        "DefinitionUri",
        "Domain",
        "StageVariables",
        "CanarySetting",
        "Auth.ResourcePolicy",
        "Auth.UsagePlan");
    return draft;
  }

  private static void readAuthorizers(ApiDraft draft, Value auth) {
    auth.at("Authorizers")
        .fields()
        .forEach(
            (name, authorizer) -> {
              Value identity = authorizer.at("Identity");
              List<String> headers = new ArrayList<>(identity.at("Headers").texts());
              headers.addAll(identity.at("Header").texts());
              headers.addAll(OpenApiReader.headersOf(authorizer.at("IdentitySource").texts()));
              draft.authorizers.put(name, new Authorizer(name, false, headers));
            });
  }

  private static void readGatewayResponses(ApiDraft draft, Value responses) {
    responses
        .fields()
        .forEach(
            (type, response) -> {
              Location location =
                  new Location(draft.id + ".GatewayResponses." + type, response.line());
              draft.addGatewayResponse(
                  type,
                  response.at("StatusCode"),
                  response.at("ResponseParameters", "Headers"),
                  "",
                  location);
            });
  }

  private void readFunction(String id, Value function) {
    function
        .at("Events")
        .fields()
        .forEach(
            (name, event) -> {
              Value p = event.at("Properties");
              String where = id + ".Events." + name;
              switch (event.at("Type").text()) {
                case "HttpApi" -> readHttpEvent(id, p, where, event.line());
                case "Api" -> readRestEvent(id, p, where, event.line());
                default -> resources.ignore("events of type " + event.at("Type").text(), where);
              }
            });
    Value url = function.at("FunctionUrlConfig");
    if (url.isPresent()) {
      FunctionUrls.open(apis, id, id, url, id + ".FunctionUrlConfig");
    }
  }

  private void readHttpEvent(String function, Value event, String where, int line) {
    ApiDraft api = api(event.at("ApiId"), IMPLICIT_HTTP, Kind.HTTP, line);
    if (api == null) {
      resources.ignore("an API that is not in the template", where);
      return;
    }
    api.add(
        new Route(
            method(event.at("Method").textOr("ANY")),
            event.at("Path").textOr(RouteTable.DEFAULT),
            new Target.Function(function),
            ApiType.of(Kind.HTTP, !event.at("PayloadFormatVersion").textOr("2.0").startsWith("1")),
            authorizer(api, event.at("Auth"), true),
            false,
            new Location(where, line)));
  }

  private void readRestEvent(String function, Value event, String where, int line) {
    ApiDraft api = api(event.at("RestApiId"), IMPLICIT_REST, Kind.REST, line);
    if (api == null) {
      resources.ignore("an API that is not in the template", where);
      return;
    }
    String method = method(event.at("Method").text());
    Value auth = properties.get(api.id).at("Auth");
    boolean options = method.equals("OPTIONS");
    // SAM gives its defaults to every method, OPTIONS included, unless told otherwise.
    boolean byDefault = !options || isOn(auth.at("AddDefaultAuthorizerToCorsPreflight"));
    boolean keyByDefault =
        auth.at("ApiKeyRequired").isTrue()
            && (!options || isOn(auth.at("AddApiKeyRequiredToCorsPreflight")));
    Value ownKey = event.at("Auth", "ApiKeyRequired");
    api.add(
        new Route(
            method,
            event.at("Path").text(),
            new Target.Function(function),
            ApiType.REST,
            authorizer(api, event.at("Auth"), byDefault),
            ownKey.isPresent() ? ownKey.isTrue() : keyByDefault,
            new Location(where, line)));
  }

  private static boolean isOn(Value flag) {
    return !flag.isPresent() || flag.isTrue();
  }

  private Authorizer authorizer(ApiDraft api, Value own, boolean byDefault) {
    String name = own.at("Authorizer").text();
    if (name.isEmpty() && byDefault) {
      name = properties.get(api.id).at("Auth", "DefaultAuthorizer").text();
    }
    return api.authorizer(name);
  }

  private static String method(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return upper.equals("*") || upper.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : upper;
  }

  /**
   * Returns the API that an event names, or the implicit one; null if it is not in the template.
   */
  private ApiDraft api(Value reference, String implicit, Kind kind, int line) {
    String id = reference.isPresent() ? reference.ids().stream().findFirst().orElse("") : implicit;
    if (id.equals(implicit) && !apis.containsKey(id)) {
      String section = kind == Kind.HTTP ? "HttpApi" : "Api";
      Value none = new Value.Fields(Map.of(), line);
      return open(id, resources.globals(section, none), line, kind);
    }
    ApiDraft api = apis.get(id);
    return api != null && api.kind == kind && properties.containsKey(id) ? api : null;
  }

  /** SAM's {@code Cors} is a mock on each path that has no OPTIONS of its own. */
  private static void addMocks(ApiDraft api, Value cors, Value auth) {
    if (!cors.isPresent()) {
      return;
    }
    Set<String> paths = new LinkedHashSet<>();
    Set<String> withOptions = new LinkedHashSet<>();
    for (Route route : api.routes()) {
      (route.method().equals("OPTIONS") ? withOptions : paths).add(route.path());
    }
    paths.removeAll(withOptions);
    boolean authorized = isOn(auth.at("AddDefaultAuthorizerToCorsPreflight"));
    for (String path : paths) {
      api.add(
          new Route(
              "OPTIONS",
              path,
              new Target.Mock(200, mockHeaders(api, path, cors)),
              ApiType.REST,
              authorized ? api.authorizer(auth.at("DefaultAuthorizer").text()) : null,
              auth.at("ApiKeyRequired").isTrue()
                  && isOn(auth.at("AddApiKeyRequiredToCorsPreflight")),
              new Location(api.id + ".Cors", cors.line())));
    }
  }

  private static Map<String, String> mockHeaders(ApiDraft api, String path, Value cors) {
    Map<String, String> headers = new LinkedHashMap<>();
    String origin = cors instanceof Value.Text ? cors.text() : cors.at("AllowOrigin").text();
    put(headers, "Access-Control-Allow-Origin", origin);
    put(headers, "Access-Control-Allow-Headers", cors.at("AllowHeaders").text());
    String methods = cors.at("AllowMethods").text();
    put(headers, "Access-Control-Allow-Methods", methods.isEmpty() ? methods(api, path) : methods);
    put(headers, "Access-Control-Max-Age", cors.at("MaxAge").text());
    put(
        headers,
        "Access-Control-Allow-Credentials",
        cors.at("AllowCredentials").isTrue() ? "true" : "");
    return headers;
  }

  private static String methods(ApiDraft api, String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (Route route : api.routes()) {
      if (route.path().equals(path)) {
        methods.addAll(
            route.method().equals("ANY")
                ? List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
                : List.of(route.method()));
      }
    }
    methods.add("OPTIONS");
    return String.join(",", methods);
  }

  /** Values of headers are in single quotes inside the value of the template. */
  private static void put(Map<String, String> headers, String name, String value) {
    String text = value.replaceFirst("^'(.*)'$", "$1");
    if (!text.isEmpty()) {
      headers.put(name, text);
    }
  }
}
