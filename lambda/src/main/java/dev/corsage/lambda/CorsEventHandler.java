package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The handler around a handler of event classes; see {@link Cors}. */
final class CorsEventHandler<I, O> implements RequestHandler<I, O> {
  private final CorsDecider policy;
  private final RequestLog log;
  private final long millisBeforeTimeout;
  private final RequestHandler<I, O> handler;
  private final EventType<I, O> type;

  CorsEventHandler(
      CorsDecider policy,
      RequestLog log,
      long millisBeforeTimeout,
      RequestHandler<I, O> handler,
      EventType<I, O> type) {
    this.policy = policy;
    this.log = log;
    this.millisBeforeTimeout = millisBeforeTimeout;
    this.handler = handler;
    this.type = type;
  }

  @Override
  public O handleRequest(I event, Context context) {
    TypedRequest<I> request = new TypedRequest<>(type, event);
    if (request.isWebSocketMessage()) {
      return handler.handleRequest(event, context);
    }
    Decision decision = log.decide(policy, request, context);
    if (request.shape() == EventShape.WEBSOCKET) {
      // CORS does not rule WebSockets: the server must look at the origin itself.
      return decision.isAllowed()
          ? handler.handleRequest(event, context)
          : response(request.shape(), 403, Map.of(), null);
    }
    Map<String, String> headers = decision.headers();
    if (decision.status().isPresent()) {
      return response(request.shape(), decision.status().getAsInt(), headers, null);
    }
    Failure failure;
    O response = null;
    try {
      response =
          millisBeforeTimeout == 0 || context == null
              ? handler.handleRequest(event, context)
              : TimeLimit.run(
                  () -> handler.handleRequest(event, context),
                  context,
                  millisBeforeTimeout,
                  () -> true);
      return complete(response, request.shape(), headers);
    } catch (TimeLimit.TooLate late) {
      failure = Failure.timeout(log, request, context);
    } catch (MalformedResponse malformed) {
      failure = Failure.malformed(log, request, context, malformed);
    } catch (Throwable thrown) {
      if (Failure.isFatal(thrown)) {
        throw new UncheckedIOException(Failure.rethrow(thrown));
      }
      failure = Failure.thrown(log, request, context, thrown);
    }
    return response(request.shape(), failure.status(), headers, failure.body());
  }

  /** A response that its invoker would not take. */
  private static final class MalformedResponse extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedResponse(String message) {
      super(message);
    }
  }

  private O complete(O response, EventShape shape, Map<String, String> decided) {
    if (response == null) {
      if (!shape.infersResponses()) {
        throw new MalformedResponse("The answer is null");
      }
      // What API Gateway makes of it.
      return response(shape, 200, decided, "null");
    }
    int status = type.status(response);
    if (status == 0 && !shape.infersResponses()) {
      throw new MalformedResponse("The answer has no statusCode");
    }
    boolean multi = shape.hasOnlyMultiValueHeaders();
    ResponseHeaders headers = new ResponseHeaders();
    headers.addAll(type.responseHeaders(response), type.responseMultiValueHeaders(response));
    headers.complete(decided, multi);
    Map<String, List<String>> multiple = headers.multiple();
    return type.copy(
        response,
        status == 0 ? 200 : status,
        multi ? null : headers.single(),
        multiple.isEmpty() && !multi ? null : multiple);
  }

  /** Returns a response of Corsage's own. */
  private O response(EventShape shape, int status, Map<String, String> decided, String body) {
    Map<String, String> headers = new LinkedHashMap<>(decided);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    String text = body == null ? "" : body;
    if (!shape.hasOnlyMultiValueHeaders()) {
      return type.response(status, headers, null, text);
    }
    Map<String, List<String>> multiple = new LinkedHashMap<>();
    headers.forEach((name, value) -> multiple.put(name, List.of(value)));
    return type.response(status, null, multiple, text);
  }
}
