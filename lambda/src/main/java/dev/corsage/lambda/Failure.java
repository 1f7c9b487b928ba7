package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;

/**
 * What is answered in the place of a wrapped handler that failed. Nothing of the failure is in it:
 * that goes to the log.
 */
record Failure(int status, String body) {
  private static final String INTERNAL_ERROR = "{\"message\":\"Internal Server Error\"}";
  private static final String TIMEOUT = "{\"message\":\"Gateway Timeout\"}";

  /** The handler threw. */
  static Failure thrown(RequestLog log, ProxyRequest request, Context context, Throwable thrown) {
    log.failed(request, context, "the function failed", thrown);
    return new Failure(500, INTERNAL_ERROR);
  }

  /** The handler's response is none. */
  static Failure malformed(
      RequestLog log, ProxyRequest request, Context context, IllegalArgumentException why) {
    log.failed(request, context, "the function's answer is none that its invoker takes", why);
    return new Failure(502, INTERNAL_ERROR);
  }

  /** The handler took too long. */
  static Failure timeout(RequestLog log, ProxyRequest request, Context context) {
    log.failed(request, context, "the function took too long");
    return new Failure(504, TIMEOUT);
  }

  /** Tells whether the process is not to be trusted any more; Lambda starts another. */
  static boolean isFatal(Throwable thrown) {
    return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
  }

  /** Throws what is not checked, and returns the rest as an exception to be thrown. */
  static IOException rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return thrown instanceof IOException exception ? exception : new IOException(thrown);
  }
}
