package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.GatewayResponseSettings;
import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.MappedIntegration.Settings;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An API while its routes are collected from all over the template. */
final class ApiDraft {
  /**
   * Of the paths of all routes. API Gateway's quotas are 300 routes, or 300 resources; they can be
   * raised.
   */
  static final int MAX_SEGMENTS = 20_000;

  /** The name that SAM gives to the security scheme of API keys. */
  static final String API_KEY = "api_key";

  /** What SAM writes among the names of authorizers to say that there is none. */
  private static final Set<String> MARKS = Set.of("NONE", "api_key_false");

  final String id;
  final int line;
  final Kind kind;
  private final List<Route> routes = new ArrayList<>();

  /** The methods and paths of the routes without a known integration. */
  private final Set<String> others = new HashSet<>();

  private final List<GatewayResponseSettings> gatewayResponses = new ArrayList<>();

  /** Those of the API, by their names. */
  final Map<String, Authorizer> authorizers = new HashMap<>();

  /** The names of security schemes that are API keys. */
  final Set<String> apiKeys = new HashSet<>(Set.of(API_KEY));

  /** The names of security schemes that API Gateway does not act by: documentation. */
  final Set<String> schemes = new HashSet<>();

  /** The values of the stage's variables, by their names. */
  final Map<String, String> stageVariables = new LinkedHashMap<>();

  /** Whether it has a document that is not here, so that nothing is known of what is missing. */
  boolean partial;

  /** The segments of the paths. */
  int segments;

  /** The binary media types of a REST API. */
  final List<String> binaryTypes = new ArrayList<>();

  String stage = Api.DEFAULT_STAGE;
  BuiltInCors cors;

  ApiDraft(String id, int line, Kind kind) {
    this.id = id;
    this.line = line;
    this.kind = kind;
  }

  /** Adds a route; it replaces one that an OpenAPI document has without a known integration. */
  void add(Route route) {
    segments += 1 + (int) route.path().chars().filter(c -> c == '/').count();
    if (segments > MAX_SEGMENTS) {
      // The template is refused; but first all of it is read.
      return;
    }
    String key = route.method() + " " + route.path();
    if (others.remove(key)) {
      routes.removeIf(
          other ->
              other.target() instanceof Target.Other
                  && other.method().equals(route.method())
                  && other.path().equals(route.path()));
    }
    if (route.target() instanceof Target.Other) {
      others.add(key);
    }
    routes.add(route);
  }

  /**
   * Adds a gateway response.
   *
   * @param parameters its headers, by names with a prefix
   */
  void addGatewayResponse(
      String type, Value status, Value parameters, String prefix, Location location) {
    Map<String, Expression> headers = new LinkedHashMap<>();
    parameters
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                headers.put(
                    name.substring(prefix.length()),
                    new Expression(value.written(), value.line(), value.isKnown()));
              }
            });
    gatewayResponses.add(new GatewayResponseSettings(type, status.text(), headers, location));
  }

  /**
   * Returns the authorizer that security requirements name, also if it is not described; null for
   * none. An operation has one; SAM writes its own last.
   */
  Authorizer authorizer(List<String> names) {
    return names.stream()
        .filter(name -> !MARKS.contains(name) && !isApiKey(name) && !schemes.contains(name))
        .reduce((first, last) -> last)
        .map(
            name ->
                authorizers.getOrDefault(
                    name, new Authorizer(name, name.equals(Authorizer.IAM), List.of())))
        .orElse(null);
  }

  /** Forgets what a document says of its security schemes. */
  void forgetSecuritySchemes() {
    authorizers.clear();
    schemes.clear();
    apiKeys.retainAll(Set.of(API_KEY));
  }

  void addStageVariables(Value variables) {
    variables
        .fields()
        .forEach(
            (name, value) -> {
              if (value.isKnown()) {
                stageVariables.put(name, value.text());
              }
            });
  }

  /** Tells whether a security requirement is an API key. */
  boolean isApiKey(String name) {
    return apiKeys.contains(name);
  }

  /**
   * Returns a text with the values of <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html">stage
   * variables</a> in it.
   */
  Value withStageVariables(Value value) {
    String text = value.written();
    for (Map.Entry<String, String> variable : stageVariables.entrySet()) {
      text = text.replace("${stageVariables." + variable.getKey() + "}", variable.getValue());
    }
    if (text.equals(value.written())) {
      return value;
    }
    return value.isKnown()
        ? new Value.Text(text, value.line())
        : new Value.Unknown(text, value.references(), value.line());
  }

  Api finish() {
    return new Api(
        id,
        kind,
        stage,
        cors,
        new RouteTable(routes.stream().map(this::withSettings).toList(), kind == Kind.REST),
        List.copyOf(gatewayResponses),
        new Location(id, line),
        stageVariables,
        partial);
  }

  /** Integrations are read before all of the API is, and by several readers. */
  private Route withSettings(Route route) {
    Settings settings = new Settings(List.copyOf(binaryTypes), Map.copyOf(stageVariables));
    Target target = route.target();
    if (target instanceof Target.Mock mock) {
      target = new Target.Mock(mock.integration().with(settings));
    } else if (target instanceof Target.Mapped mapped) {
      target = new Target.Mapped(mapped.integration().with(settings), mapped.description());
    }
    return new Route(
        route.method(),
        route.path(),
        target,
        route.type(),
        route.authorizer(),
        route.apiKey(),
        route.location());
  }
}
