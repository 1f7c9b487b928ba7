package dev.corsage.bench;

/** The command line cannot be understood. */
final class WrongUseException extends RuntimeException {
  WrongUseException(String message) {
    super(message);
  }
}
