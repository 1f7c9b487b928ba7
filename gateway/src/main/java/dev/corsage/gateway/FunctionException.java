package dev.corsage.gateway;

/** Thrown when a function gave no response to an event. */
final class FunctionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no response. */
  enum Cause {
    /** Its init failed. */
    INIT,
    /** It threw, and the runtime interface client reported it. */
    ERROR,
    /** Its process ended. */
    DIED,
    /** It took longer than it may. */
    TIMED_OUT
  }

  private final Cause reason;

  FunctionException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  Cause reason() {
    return reason;
  }
}
