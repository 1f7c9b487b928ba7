package dev.corsage.gateway;

/** Hears what happens in a {@link LocalGateway}; called by many threads. */
public interface GatewayLog {

  /** A response is about to be sent. */
  void exchange(Exchange exchange);

  /** A function, or the platform on its behalf, wrote a line to its log. */
  void functionOutput(String function, String line);
}
