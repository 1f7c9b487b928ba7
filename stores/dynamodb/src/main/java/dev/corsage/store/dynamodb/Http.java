package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;

/**
 * One request and its response, by the client that the JDK starts fastest. It keeps connections for
 * some seconds, and opens another by itself where a kept one turns out to be closed.
 */
final class Http {
  /** DynamoDB answers with 16 MB at most. */
  private static final int MAX_ANSWER = 20 * 1024 * 1024;

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
   * @throws SocketTimeoutException if there is no time left, or the server let so much of it pass
   *     without sending anything
   * @throws IOException if the connection failed
   */
  static Response post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline)
      throws IOException {
    HttpURLConnection connection = open(uri, headers, deadline);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.connect();
    connection.getOutputStream().write(body);
    return response(connection, deadline);
  }

  /** Asks and returns the response; fails as {@link #post} does. */
  static Response get(URI uri, Map<String, String> headers, Deadline deadline) throws IOException {
    return response(open(uri, headers, deadline), deadline);
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
        if (body.size() > MAX_ANSWER) {
          throw new IOException("The answer is longer than " + MAX_ANSWER + " bytes");
        }
        if (deadline.isOver()) {
          connection.disconnect();
          throw new SocketTimeoutException("The answer did not end in time");
        }
      }
      return new Response(status, body.toString(UTF_8));
    }
  }
}
