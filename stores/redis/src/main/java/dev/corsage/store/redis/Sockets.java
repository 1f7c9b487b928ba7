package dev.corsage.store.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Connects to one node, encrypted or not, once, and can cut that connection. */
final class Sockets implements JedisSocketFactory {
  private static final int CONNECT_MILLIS = 1_000;

  /** For each read. A server in the same region responds within a millisecond. */
  static final int RESPONSE_MILLIS = 750;

  private final HostAndPort node;
  private final boolean encrypted;
  private final SSLSocketFactory tls;

  private volatile Socket plain;
  private volatile boolean isCut;

  /**
   * Connects to nothing yet.
   *
   * @param tls what encrypts connections; null for the JDK's own
   */
  Sockets(HostAndPort node, boolean encrypted, SSLSocketFactory tls) {
    this.node = node;
    this.encrypted = encrypted;
    this.tls = tls;
  }

  @Override
  public Socket createSocket() {
    try {
      Socket socket = connected();
      try {
        return encrypted ? encrypted(socket) : socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JedisConnectionException(e.toString(), e);
    }
  }

  /**
   * Ends what is read and written, at any time. The socket below TLS is closed: closing TLS may
   * wait for the thread that writes.
   */
  void cut() {
    isCut = true;
    Socket socket = plain;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  /** Tries one address after the other, within the time for one. */
  private Socket connected() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(node.getHost());
    int millis = Math.max(1, CONNECT_MILLIS / addresses.length);
    IOException last = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      plain = socket;
      try {
        if (isCut) {
          throw new SocketTimeoutException("There is no time left");
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setSoTimeout(RESPONSE_MILLIS);
        socket.connect(new InetSocketAddress(address, node.getPort()), millis);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket encrypted(Socket socket) throws IOException {
    SSLSocketFactory factory = tls != null ? tls : (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket encrypted =
        (SSLSocket) factory.createSocket(socket, node.getHost(), node.getPort(), true);
    // Sockets, unlike HTTPS clients, do not compare the host name with the certificate.
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
