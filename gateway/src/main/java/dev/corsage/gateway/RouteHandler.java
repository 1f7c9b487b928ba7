package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.ApiRequest.Field;
import dev.corsage.gateway.template.BuiltInCors;
import dev.corsage.gateway.template.RouteTable;
import dev.corsage.gateway.template.TemplateApi;
import dev.corsage.gateway.template.TemplateApi.Kind;
import dev.corsage.gateway.template.TemplateRoute;
import dev.corsage.gateway.template.TemplateRoute.Authorizer;
import dev.corsage.gateway.template.TemplateRoute.Mock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An API of a template: its routes, and what AWS puts before and behind its functions. */
final class RouteHandler extends Handler.Abstract {
  /** A function that runs, and the policy in its environment; null if it has none that builds. */
  record Target(LocalFunction function, CorsDecider policy) {}

  private static final String UNAUTHORIZED = "UNAUTHORIZED";
  private static final String MISSING_TOKEN = "MISSING_AUTHENTICATION_TOKEN";
  private static final String INVALID_KEY = "INVALID_API_KEY";

  private final TemplateApi api;
  private final Map<String, Target> functions;
  private final Consumer<Exchange> recorder;

  RouteHandler(TemplateApi api, Map<String, Target> functions, Consumer<Exchange> recorder) {
    this.api = api;
    this.functions = functions;
    this.recorder = recorder;
  }

  /** Functions are waited for; without this the selector's own thread might do so. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getHttpURI().getPath() == null) {
      // CONNECT, and OPTIONS * in some clients: there is no path that could have a route.
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    ApiRequest head = ApiRequest.of(request).inStage(api.stage());
    RouteTable.Match match = api.routes().match(head.method(), head.path()).orElse(null);
    ApiResponse own = ownResponse(head, match == null ? null : match.route());
    Target target = own == null ? target(match.route()) : null;
    CorsDecider policy = target == null ? null : target.policy();
    String name = target == null ? "gateway" : target.function().name();
    request.addHttpStreamWrapper(
        stream ->
            new RecordingStream(
                stream, request, head, new ResponseJudge(head, policy), name, recorder));
    ApiResponse result =
        own != null
            ? own
            : target == null
                ? withGatewayResponse(
                    new GatewayResponse(502, "no-function", "Internal server error"),
                    head,
                    List.of())
                : call(target, match, request, head);
    result.send(request, response, callback);
    return true;
  }

  private Target target(TemplateRoute route) {
    return route.target() instanceof TemplateRoute.Function function
        ? functions.get(function.id())
        : null;
  }

  /** Returns what is answered without a function, or null if one is to be called. */
  private ApiResponse ownResponse(ApiRequest head, TemplateRoute route) {
    boolean handlesPreflight = api.cors() != null && ResponseJudge.isPreflight(head);
    if (handlesPreflight && (route == null || api.kind() == Kind.FUNCTION_URL)) {
      return preflight(head);
    }
    if (route == null) {
      return api.kind() == Kind.REST
          ? refusal(403, "no-route", "Missing Authentication Token", head, MISSING_TOKEN)
          : refusal(404, "no-route", "Not Found", head);
    }
    ApiResponse refusal = refusal(head, route);
    if (refusal != null) {
      return refusal;
    }
    if (handlesPreflight) {
      return preflight(head);
    }
    if (route.target() instanceof Mock mock) {
      List<Field> headers = new ArrayList<>();
      mock.headers().forEach((name, value) -> headers.add(new Field(name, value)));
      return new FunctionResponse(mock.status(), headers, new byte[0]);
    }
    return null;
  }

  private ApiResponse preflight(ApiRequest head) {
    int status = api.kind() == Kind.HTTP ? 204 : 200;
    return new FunctionResponse(
        status, fields(api.cors().preflightHeaders(head.firstOf("origin"))), new byte[0]);
  }

  private static List<Field> fields(List<Map.Entry<String, String>> headers) {
    return headers.stream().map(header -> new Field(header.getKey(), header.getValue())).toList();
  }

  /** Returns the refusal of an authorizer or for want of a key, or null. */
  private ApiResponse refusal(ApiRequest head, TemplateRoute route) {
    Authorizer authorizer = route.authorizer();
    if (authorizer != null
        && authorizer.headers().stream().anyMatch(name -> head.firstOf(name) == null)) {
      if (!authorizer.iam()) {
        return refusal(401, "unauthorized", "Unauthorized", head, UNAUTHORIZED);
      }
      return api.kind() == Kind.REST
          ? refusal(403, "unauthorized", "Missing Authentication Token", head, MISSING_TOKEN)
          : refusal(403, "unauthorized", "Forbidden", head);
    }
    return route.apiKey() && head.firstOf("x-api-key") == null
        ? refusal(403, "no-api-key", "Forbidden", head, INVALID_KEY)
        : null;
  }

  private ApiResponse refusal(
      int status, String reason, String message, ApiRequest head, String... types) {
    return withGatewayResponse(new GatewayResponse(status, reason, message), head, List.of(types));
  }

  private ApiResponse call(
      Target target, RouteTable.Match match, Request request, ApiRequest head) {
    EventRoute route =
        new EventRoute(
            match.route().key(), match.route().path(), match.pathParameters(), api.stage());
    ApiResponse response =
        new FunctionCall(type(match.route()), route, target.function()).response(request, head);
    if (response instanceof GatewayResponse own) {
      // The one for bodies that are too large cannot be changed.
      List<String> types = own.status() == 504 ? List.of("INTEGRATION_TIMEOUT") : List.of();
      return own.status() == 413 ? own : withGatewayResponse(own, head, types);
    }
    return api.cors() == null ? response : withBuiltInCors((FunctionResponse) response, head);
  }

  private ApiType type(TemplateRoute route) {
    return switch (api.kind()) {
      case REST -> ApiType.REST;
      case FUNCTION_URL -> ApiType.FUNCTION_URL;
      case HTTP -> route.payload2() ? ApiType.HTTP_V2 : ApiType.HTTP_V1;
    };
  }

  /** An HTTP API ignores the function's CORS headers; a function URL sends both. */
  private FunctionResponse withBuiltInCors(FunctionResponse response, ApiRequest head) {
    BuiltInCors cors = api.cors();
    List<Field> headers = new ArrayList<>(response.headers());
    if (api.kind() == Kind.HTTP) {
      headers.removeIf(
          field -> field.name().toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
    headers.addAll(fields(cors.actualHeaders(head.firstOf("origin"))));
    return new FunctionResponse(response.status(), headers, response.body());
  }

  /** Only REST APIs have gateway responses: the special before the general. */
  private GatewayResponse withGatewayResponse(
      GatewayResponse response, ApiRequest head, List<String> special) {
    List<String> types = new ArrayList<>(special);
    types.add(response.status() < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    return api.gatewayResponse(types)
        .map(
            found ->
                new GatewayResponse(
                    found.status().matches("[2-5][0-9]{2}")
                        ? Integer.parseInt(found.status())
                        : response.status(),
                    response.reason(),
                    response.message(),
                    found.headers(head::exactly)))
        .orElse(response);
  }
}
