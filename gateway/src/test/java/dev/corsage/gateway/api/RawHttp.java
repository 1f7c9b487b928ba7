package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends requests byte by byte: HTTP clients know better than a test. */
public final class RawHttp {
  private RawHttp() {}

  /** Sends {@code GET TARGET}; returns the response, head and body. */
  public static String get(int port, String host, String target) throws IOException {
    return send(port, "GET " + target + " HTTP/1.1", "Host: " + host);
  }

  /** Sends a request of these lines; returns the response, head and body. */
  public static String send(int port, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
