package dev.corsage.gateway;

/** Thrown when a {@link LocalGateway} does not start; the message is for its user. */
public final class GatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayException(String message) {
    super(message);
  }
}
