package dev.corsage.gateway;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.LocalCertificate;
import dev.corsage.gateway.api.Loopback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.server.Server;

/**
 * Opens the ports of a gateway, one after the other.
 *
 * @param first the first port; 0 for any that are free
 * @param certificate the certificate of the servers; null for servers that speak no TLS
 * @param running takes what has to be closed
 */
record Ports(int first, LocalCertificate certificate, Deque<AutoCloseable> running) {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  private static final int LAST = 65_535;

  /** Opens some ports, from an index on; a port that is in use ends the gateway. */
  List<Server> open(int index, int count) throws GatewayException {
    List<Server> servers = new ArrayList<>();
    for (int i = index; i < index + count; i++) {
      servers.add(take(first == 0 ? 0 : first + i));
    }
    return servers;
  }

  /** Opens the port with an index, or else any other one: nobody depends on it. */
  Server openNear(int index) throws GatewayException {
    if (first == 0 || first + index > LAST) {
      return take(0);
    }
    try {
      return take(first + index);
    } catch (GatewayException inUse) {
      return take(0);
    }
  }

  private Server take(int port) throws GatewayException {
    Server server = Loopback.server(port, IDLE_TIMEOUT, certificate);
    Loopback.take(server);
    running.push(() -> Loopback.stop(server));
    return server;
  }
}
