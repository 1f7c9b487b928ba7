package dev.corsage.store.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connects to one node, encrypted or not.
 *
 * @param tls what encrypts connections; null for the JDK's own
 */
record Sockets(
    HostAndPort node,
    boolean encrypted,
    SSLSocketFactory tls,
    int connectMillis,
    int responseMillis)
    implements JedisSocketFactory {

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

  /** Tries one address after the other, within the time for one. */
  private Socket connected() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(node.getHost());
    int millis = Math.max(1, connectMillis / addresses.length);
    IOException last = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setSoTimeout(responseMillis);
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
