package dev.corsage.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 (RFC 9112) on one persistent connection, as much of it as the Runtime API needs. The
 * JDK's own clients do far more, and loading them takes longer than the rest of a cold start.
 */
final class HttpConnection {
  /** Longer than any line of the Runtime API, whose longest is a client context. */
  private static final int MAX_LINE = 64 * 1024;

  private final String address;
  private final String host;
  private final int port;

  private Socket socket;
  private InputStream in;

  HttpConnection(String address) {
    this.address = address;
    int colon = address.lastIndexOf(':');
    host = colon < 0 ? address : address.substring(0, colon);
    port = colon < 0 ? 80 : Integer.parseInt(address.substring(colon + 1));
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
      return send(request);
    } catch (IOException failed) {
      close();
      if (!kept) {
        throw failed;
      }
      // The other side may close a persistent connection at any time (RFC 9112, section 9.3.1).
      return send(request);
    }
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

  private HttpResponse send(byte[] request) throws IOException {
    if (socket == null) {
      socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    OutputStream out = socket.getOutputStream();
    out.write(request);
    int status;
    Map<String, String> headers;
    do {
      status = status(readLine());
      headers = readHeaders();
    } while (status < 200); // Interim responses have no content (RFC 9110, section 15.2).
    HttpResponse response = new HttpResponse(status, headers, readBody(status, headers));
    if ("close".equalsIgnoreCase(headers.get("connection"))) {
      close();
    }
    return response;
  }

  private static int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new IOException("The Runtime API does not speak HTTP/1.1: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private byte[] readBody(int status, Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return readChunks();
    }
    if (length == null) {
      // The end of the connection is the end of the content (RFC 9112, section 6.3).
      byte[] body = in.readAllBytes();
      close();
      return body;
    }
    return read(Integer.parseInt(length));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = readLine();
      int semicolon = line.indexOf(';');
      String size = semicolon < 0 ? line : line.substring(0, semicolon);
      int length = Integer.parseInt(size.strip(), 16);
      if (length == 0) {
        readHeaders();
        return body.toByteArray();
      }
      body.writeBytes(read(length));
      readLine();
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The Runtime API closed the connection within a response");
    }
    return bytes;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The Runtime API closed the connection");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("The Runtime API sent a line of more than " + MAX_LINE + " bytes");
      }
      line.append((char) b);
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }

  private void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
