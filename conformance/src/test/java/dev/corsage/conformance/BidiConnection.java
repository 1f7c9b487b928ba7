package dev.corsage.conformance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client of <a href="https://www.w3.org/TR/webdriver-bidi/#transport">WebDriver BiDi</a>:
 * commands as JSON over a WebSocket, each with an id that its response repeats. Events are not
 * read. One thread sends.
 */
final class BidiConnection implements WebSocket.Listener, AutoCloseable {
  private static final int SECONDS_TO_RESPOND = 120;

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<Map<String, Object>>> sent = new ConcurrentHashMap<>();
  private final StringBuilder message = new StringBuilder();
  private WebSocket socket;

  private BidiConnection() {}

  static BidiConnection open(URI uri) {
    BidiConnection connection = new BidiConnection();
    connection.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, connection).join();
    return connection;
  }

  /**
   * Sends a command and waits for its result.
   *
   * @throws AssertionError if the browser responds with an error, or not in time
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> send(String method, Map<String, Object> parameters) {
    long id = ids.incrementAndGet();
    CompletableFuture<Map<String, Object>> response = new CompletableFuture<>();
    sent.put(id, response);
    String command = Json.write(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(command, true).join();
    Map<String, Object> received;
    try {
      received = response.orTimeout(SECONDS_TO_RESPOND, TimeUnit.SECONDS).join();
    } catch (CompletionException failed) {
      throw new AssertionError(method + " got no response", failed);
    }
    if (!"success".equals(received.get("type"))) {
      throw new AssertionError(method + " failed: " + Json.write(received));
    }
    return (Map<String, Object>) received.get("result");
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      Map<String, Object> received = Json.object(message.toString());
      message.setLength(0);
      CompletableFuture<Map<String, Object>> waiting =
          received.get("id") instanceof Long id ? sent.remove(id) : null;
      if (waiting != null) {
        waiting.complete(received);
      }
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    fail(new IllegalStateException("The browser closed the connection: " + status + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    fail(error);
  }

  private void fail(Throwable reason) {
    sent.values().forEach(waiting -> waiting.completeExceptionally(reason));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
