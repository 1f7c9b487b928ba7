package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.util.Map;

/**
 * Reads the HTTP APIs of plain <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html">CloudFormation</a>.
 */
final class HttpApiReader {
  private final Resources resources;
  private final Map<String, ApiDraft> apis;

  HttpApiReader(Resources resources, Map<String, ApiDraft> apis) {
    this.resources = resources;
    this.apis = apis;
  }

  void read() {
    resources.each("AWS::ApiGatewayV2::Api", this::readApi);
    resources.each("AWS::ApiGatewayV2::Stage", this::readStage);
    resources.each("AWS::ApiGatewayV2::Route", this::readRoute);
  }

  private void readStage(String id, Value stage) {
    ApiDraft api = apis.get(stage.at("ApiId").ids().stream().findFirst().orElse(""));
    if (api != null && api.kind == Kind.HTTP) {
      api.stage = stage.at("StageName").textOr(api.stage);
    }
  }

  private void readApi(String id, Value api) {
    if (WebSocketReader.isWebSocket(api)) {
      return;
    }
    ApiDraft draft = new ApiDraft(id, resources.line(id), Kind.HTTP);
    apis.put(id, draft);
    Value cors = api.at("CorsConfiguration");
    draft.cors = cors.isPresent() ? BuiltInCorsReader.read(cors, id + ".CorsConfiguration") : null;
    new OpenApiReader(resources, draft).read(api.at("Body"), id + ".Body");
    resources.ignoreProperties(id, api, "BodyS3Location");
    if (api.at("Target").isPresent()) {
      // Quick create: one route, and the default format.
      draft.add(
          new Route(
              "ANY",
              api.at("RouteKey").textOr(RouteTable.DEFAULT),
              target(api.at("Target")),
              ApiType.HTTP_V2,
              null,
              false,
              new Location(id + ".Target", api.at("Target").line())));
    }
  }

  private void readRoute(String id, Value route) {
    String apiId = route.at("ApiId").ids().stream().findFirst().orElse("");
    if (resources.property(apiId, "ProtocolType").text().equals("WEBSOCKET")) {
      return;
    }
    ApiDraft api = apis.get(apiId);
    if (api == null || api.kind != Kind.HTTP) {
      resources.ignore("routes of APIs that are not in the template, or not HTTP APIs", id);
      return;
    }
    String integration = integration(route.at("Target"));
    Value version = resources.property(integration, "PayloadFormatVersion");
    String[] key = route.at("RouteKey").text().split(" ", 2);
    api.add(
        new Route(
            key.length == 2 ? key[0] : "ANY",
            key[key.length - 1],
            target(resources.property(integration, "IntegrationUri")),
            ApiType.of(Kind.HTTP, version.text().startsWith("2")),
            authorizer(route),
            false,
            new Location(id, resources.line(id))));
  }

  private String integration(Value target) {
    return target.ids().stream()
        .filter(id -> resources.type(id).equals("AWS::ApiGatewayV2::Integration"))
        .findFirst()
        .orElse("");
  }

  private Target target(Value uri) {
    String function = resources.function(uri);
    if (function != null) {
      return new Target.Function(function);
    }
    String text = uri.text();
    return new Target.Other(text.isEmpty() ? "an integration that is not read" : text);
  }

  private Authorizer authorizer(Value route) {
    String type = route.at("AuthorizationType").textOr("NONE");
    if (type.equals("NONE")) {
      return null;
    }
    String id = route.at("AuthorizerId").ids().stream().findFirst().orElse("");
    return new Authorizer(
        id.isEmpty() ? type : id,
        type.equals(Authorizer.IAM),
        OpenApiReader.headersOf(resources.property(id, "IdentitySource").texts()));
  }
}
