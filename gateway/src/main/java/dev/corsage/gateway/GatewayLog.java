package dev.corsage.gateway;

import dev.corsage.gateway.api.Exchange;

/** Is told what happens in a {@link LocalGateway}; called by many threads. */
public interface GatewayLog {

  /** A response is about to be sent. */
  void exchange(Exchange exchange);

  /**
   * A request was refused before it reached anything: it does not name this machine.
   *
   * @param reason sentences for people; what they repeat of the request is printable ASCII
   */
  void requestRefused(String reason);

  /** A function, or the platform on its behalf, wrote a line to its log. */
  void functionOutput(String function, String line);
}
