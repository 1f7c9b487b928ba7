package dev.corsage.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request over a socket, so that its header lines are sent as they are written, and a response.
 */
record Exchange(int status, List<Map.Entry<String, String>> headers, String body) {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** Sends a request with these header lines, each as {@code Name: value}. */
  static Exchange send(int port, String method, String path, List<String> lines)
      throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (lines.stream().noneMatch(line -> line.regionMatches(true, 0, "host:", 0, 5))) {
      request.append("Host: api.test\r\n");
    }
    lines.forEach(line -> request.append(line).append("\r\n"));
    request.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
      return read(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  private static Exchange read(String response) {
    int end = response.indexOf("\r\n\r\n");
    String[] lines = response.substring(0, end).split("\r\n", -1);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.add(Map.entry(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
    }
    return new Exchange(
        Integer.parseInt(lines[0].split(" ", -1)[1]), headers, response.substring(end + 4));
  }

  /** Returns the values of all lines of a header. */
  List<String> header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns the names of all lines of CORS headers, in lower case and sorted. */
  List<String> corsHeaders() {
    return headers.stream()
        .map(header -> header.getKey().toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("access-control-"))
        .sorted()
        .toList();
  }
}
