package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.WebSocketApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html">WebSocket
 * APIs</a> of plain CloudFormation; SAM has none of its own.
 */
final class WebSocketReader {
  private static final Pattern SELECTION =
      Pattern.compile("\\$\\{?request\\.body\\.([A-Za-z0-9_-]+)}?");

  private final Resources resources;

  WebSocketReader(Resources resources) {
    this.resources = resources;
  }

  /** Tells whether the properties of an API are those of a WebSocket API. */
  static boolean isWebSocket(Value api) {
    return api.at("ProtocolType").text().equals("WEBSOCKET");
  }

  List<WebSocketApi> read() {
    List<WebSocketApi> apis = new ArrayList<>();
    resources.each(
        "AWS::ApiGatewayV2::Api",
        (id, api) -> {
          if (isWebSocket(api)) {
            Matcher selection = SELECTION.matcher(api.at("RouteSelectionExpression").text());
            String key = selection.matches() ? selection.group(1) : "";
            apis.add(new WebSocketApi(id, stage(id), key, routes(id)));
          }
        });
    return List.copyOf(apis);
  }

  private String stage(String api) {
    List<String> stages = new ArrayList<>();
    resources.each(
        "AWS::ApiGatewayV2::Stage",
        (id, stage) -> {
          if (stage.at("ApiId").ids().contains(api)) {
            stages.add(stage.at("StageName").textOr(Api.DEFAULT_STAGE));
          }
        });
    return stages.isEmpty() ? Api.DEFAULT_STAGE : stages.get(0);
  }

  private Map<String, WebSocketApi.Route> routes(String api) {
    Map<String, WebSocketApi.Route> routes = new LinkedHashMap<>();
    resources.each(
        "AWS::ApiGatewayV2::Route",
        (id, route) -> {
          if (route.at("ApiId").ids().contains(api)) {
            routes.put(route.at("RouteKey").text(), route(route));
          }
        });
    return routes;
  }

  private WebSocketApi.Route route(Value route) {
    String integration =
        route.at("Target").ids().stream()
            .filter(id -> resources.type(id).equals("AWS::ApiGatewayV2::Integration"))
            .findFirst()
            .orElse("");
    String function = resources.function(resources.property(integration, "IntegrationUri"));
    return new WebSocketApi.Route(
        function == null ? "" : function,
        authorizer(route),
        route.at("RouteResponseSelectionExpression").isPresent());
  }

  private Authorizer authorizer(Value route) {
    String type = route.at("AuthorizationType").textOr("NONE");
    if (type.equals("NONE")) {
      return null;
    }
    String id = route.at("AuthorizerId").ids().stream().findFirst().orElse(type);
    // route.request.header.NAME; parameters of the query string are not asked for here.
    List<String> headers =
        resources.property(id, "IdentitySource").texts().stream()
            .filter(source -> source.startsWith("route.request.header."))
            .map(source -> source.replaceFirst("^route\\.request\\.header\\.", ""))
            .toList();
    return new Authorizer(id, type.equals(Authorizer.IAM), headers);
  }
}
