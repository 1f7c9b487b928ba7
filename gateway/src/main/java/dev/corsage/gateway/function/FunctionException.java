package dev.corsage.gateway.function;

/** Thrown when a function gives no response to an event. */
public final class FunctionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no response. */
  public enum Cause {
    /** Its init failed. */
    INIT,
    /** It threw, and the runtime interface client reported it. */
    ERROR,
    /** Its process ended. */
    DIED,
    /** It took longer than its timeout. */
    TIMED_OUT,
    /** Its response is larger than Lambda takes. */
    TOO_LARGE
  }

  private final Cause reason;

  FunctionException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns why there is no response. */
  public Cause reason() {
    return reason;
  }
}
