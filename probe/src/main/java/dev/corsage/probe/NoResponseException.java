package dev.corsage.probe;

import java.io.IOException;

/** Nothing that is a response came back; the message is a sentence that says why. */
final class NoResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  NoResponseException(String message) {
    super(message);
  }
}
