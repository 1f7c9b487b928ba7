package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TemplateRoute.Authorizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An API while its routes are gathered from all over the template. */
final class ApiDraft {
  final String id;
  final int line;
  final TemplateApi.Kind kind;
  private final List<TemplateRoute> routes = new ArrayList<>();
  final List<GatewayResponseSettings> gatewayResponses = new ArrayList<>();

  /** Those of the API, by their names. */
  final Map<String, Authorizer> authorizers = new HashMap<>();

  String stage = "$default";
  BuiltInCors cors;

  ApiDraft(String id, int line, TemplateApi.Kind kind) {
    this.id = id;
    this.line = line;
    this.kind = kind;
  }

  /** Adds a route; where a document describes it without saying what it leads to, this says so. */
  void add(TemplateRoute route) {
    routes.removeIf(
        other ->
            other.target() instanceof TemplateRoute.Other
                && other.method().equals(route.method())
                && other.path().equals(route.path()));
    routes.add(route);
  }

  /** Returns an authorizer of this name, also of one that is not described. */
  Authorizer authorizer(String name) {
    if (name.isEmpty() || name.equals("NONE")) {
      return null;
    }
    return authorizers.getOrDefault(
        name, new Authorizer(name, name.equals(Authorizer.IAM), List.of()));
  }

  List<TemplateRoute> routes() {
    return List.copyOf(routes);
  }

  TemplateApi finish() {
    boolean resourceFirst = kind == TemplateApi.Kind.REST;
    return new TemplateApi(
        id,
        line,
        kind,
        stage,
        cors,
        new RouteTable(routes, resourceFirst),
        List.copyOf(gatewayResponses));
  }
}
