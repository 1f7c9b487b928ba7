package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.api.Api.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Serves an API: its routes, and what AWS puts before and after their targets. */
public final class ApiHandler extends Handler.Abstract {
  /** API Gateway's quota for payloads. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private final Api api;
  private final GatewayResponses gatewayResponses;
  private final Map<String, ? extends Integration> functions;
  private final IntegrationMapper mapper;
  private final Map<Target, Backend> backends = new HashMap<>();
  private final Consumer<Exchange> recorder;

  /**
   * Creates a handler.
   *
   * @param functions the functions that run here, by their ids
   * @param timeout how long a backend may take
   * @param recorder takes every exchange, on many threads
   */
  public ApiHandler(
      Api api,
      Map<String, ? extends Integration> functions,
      Duration timeout,
      Consumer<Exchange> recorder) {
    this.api = api;
    this.gatewayResponses = new GatewayResponses(api);
    this.functions = functions;
    this.mapper = new IntegrationMapper(functions);
    this.recorder = recorder;
    for (Route route : api.routes().routes()) {
      if (route.target() instanceof Target.Backend target) {
        backends.computeIfAbsent(target, t -> new Backend(target, timeout));
      }
    }
    // They start and stop with this handler.
    backends.values().forEach(this::addBean);
  }

  @Override
  public void setServer(Server server) {
    super.setServer(server);
    backends.values().forEach(backend -> backend.setServer(server));
  }

  /** Functions are waited for; without this the selector's own thread might do so. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith("/")) {
      // CONNECT and OPTIONS *: there is no path that could have a route.
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    ApiRequest head = ApiRequest.of(request, api.stage(), api.stageVariables());
    RouteTable.Match match = api.routes().match(head.method(), head.path()).orElse(null);
    ApiResponse own = ownResponse(request, head, match == null ? null : match.route());
    if (own != null) {
      record(request, head, null, "gateway");
      own.send(request, response, callback);
    } else if (backends.containsKey(match.route().target())) {
      Backend backend = backends.get(match.route().target());
      record(request, head, backend.policy(), "backend");
      backend.handle(request, response, callback, head);
    } else if (match.route().mappedIntegration() != null) {
      record(request, head, null, mappedTarget(match.route().mappedIntegration()));
      map(match, request, head).send(request, response, callback);
    } else {
      Integration function = functions.get(match.route().functionId());
      record(request, head, function.policy(), function.name());
      call(function, match, request, head).send(request, response, callback);
    }
    return true;
  }

  /** Returns the name in the log of what responds: the gateway, or a function. */
  private String mappedTarget(MappedIntegration integration) {
    Integration function =
        integration.functionId() == null ? null : functions.get(integration.functionId());
    return function == null ? "gateway" : function.name();
  }

  private void record(Request request, ApiRequest head, CorsDecider policy, String target) {
    request.addHttpStreamWrapper(
        stream -> new RecordingStream(stream, request, head, policy, target, recorder));
  }

  /** Returns the response that the gateway itself makes, or null if the target makes it. */
  private ApiResponse ownResponse(Request request, ApiRequest head, Route route) {
    boolean handlesPreflight = api.cors() != null && Judgement.isPreflight(head);
    // A function URL does so before it asks who calls, an HTTP API also without a route.
    if (handlesPreflight && (route == null || api.kind() == Kind.FUNCTION_URL)) {
      return preflight(head);
    }
    GatewayReason refusal = refusal(head, route);
    if (refusal != null) {
      return gatewayResponse(refusal, request, head);
    }
    if (handlesPreflight) {
      return preflight(head);
    }
    boolean runs =
        backends.containsKey(route.target())
            || route.mappedIntegration() != null
            || (route.functionId() != null && functions.containsKey(route.functionId()));
    return runs ? null : gatewayResponse(GatewayReason.NO_FUNCTION, request, head);
  }

  /** Returns why a request may not reach the target of its route; null if it may. */
  private static GatewayReason refusal(ApiRequest head, Route route) {
    if (route == null) {
      return GatewayReason.NO_ROUTE;
    }
    Authorizer authorizer = route.authorizer();
    if (authorizer != null && !authorizer.findsIdentity(head)) {
      return authorizer.iam() ? GatewayReason.UNSIGNED : GatewayReason.UNAUTHORIZED;
    }
    return route.apiKey() && head.value("x-api-key") == null ? GatewayReason.NO_API_KEY : null;
  }

  private ApiResponse preflight(ApiRequest head) {
    int status = api.kind() == Kind.HTTP ? 204 : 200;
    return new ApiResponse(status, api.cors().preflightHeaders(head.value("origin")), new byte[0]);
  }

  private ApiResponse gatewayResponse(GatewayReason reason, Request request, ApiRequest head) {
    RecordingStream.setReason(request, reason);
    return gatewayResponses.response(reason, head);
  }

  private static byte[] body(Request request) throws IntegrationException {
    byte[] body;
    try {
      body = Content.Source.asInputStream(request).readNBytes(MAX_BODY + 1);
    } catch (IOException unreadable) {
      throw new IntegrationException(GatewayReason.BODY_UNREADABLE);
    }
    if (body.length > MAX_BODY) {
      throw new IntegrationException(GatewayReason.PAYLOAD_TOO_LARGE);
    }
    return body;
  }

  private ApiResponse map(RouteTable.Match match, Request request, ApiRequest head) {
    try {
      return mapper.respond(match.route().mappedIntegration(), match, head, body(request));
    } catch (IntegrationException failed) {
      return gatewayResponse(failed.reason(), request, head);
    }
  }

  private ApiResponse call(
      Integration function, RouteTable.Match match, Request request, ApiRequest head) {
    try {
      ApiResponse response = function.respond(match, head, body(request));
      return api.cors() == null ? response : withBuiltInCors(response, head);
    } catch (IntegrationException failed) {
      return gatewayResponse(failed.reason(), request, head);
    }
  }

  /** An HTTP API ignores the function's CORS headers; a function URL sends both. */
  private ApiResponse withBuiltInCors(ApiResponse response, ApiRequest head) {
    List<Field> headers = new ArrayList<>(response.headers());
    if (api.kind() == Kind.HTTP) {
      headers.removeIf(
          field -> field.name().toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
    headers.addAll(api.cors().actualHeaders(head.value("origin")));
    return new ApiResponse(response.status(), headers, response.body());
  }
}
