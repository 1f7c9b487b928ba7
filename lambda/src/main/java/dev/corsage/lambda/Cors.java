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
 * Cors.of(policy).answerBeforeTimeout(Duration.ofSeconds(1)).wrap(handler)}.
 *
 * <p>A preflight never reaches the wrapped handler. On every response of the handler, whatever its
 * status, {@code Access-Control-*} headers are replaced by the policy's, and {@code Vary} is
 * completed. If the handler throws, the response is a 500 with the headers, {@code
 * {"message":"Internal Server Error"}} and nothing of the exception, which goes to the log; if its
 * response is none that its invoker would take, a 502 likewise. So a page can read every error that
 * the function makes. Of a response in payload format 2.0 without {@code statusCode} the wrapper
 * makes the 200 that API Gateway would make of it.
 *
 * <p>A WebSocket is opened by allowed origins only ({@code $connect}; 403 otherwise); its messages
 * and its responses pass as they are.
 *
 * <p>Streamed responses stay streamed: the headers are put into their metadata. When a handler
 * fails after its metadata are out, nothing can be repaired, and what it threw is thrown on.
 *
 * <p>Every refused request is one line of JSON in the log. The environment variables {@code
 * CORSAGE_LOG} ({@code refused} or {@code allowed}) and {@code CORSAGE_METRICS} ({@code true}, or a
 * namespace of CloudWatch) do what {@link #logAllowed} and {@link #metrics} do.
 *
 * <p>Immutable. The handlers returned are safe for use by many threads if the given ones are, and
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
   * Returns a handler that responses preflights itself and puts the headers of the policy on every
   * response of another handler.
   *
   * @param policy the policy, or the policies by place; not null
   * @param handler the handler of a proxy integration; not null
   * @throws InvalidPolicyException if the environment asks for a log that there is not
   */
  public static RequestStreamHandler wrap(CorsDecider policy, RequestStreamHandler handler) {
    return of(policy).wrap(handler);
  }

  /**
   * Returns what wraps handlers with this policy.
   *
   * @param policy the policy, or the policies by place; not null
   * @throws InvalidPolicyException if the environment asks for a log that there is not
   */
  public static Cors of(CorsDecider policy) {
    return of(policy, System.getenv());
  }

  static Cors of(CorsDecider policy, Map<String, String> environment) {
    Objects.requireNonNull(policy, "policy");
    return new Cors(policy, RequestLog.of(environment), 0, false);
  }

  /**
   * Answers 504 with the headers so long before the function's deadline, if the handler is not done
   * by then. Otherwise the API answers in the function's place, without the headers, and the page
   * cannot tell a timeout from a network failure.
   *
   * <p>The handler then runs on another thread than the one that Lambda calls, with the same
   * context class loader; what is kept in a {@link ThreadLocal} is not there. A late handler is
   * interrupted, and what it still writes or returns goes nowhere. It should heed the interrupt: as
   * long as it does not, it runs beside the next request. A response whose stream has begun is left
   * to go on.
   *
   * @param duration longer than the response needs, such as half a second
   * @throws IllegalArgumentException if it is less than a millisecond
   */
  public Cors respondBeforeTimeout(Duration duration) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException("There is no answering after the timeout: " + duration);
    }
    return new Cors(policy, log, duration.toMillis(), platformOwnsCors);
  }

  /**
   * Leaves CORS to the platform: for a function URL or an HTTP API with a CORS configuration of its
   * own, which answers preflights itself and adds its headers. With both, a page would get two
   * {@code Access-Control-Allow-Origin} from a function URL, and browsers refuse that.
   *
   * <p>Handlers are then not wrapped at all: nothing is decided, added, replaced or logged, but for
   * one line that says so when {@code wrap} is called. A handler must set no {@code
   * Access-Control-*} headers itself.
   */
  public Cors platformOwnsCors() {
    return new Cors(policy, log, millisBeforeTimeout, true);
  }

  /** Writes a line to the log for allowed CORS requests, too. */
  public Cors logAllowed() {
    return new Cors(policy, log.withAllowed(), millisBeforeTimeout, platformOwnsCors);
  }

  /**
   * Makes CloudWatch metrics, by lines on the standard output: {@code Preflights}, {@code Allowed},
   * {@code Refused} (in all, and by {@code Reason}) and {@code DecisionTime} of CORS requests.
   *
   * @param namespace of the metrics, such as {@code Corsage}
   * @throws IllegalArgumentException if CloudWatch has no such namespaces
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
    return new CorsHandler(policy, log, millisBeforeTimeout, handler);
  }

  /**
   * Returns a handler that puts CORS around another one, for events that are read into classes.
   *
   * <p>Lambda tells from the type arguments of the class that is deployed what to read events into,
   * so that class implements {@link RequestHandler} and calls the handler returned.
   *
   * <p>Answers are never changed: the one returned is another with the same content.
   *
   * @param handler the handler of a proxy integration; not null
   * @param type what its events and responses are, such as {@link
   *     dev.corsage.lambda.events.EventTypes#HTTP_API}; not null
   */
  public <I, O> RequestHandler<I, O> wrap(RequestHandler<I, O> handler, EventType<I, O> type) {
    Objects.requireNonNull(handler, "handler");
    Objects.requireNonNull(type, "type");
    if (platformOwnsCors) {
      log.off();
      return handler;
    }
    return new CorsEventHandler<>(policy, log, millisBeforeTimeout, handler, type);
  }
}
