package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Puts CORS around Lambda functions: {@code Cors.wrap(policy, handler)}, or with options {@code
 * Cors.of(policy).respondBeforeTimeout(Duration.ofSeconds(1)).wrap(handler)}.
 *
 * <p>A preflight never reaches the wrapped handler. On every response of the handler, whatever its
 * status, {@code Access-Control-*} headers are replaced by the policy's, and {@code Vary} is
 * completed. A header that is not valid HTTP (RFC 9110, section 5) is dropped, and the log names
 * it. If the handler throws, the response is a 500 with the headers and {@code {"message":"Internal
 * Server Error"}}; the exception is in the log alone. If the handler returns what the invoker would
 * not accept, the response is a 502 with the same. So a page can read every error that the function
 * makes. In payload format 2.0 a response without {@code statusCode} becomes the 200 that API
 * Gateway would make of it.
 *
 * <p>A WebSocket is opened for allowed origins only ({@code $connect}; 403 otherwise), and without
 * an origin, which browsers always send. Its messages and their responses are left as they are.
 *
 * <p>An event that is not an HTTP request, such as that of a schedule, a queue, a warm-up, a direct
 * invocation or an authorizer, reaches the handler as it is, and so does the handler's result.
 *
 * <p>Streamed responses are still streamed: the headers are put into their metadata. If a handler
 * fails after its metadata are sent, nothing can be repaired, and its exception is thrown on.
 *
 * <p>Every refused request is one line of JSON in the log. The environment variables {@code
 * CORSAGE_LOG} ({@code refused} or {@code allowed}) and {@code CORSAGE_METRICS} ({@code true}, or a
 * CloudWatch namespace) do what {@link #logAllowed} and {@link #metrics} do.
 *
 * <p>Immutable. The returned handlers are safe for use by many threads if the wrapped ones are, and
 * keep nothing of one request for the next.
 */
public final class Cors {
  private final CorsDecider policy;
  private final RequestLog log;
  private final long millisBeforeTimeout;
  private final boolean platformOwnsCors;

  private Cors(
      CorsDecider policy, RequestLog log, long millisBeforeTimeout, boolean platformOwnsCors) {
    this.policy = policy;
    this.log = log;
    this.millisBeforeTimeout = millisBeforeTimeout;
    this.platformOwnsCors = platformOwnsCors;
  }

  /**
   * Returns a handler that responds to preflights itself and puts the headers of the policy on
   * every response of another handler.
   *
   * @param policy one policy, or several by their scope; not null
   * @param handler the handler of a proxy integration; not null
   * @throws InvalidPolicyException if the variables of the log are invalid
   */
  public static RequestStreamHandler wrap(CorsDecider policy, RequestStreamHandler handler) {
    return of(policy).wrap(handler);
  }

  /**
   * Returns an object that wraps handlers with this policy.
   *
   * @param policy one policy, or several by their scope; not null
   * @throws InvalidPolicyException if the variables of the log are invalid
   */
  public static Cors of(CorsDecider policy) {
    return of(policy, System.getenv());
  }

  static Cors of(CorsDecider policy, Map<String, String> environment) {
    Objects.requireNonNull(policy, "policy");
    return new Cors(policy, RequestLog.of(environment), 0, false);
  }

  /**
   * Responds with a 504 that has the headers, so long before the function's deadline, if the
   * handler has not returned by then. Without it, the API responds in the function's place, without
   * the headers, and a page cannot tell the timeout from a network failure.
   *
   * <p>The handler then runs on another thread than the one that Lambda calls, with the same
   * context class loader; values of a {@link ThreadLocal} are not there. A late handler is
   * interrupted, and what it still writes or returns is dropped. It should end on the interrupt:
   * otherwise it runs on beside the next request. A stream that has begun is left to go on.
   *
   * @param duration longer than sending a response takes, such as half a second
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public Cors respondBeforeTimeout(Duration duration) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException("The duration must be 1 ms or longer: " + duration);
    }
    return new Cors(policy, log, duration.toMillis(), platformOwnsCors);
  }

  /**
   * Leaves CORS to the platform: for a function URL or an HTTP API with a CORS configuration of its
   * own, which responds to preflights and adds its headers. With both, a page would get two {@code
   * Access-Control-Allow-Origin} from a function URL, which browsers refuse.
   *
   * <p>Handlers are then not wrapped at all: nothing is decided, added, replaced or logged, except
   * for one line that says so when {@code wrap} is called. A handler must not set {@code
   * Access-Control-*} headers itself.
   */
  public Cors platformOwnsCors() {
    return new Cors(policy, log, millisBeforeTimeout, true);
  }

  /** Writes a line to the log for each allowed CORS request, too. */
  public Cors logAllowed() {
    return new Cors(policy, log.withAllowed(), millisBeforeTimeout, platformOwnsCors);
  }

  /**
   * Makes CloudWatch metrics of CORS requests, by lines on the standard output: {@code Preflights},
   * {@code Allowed}, {@code Refused} (in total and by {@code Reason}) and {@code DecisionTime}.
   *
   * @param namespace of the metrics, such as {@code Corsage}
   * @throws IllegalArgumentException if it is not the name of a CloudWatch namespace
   */
  public Cors metrics(String namespace) {
    return new Cors(policy, log.withMetrics(namespace), millisBeforeTimeout, platformOwnsCors);
  }

  /**
   * Returns a handler that puts CORS around another one.
   *
   * @param handler the handler of a proxy integration; not null
   */
  public RequestStreamHandler wrap(RequestStreamHandler handler) {
    Objects.requireNonNull(handler, "handler");
    if (platformOwnsCors) {
      log.off();
      return handler;
    }
    return new CorsHandler(flow(), handler);
  }

  /**
   * Returns a handler that puts CORS around another one, for events that are read into classes.
   *
   * <p>Lambda finds the classes in the type arguments of the class that is deployed, so that class
   * must implement {@link RequestHandler} and call the returned handler.
   *
   * <p>The handler's response object is not changed; the response is a copy of it.
   *
   * @param handler the handler of a proxy integration; not null
   * @param type describes its events and responses, such as {@link
   *     dev.corsage.lambda.events.EventTypes#HTTP_API}; not null
   */
  public <I, O> RequestHandler<I, O> wrap(RequestHandler<I, O> handler, EventType<I, O> type) {
    Objects.requireNonNull(handler, "handler");
    Objects.requireNonNull(type, "type");
    if (platformOwnsCors) {
      log.off();
      return handler;
    }
    return new CorsEventHandler<>(flow(), handler, type);
  }

  private CorsFlow flow() {
    return CorsFlow.of(policy, log, millisBeforeTimeout);
  }
}
