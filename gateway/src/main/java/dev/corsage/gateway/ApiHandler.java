package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The routes of the API: {@code OPTIONS} goes to the preflight function, everything else to the
 * function of the demo or to the backend.
 */
final class ApiHandler extends Handler.Wrapper {
  private final ApiType type;
  private final CorsDecider policy;
  private final LocalFunction preflight;
  private final LocalFunction integration;
  private final Backend backend;
  private final Consumer<Exchange> recorder;

  /** Creates the routes; exactly one of integration and backend is not null. */
  ApiHandler(
      ApiType type,
      CorsDecider policy,
      LocalFunction preflight,
      LocalFunction integration,
      Backend backend,
      Consumer<Exchange> recorder) {
    super(backend);
    this.type = type;
    this.policy = policy;
    this.preflight = preflight;
    this.integration = integration;
    this.backend = backend;
    this.recorder = recorder;
  }

  /** Functions are waited for; without this the selector's own thread might do so. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getHttpURI().getPath() == null) {
      // CONNECT, and OPTIONS * in some clients: there is no path that could have a route.
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    ApiRequest head = ApiRequest.of(request);
    Decision decision = policy.decide(head);
    LocalFunction function = head.method().equals("OPTIONS") ? preflight : integration;
    String target = function == null ? "backend" : function.name();
    request.addHttpStreamWrapper(
        stream -> new RecordingStream(stream, request, head, Judge.of(decision), target, recorder));
    if (function != null) {
      FunctionCall call = new FunctionCall(type, EventRoute.proxy(head), function);
      call.response(request, head).send(request, response, callback);
    } else if (decision.status().isPresent()) {
      response.setStatus(decision.status().getAsInt());
      decision.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(true, null, callback);
    } else {
      backend.handle(request, response, callback, decision);
    }
    return true;
  }
}
