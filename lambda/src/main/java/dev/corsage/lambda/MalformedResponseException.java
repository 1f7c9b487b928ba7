package dev.corsage.lambda;

/** The handler returned what its invoker would not accept as a response. */
final class MalformedResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedResponseException(String message) {
    super(message);
  }
}
