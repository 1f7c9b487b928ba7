package dev.corsage.generate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection over which requests are sent as they are written. */
final class NginxConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * A response.
   *
   * @param headers all lines by lower-case name
   */
  record Response(int status, Map<String, List<String>> headers, String body) {}

  private final int port;
  private Socket socket;
  private InputStream in;

  NginxConnection(int port) throws IOException {
    this.port = port;
    open();
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Response send(Case.Request request, String path) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(path).append(" HTTP/1.1\r\n");
    request
        .headers()
        .forEach(
            (name, lines) ->
                lines.forEach(line -> text.append(name).append(": ").append(line).append("\r\n")));
    byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    Response response = read();
    if (response.headers.getOrDefault("connection", List.of()).contains("close")) {
      socket.close();
      open();
    }
    return response;
  }

  private Response read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(": ?", 2);
      headers
          .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0));
    return new Response(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection has ended: " + line);
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
