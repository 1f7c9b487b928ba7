package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import java.util.Objects;

/** Puts CORS around Lambda functions. */
public final class Cors {
  private Cors() {}

  /**
   * Returns a handler that answers preflights itself and puts the headers of the policy on every
   * answer of another handler.
   *
   * <p>A preflight never reaches the handler. On every answer of the handler, whatever its status,
   * {@code Access-Control-*} headers are replaced by the policy's, and {@code Vary} is completed.
   * If the handler throws, the answer is a 500 with the headers, {@code {"message":"Internal Server
   * Error"}} and nothing of the exception, which goes to the log; if its answer is none that API
   * Gateway would take, a 502 likewise. So a page can read every error that the function makes.
   *
   * <p>The handler returned is safe for use by many threads if the given one is.
   *
   * @param policy the policy, or the policies by place; not null
   * @param handler the handler of a proxy integration; not null
   */
  public static RequestStreamHandler wrap(CorsDecider policy, RequestStreamHandler handler) {
    return new CorsHandler(
        Objects.requireNonNull(policy, "policy"), Objects.requireNonNull(handler, "handler"));
  }
}
