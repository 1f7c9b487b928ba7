package dev.corsage.gateway.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** HTTP servers that only this machine can reach. */
public final class Loopback {
  /** The address that they listen at. */
  public static final String ADDRESS = "127.0.0.1";

  /** The other address of {@code localhost}, {@code ::1}. */
  private static final byte[] ADDRESS_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /**
   * API Gateway's quota for the request line and headers together; <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html">quotas</a>.
   */
  static final int MAX_REQUEST_HEADERS = 10_240;

  private Loopback() {}

  /** Returns a server without a handler, not started yet; port 0 chooses a free one. */
  public static Server server(int port, Duration idleTimeout) {
    return server(port, idleTimeout, MAX_REQUEST_HEADERS);
  }

  /** Returns the same for requests with headers of up to some bytes. */
  public static Server server(int port, Duration idleTimeout, int maxRequestHeaders) {
    return server(port, idleTimeout, maxRequestHeaders, null);
  }

  /** Returns a server that speaks TLS; without a certificate, one that does not. */
  public static Server server(int port, Duration idleTimeout, LocalCertificate certificate) {
    return server(port, idleTimeout, MAX_REQUEST_HEADERS, certificate);
  }

  private static Server server(
      int port, Duration idleTimeout, int maxRequestHeaders, LocalCertificate certificate) {
    QueuedThreadPool threads = new QueuedThreadPool(256, 2);
    threads.setDaemon(true);
    threads.setName("corsage");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(maxRequestHeaders);
    // What a backend's response of that size gets in addition must still fit.
    http.setResponseHeaderSize(2 * MAX_REQUEST_HEADERS);
    // Functions get what was sent: values and paths as they are, and header names in the client's
    // case, except for those that Jetty knows and writes in their usual case.
    http.setHeaderCacheCaseSensitive(true);
    http.setHttpCompliance(
        HttpCompliance.RFC9110.with("AS_SENT", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (certificate == null) {
      connector = new ServerConnector(server, 1, 1, plain);
    } else {
      // The Guard decides which names are served: clients on addresses send none.
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server,
              1,
              1,
              new SslConnectionFactory(certificate.contextFactory(), plain.getProtocol()),
              plain);
    }
    connector.setHost(ADDRESS);
    connector.setPort(port);
    connector.setIdleTimeout(idleTimeout.toMillis());
    server.addConnector(connector);
    return server;
  }

  /** Returns the idle timeout of connections that may wait for as long as they like. */
  public static Duration forever() {
    return Duration.ZERO;
  }

  /** Opens the server's port, so that it is known before the server starts. */
  public static void open(Server server) throws IOException {
    connector(server).open();
  }

  /**
   * Does the same, and holds the port at the loopback address of IPv6, where the machine has one:
   * clients resolve {@code localhost} to that too, and must not find somebody else's server there.
   *
   * @throws GatewayException if the port is in use; its message is for the user
   */
  public static void take(Server server) throws GatewayException {
    try {
      open(server);
      InetAddress other = addressOfIpv6();
      if (NetworkInterface.getByInetAddress(other) != null) {
        server.addBean(hold(other, port(server)));
      }
    } catch (IOException taken) {
      connector(server).close();
      throw new GatewayException(
          "Port "
              + wantedPort(server)
              + " cannot be opened ("
              + taken.getMessage()
              + "). Choose another with --port.");
    }
  }

  /**
   * Binds a socket that does not listen: clients are refused there at once, and try the other
   * address. A channel for servers would listen, and let them wait.
   */
  private static SocketChannel hold(InetAddress address, int port) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET6);
    try {
      return channel.bind(new InetSocketAddress(address, port));
    } catch (IOException taken) {
      channel.close();
      throw new IOException("[::1]:" + port + ": " + taken.getMessage(), taken);
    }
  }

  static InetAddress addressOfIpv6() throws IOException {
    return InetAddress.getByAddress(ADDRESS_V6);
  }

  private static void closeHeld(Server server) throws IOException {
    for (SocketChannel held : server.getBeans(SocketChannel.class)) {
      held.close();
    }
  }

  /** Starts a server; its handler gets what the guard lets through. */
  public static void start(Server server, Guard guard, Handler handler) throws IOException {
    server.setHandler(guard.before(handler));
    try {
      server.start();
    } catch (Exception failed) {
      throw new IOException("A server does not start", failed);
    }
  }

  /** Stops a server. */
  public static void stop(Server server) throws IOException {
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IOException("A server does not stop", failed);
    } finally {
      closeHeld(server);
    }
  }

  /** Returns the origin of a server that is open, such as {@code http://localhost:8080}. */
  public static String origin(Server server) {
    boolean secure = connector(server).getConnectionFactory(SslConnectionFactory.class) != null;
    return (secure ? "https" : "http") + "://localhost:" + port(server);
  }

  /** Returns the port of a server that is open. */
  public static int port(Server server) {
    return connector(server).getLocalPort();
  }

  static int wantedPort(Server server) {
    return connector(server).getPort();
  }

  private static ServerConnector connector(Server server) {
    return (ServerConnector) server.getConnectors()[0];
  }
}
