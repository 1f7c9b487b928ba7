package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.CorsSettings.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the HTTP APIs of plain <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html">CloudFormation</a>.
 */
final class HttpApiReader {
  private final Resources resources;
  private final Map<String, ApiDraft> apis;
  private final Map<String, Value> bodies = new LinkedHashMap<>();

  HttpApiReader(Resources resources, Map<String, ApiDraft> apis) {
    this.resources = resources;
    this.apis = apis;
  }

  void read() {
    resources.each("AWS::ApiGatewayV2::Api", this::readApi);
    resources.each("AWS::ApiGatewayV2::Stage", this::readStage);
    // After the stages, whose variables may be in documents.
    bodies.forEach((id, api) -> new OpenApiReader(resources, apis.get(id)).readRoutes(id, api));
    resources.each("AWS::ApiGatewayV2::Route", this::readRoute);
  }

  private void readStage(String id, Value stage) {
    ApiDraft api = apis.get(stage.at("ApiId").ids().stream().findFirst().orElse(""));
    if (api != null && api.kind == Kind.HTTP) {
      api.stage = stage.at("StageName").textOr(api.stage);
      api.addStageVariables(stage.at("StageVariables"));
    }
  }

  private void readApi(String id, Value api) {
    if (!api.at("ProtocolType").textOr("HTTP").equals("HTTP")) {
      resources.ignore("WebSocket APIs, which have no CORS", id);
      return;
    }
    ApiDraft draft = new ApiDraft(id, resources.line(id), Kind.HTTP);
    apis.put(id, draft);
    Value cors = api.at("CorsConfiguration");
    draft.cors =
        cors.isPresent()
            ? BuiltInCorsReader.read(resources, cors, id + ".CorsConfiguration")
            : null;
    resources.written.addCors(Place.HTTP_API, cors, false, id + ".CorsConfiguration");
    bodies.put(id, api);
    if (api.at("Target").isPresent()) {
      // Quick create: one route, and the default format.
      String[] key = key(api.at("RouteKey").textOr(RouteTable.DEFAULT));
      draft.add(
          new Route(
              key[0],
              key[1],
              target(draft, api.at("Target")),
              ApiType.HTTP_V2,
              null,
              false,
              new Location(id + ".Target", api.at("Target").line())));
    }
  }

  private void readRoute(String id, Value route) {
    ApiDraft api = apis.get(route.at("ApiId").ids().stream().findFirst().orElse(""));
    if (api == null || api.kind != Kind.HTTP) {
      resources.ignore("routes of APIs that are not in the template, or not HTTP APIs", id);
      return;
    }
    String integration = integration(route.at("Target"));
    Value version = resources.property(integration, "PayloadFormatVersion");
    String[] key = key(route.at("RouteKey").written());
    api.add(
        new Route(
            key[0],
            key[1],
            target(api, resources.property(integration, "IntegrationUri")),
            ApiType.of(Kind.HTTP, version.text().startsWith("2")),
            authorizer(route),
            false,
            new Location(id, resources.line(id))));
  }

  /** Returns the method and the path of a route key. */
  private static String[] key(String routeKey) {
    String[] key = routeKey.split(" ", 2);
    return key.length == 2 ? key : new String[] {Operations.ANY, routeKey};
  }

  private String integration(Value target) {
    return target.ids().stream()
        .filter(id -> resources.type(id).equals("AWS::ApiGatewayV2::Integration"))
        .findFirst()
        .orElse("");
  }

  private Target target(ApiDraft api, Value uri) {
    String function = resources.function(api.withStageVariables(uri));
    if (function != null) {
      return new Target.Function(function);
    }
    String text = uri.written();
    return new Target.Other(text.isEmpty() ? "an integration that is not read" : text);
  }

  private Authorizer authorizer(Value route) {
    String type = route.at("AuthorizationType").textOr("NONE");
    if (type.equals("NONE")) {
      return null;
    }
    String id = route.at("AuthorizerId").ids().stream().findFirst().orElse("");
    return OpenApiReader.authorizer(
        id.isEmpty() ? type : id,
        type.equals(Authorizer.IAM),
        resources.property(id, "IdentitySource").texts());
  }
}
