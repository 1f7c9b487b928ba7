package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** The handler around a handler; see {@link Cors}. */
final class CorsHandler implements RequestStreamHandler {
  private final CorsDecider policy;
  private final RequestLog log;
  private final long millisBeforeTimeout;
  private final RequestStreamHandler handler;

  CorsHandler(
      CorsDecider policy, RequestLog log, long millisBeforeTimeout, RequestStreamHandler handler) {
    this.policy = policy;
    this.log = log;
    this.millisBeforeTimeout = millisBeforeTimeout;
    this.handler = handler;
    AllowLists.prime(policy);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] bytes = input.readAllBytes();
    Event event = Event.read(bytes);
    if (event.isWebSocketMessage()) {
      handler.handleRequest(new ByteArrayInputStream(bytes), output, context);
      return;
    }
    Decision decision = log.decide(policy, event, context);
    if (event.shape() == EventShape.WEBSOCKET) {
      // CORS does not rule WebSockets: the server must look at the origin itself.
      if (decision.isAllowed()) {
        handler.handleRequest(new ByteArrayInputStream(bytes), output, context);
      } else {
        output.write(ResponseWriter.write(event.shape(), 403, Map.of(), null));
      }
      return;
    }
    Map<String, String> headers = decision.headers();
    if (decision.status().isPresent()) {
      int status = decision.status().getAsInt();
      output.write(ResponseWriter.write(event.shape(), status, headers, null));
      return;
    }
    ResponseStream response = new ResponseStream(output, event.shape(), headers);
    Failure failure = run(bytes, response, event, context);
    if (failure != null) {
      output.write(ResponseWriter.write(event.shape(), failure.status(), headers, failure.body()));
    }
  }

  /** Lets the handler answer; returns what to answer in its place, or null. */
  private Failure run(byte[] bytes, ResponseStream response, Event event, Context context)
      throws IOException {
    try {
      if (millisBeforeTimeout == 0 || context == null) {
        handler.handleRequest(new ByteArrayInputStream(bytes), response, context);
      } else {
        TimeLimit.run(
            () -> {
              handler.handleRequest(new ByteArrayInputStream(bytes), response, context);
              return null;
            },
            context,
            millisBeforeTimeout,
            response::giveUp);
      }
    } catch (TimeLimit.TooLate late) {
      return Failure.timeout(log, event, context);
    } catch (Throwable thrown) {
      if (Failure.isFatal(thrown) || !response.giveUp()) {
        throw Failure.rethrow(thrown);
      }
      return Failure.thrown(log, event, context, thrown);
    }
    try {
      response.finish();
      return null;
    } catch (IllegalArgumentException malformed) {
      return Failure.malformed(log, event, context, malformed);
    }
  }
}
