package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.io.IOException;
import java.util.Map;

/**
 * What happens to a request, whichever way it comes in: the decision and its line in the log,
 * WebSockets, preflights, blocked requests, the call of the handler with its time limit and its
 * failures.
 *
 * <p>Immutable.
 */
record CorsFlow(CorsDecider policy, RequestLog log, long millisBeforeTimeout) {
  private static final String INTERNAL_ERROR = "{\"message\":\"Internal Server Error\"}";
  private static final String TIMEOUT = "{\"message\":\"Gateway Timeout\"}";

  /**
   * Returns a flow, and connects to the stores that policies refer to, while the init has a whole
   * processor.
   *
   * @param millisBeforeTimeout how long before the function's deadline a handler is given up; 0 for
   *     never
   */
  static CorsFlow of(CorsDecider policy, RequestLog log, long millisBeforeTimeout) {
    AllowLists.prime(policy, line -> LambdaRuntime.getLogger().log(line));
    return new CorsFlow(policy, log, millisBeforeTimeout);
  }

  /** Returns the same flow without a trace in the log and the metrics. */
  CorsFlow muted() {
    return new CorsFlow(policy, log.muted(), millisBeforeTimeout);
  }

  /** Carries out an exchange with a handler. */
  <R> R handle(HandlerExchange<R> exchange, Context context) throws IOException {
    ProxyRequest request = exchange.request();
    if (request == null || request.isWebSocketMessage()) {
      return exchange.pass(context);
    }
    Decision decision = decide(request, context);
    OwnResponse own = ownResponse(request, decision);
    if (own != null) {
      return exchange.send(own);
    }
    return request.shape() == EventShape.WEBSOCKET
        ? exchange.pass(context)
        : call(exchange, decision, context);
  }

  /** Lets the policy decide on a request. */
  Decision decide(ProxyRequest request, Context context) {
    long start = log.takesTime() ? System.nanoTime() : 0;
    Decision decision = policy.decide(request);
    long nanos = log.takesTime() ? System.nanoTime() - start : 0;
    log.decided(request, decision, nanos, context);
    return decision;
  }

  /**
   * Returns the response to a preflight, to a request that is blocked, or to a WebSocket that must
   * not be opened; null if the handler is to respond.
   */
  static OwnResponse ownResponse(ProxyRequest request, Decision decision) {
    if (request.shape() == EventShape.WEBSOCKET) {
      // Browsers let every page open a WebSocket to every server, with the user's cookies; the
      // server must check the origin itself (RFC 6455, section 10.2).
      return decision.isAllowed() ? null : OwnResponse.empty(403, Map.of());
    }
    return decision.status().isPresent()
        ? OwnResponse.empty(decision.status().getAsInt(), decision.headers())
        : null;
  }

  private <R> R call(HandlerExchange<R> exchange, Decision decision, Context context)
      throws IOException {
    ProxyRequest request = exchange.request();
    exchange.begin(decision, names -> log.dropped(request, context, names));
    OwnResponse instead;
    try {
      if (millisBeforeTimeout == 0 || context == null) {
        exchange.call(context);
      } else {
        TimeLimit.run(exchange, context, millisBeforeTimeout);
      }
      return exchange.finish();
    } catch (TimeLimit.TooLateException late) {
      log.failed(request, context, "the function took too long");
      instead = OwnResponse.json(504, decision.headers(), TIMEOUT);
    } catch (MalformedResponseException malformed) {
      log.failed(request, context, "the function's response is malformed", malformed);
      instead = OwnResponse.json(502, decision.headers(), INTERNAL_ERROR);
    } catch (Throwable thrown) {
      if (isFatal(thrown) || !exchange.giveUp()) {
        throw rethrow(thrown);
      }
      log.failed(request, context, "the function failed", thrown);
      instead = OwnResponse.json(500, decision.headers(), INTERNAL_ERROR);
    }
    return exchange.send(instead);
  }

  /** Tells whether the process cannot be trusted any more; Lambda starts another. */
  private static boolean isFatal(Throwable thrown) {
    return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
  }

  /** Throws what is unchecked, and returns the rest as an exception to throw. */
  private static IOException rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return thrown instanceof IOException exception ? exception : new IOException(thrown);
  }
}
