package dev.corsage.runtime;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/1.1 (RFC 9112) on one persistent connection, as much of it as the Runtime API needs. The
 * JDK's own clients do far more, and loading them takes longer than the rest of a cold start.
 */
final class HttpConnection {
  /** An event may be waited for as long as it takes, the rest of a response may not. */
  private static final int PAUSE_MILLIS = 30_000;

  private final String address;
  private final String host;
  private final int port;

  private Socket socket;
  private InputStream in;

  HttpConnection(String address) {
    this.address = address;
    int colon = address.lastIndexOf(':');
    host = colon < 0 ? address : address.substring(0, colon);
    try {
      port = colon < 0 ? 80 : Integer.parseInt(address.substring(colon + 1));
    } catch (NumberFormatException noPort) {
      throw new IllegalStateException(
          "AWS_LAMBDA_RUNTIME_API does not begin with a host and a port", noPort);
    }
  }

  HttpResponse get(String path) throws IOException {
    return exchange(head("GET", path, "").append("\r\n"), null);
  }

  /**
   * @param headers more header lines, each with its line end
   */
  HttpResponse post(String path, String headers, byte[] body) throws IOException {
    StringBuilder head = head("POST", path, headers);
    head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
    return exchange(head.append("\r\n\r\n"), body);
  }

  private StringBuilder head(String method, String path, String headers) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(address);
    return head.append("\r\nUser-Agent: corsage-runtime\r\n").append(headers);
  }

  private HttpResponse exchange(StringBuilder head, byte[] body) throws IOException {
    byte[] request = request(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
    boolean kept = socket != null;
    try {
      send(request);
    } catch (IOException closed) {
      close();
      if (!kept) {
        throw closed;
      }
      // The other side may close a persistent connection at any time (RFC 9112, section 9.3.1).
      send(request);
    }
    return receive();
  }

  /** In one write: a second one would wait for the first (Nagle's algorithm). */
  private static byte[] request(byte[] head, byte[] body) {
    if (body == null) {
      return head;
    }
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** Sends a request and waits until its response begins. */
  private void send(byte[] request) throws IOException {
    if (socket == null) {
      socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.setSoTimeout(0);
    OutputStream out = socket.getOutputStream();
    out.write(request);
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("The Runtime API closed the connection");
    }
    in.reset();
  }

  private HttpResponse receive() throws IOException {
    boolean kept = false;
    try {
      socket.setSoTimeout(PAUSE_MILLIS);
      HttpResponse response = HttpResponseReader.read(in);
      kept = response.isConnectionKept();
      return response;
    } finally {
      if (!kept) {
        close();
      }
    }
  }

  private void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
