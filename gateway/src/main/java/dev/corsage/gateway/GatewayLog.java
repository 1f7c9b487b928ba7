package dev.corsage.gateway;

import dev.corsage.gateway.api.Exchange;

/** Is told what happens in a {@link LocalGateway}; called by many threads. */
public interface GatewayLog {

  /** A response is about to be sent. */
  void exchange(Exchange exchange);

  /** A function, or the platform on its behalf, wrote a line to its log. */
  void functionOutput(String function, String line);
}
