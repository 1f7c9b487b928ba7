package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.store.Watchdog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;

/**
 * One request and its response, with the client that the JDK starts fastest. It keeps connections
 * for some seconds, and replaces those that were closed meanwhile.
 */
final class Http {
  /** DynamoDB responds with 16 MB at most. */
  private static final int MAX_RESPONSE = 20 * 1024 * 1024;

  private static final int BUFFER = 8 * 1024;

  private Http() {}

  /**
   * A response of any status.
   *
   * @param status from 100 to 599
   * @param body all of it, as UTF-8
   */
  record Response(int status, String body) {}

  /**
   * Sends a body and returns the response.
   *
   * @throws SocketTimeoutException if the deadline passes, or the server sends nothing for too long
   * @throws IOException if the connection failed
   */
  static Response post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline)
      throws IOException {
    HttpURLConnection connection = open(uri, headers, deadline);
    return watched(
        connection,
        deadline,
        () -> {
          connection.setRequestMethod("POST");
          connection.setDoOutput(true);
          connection.connect();
          connection.getOutputStream().write(body);
          return response(connection, deadline);
        });
  }

  /** Fetches a response; fails as {@link #post} does. */
  static Response get(URI uri, Map<String, String> headers, Deadline deadline) throws IOException {
    HttpURLConnection connection = open(uri, headers, deadline);
    return watched(connection, deadline, () -> response(connection, deadline));
  }

  private interface Exchange {
    Response make() throws IOException;
  }

  /**
   * Makes an exchange, and disconnects at its deadline: the client's own timeout begins anew with
   * each byte of the response's headers.
   */
  private static Response watched(
      HttpURLConnection connection, Deadline deadline, Exchange exchange) throws IOException {
    try (Watchdog watchdog =
        Watchdog.after(Math.max(1, deadline.millisLeft()), connection::disconnect)) {
      try {
        return exchange.make();
      } catch (IOException | RuntimeException e) {
        // Disconnecting takes the client's parts from under it, which need not end in an
        // IOException.
        if (!watchdog.isOver()) {
          throw e;
        }
        SocketTimeoutException late =
            new SocketTimeoutException("The response did not end in time");
        late.initCause(e);
        throw late;
      }
    }
  }

  private static HttpURLConnection open(URI uri, Map<String, String> headers, Deadline deadline)
      throws IOException {
    int wait = deadline.waitMillis();
    if (wait < 1) {
      throw new SocketTimeoutException("There is no time left");
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(wait);
    connection.setReadTimeout(wait);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    return connection;
  }

  private static Response response(HttpURLConnection connection, Deadline deadline)
      throws IOException {
    int status = connection.getResponseCode();
    InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    if (stream == null) {
      return new Response(status, "");
    }
    // To its end, or the connection is not kept.
    try (stream) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        body.write(buffer, 0, read);
        if (body.size() > MAX_RESPONSE) {
          throw new IOException("The response is longer than " + MAX_RESPONSE + " bytes");
        }
        if (deadline.isOver()) {
          connection.disconnect();
          throw new SocketTimeoutException("The response did not end in time");
        }
      }
      return new Response(status, body.toString(UTF_8));
    }
  }
}
