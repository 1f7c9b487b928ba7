package dev.corsage.gateway.api;

/** Thrown when a gateway or a function does not start; the message is for its user. */
public final class GatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with a message for the user. */
  public GatewayException(String message) {
    super(message);
  }
}
