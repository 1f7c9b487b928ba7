package dev.corsage.gateway.api;

/** Thrown when an integration gives no response that could leave the API. */
public final class IntegrationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final GatewayReason reason;

  /** Creates one with the reason why the gateway responds itself. */
  public IntegrationException(GatewayReason reason) {
    super(reason.explanation());
    this.reason = reason;
  }

  GatewayReason reason() {
    return reason;
  }
}
