package dev.corsage.runtime;

/** The function is configured with a handler that cannot be used. */
final class InvalidHandlerException extends Exception {
  InvalidHandlerException(String message, Throwable cause) {
    super(message, cause);
  }
}
