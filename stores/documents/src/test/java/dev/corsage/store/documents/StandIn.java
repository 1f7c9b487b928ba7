package dev.corsage.store.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays SSM, AppConfig and S3 on the loopback interface: for one document, which each of them has.
 */
public final class StandIn implements AutoCloseable {
  /** A request as it came. */
  record Received(String method, URI uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return String.join(", ", header.getValue());
        }
      }
      return null;
    }
  }

  /** What is done with a request in place of answering it. */
  interface Trouble {
    void with(HttpExchange exchange, StandIn standIn) throws IOException, InterruptedException;
  }

  final List<Received> requests = new CopyOnWriteArrayList<>();
  final AtomicLong bytesSent = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, byte[]> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final HttpServer server;
  private volatile byte[] document;
  private volatile Trouble trouble;
  private volatile int pollSeconds;

  private StandIn(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  boolean isClosed() {
    return closing.getCount() == 0;
  }

  /** Starts one that has this document. */
  public static StandIn with(String document) throws IOException {
    return at(0, document);
  }

  static StandIn at(int port, String document) throws IOException {
    StandIn standIn = new StandIn(port);
    standIn.put(document);
    return standIn;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Returns what goes behind a reference, so that this is asked. */
  public String options() {
    return options(port());
  }

  static String options(int port) {
    return "?region=eu-west-1&endpoint=http://127.0.0.1:" + port;
  }

  /** From now on this is the document. */
  public void put(String changed) {
    put(changed.getBytes(UTF_8));
  }

  void put(byte[] changed) {
    document = changed;
  }

  void pollEvery(int seconds) {
    pollSeconds = seconds;
  }

  /** Makes all tokens those of requests that were made before. */
  void expireTokens() {
    sessions.clear();
  }

  /** From now on this happens to requests; null for none. */
  void trouble(Trouble now) {
    trouble = now;
  }

  /** From now on there is no document. */
  public void remove() {
    trouble(
        (exchange, standIn) -> {
          String code = isS3(exchange) ? "NoSuchKey" : "ParameterNotFound";
          standIn.fail(exchange, 404, isSession(exchange) ? "ResourceNotFoundException" : code, "");
        });
  }

  /** From now on the document is there again. */
  public void restore() {
    trouble = null;
  }

  /** Responses with an error in the form of whatever service is asked. */
  static Trouble error(int status, String code, String message) {
    return (exchange, standIn) -> standIn.fail(exchange, status, code, message);
  }

  /** Does not answer. */
  static Trouble hang() {
    return (exchange, standIn) -> standIn.closing.await();
  }

  /** Answers a byte at a time, each in good time. */
  static Trouble drip() {
    return (exchange, standIn) -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        do {
          out.write(' ');
          out.flush();
        } while (!standIn.closing.await(200, java.util.concurrent.TimeUnit.MILLISECONDS));
      }
    };
  }

  /** Responses with more than anybody can want. */
  static Trouble flood() {
    return (exchange, standIn) -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] block = " ".repeat(64 * 1024).getBytes(UTF_8);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 4096; i++) {
          out.write(block);
          standIn.bytesSent.addAndGet(block.length);
        }
      }
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Map.copyOf(exchange.getRequestHeaders()),
              body));
      Trouble now = trouble;
      if (now != null) {
        now.with(exchange, this);
      } else if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
        parameter(exchange);
      } else if (isSession(exchange)) {
        session(exchange);
      } else if (exchange.getRequestURI().getPath().equals("/configuration")) {
        configuration(exchange);
      } else {
        object(exchange);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isSession(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().equals("/configurationsessions");
  }

  private static boolean isS3(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().startsWith("/bucket/");
  }

  private void parameter(HttpExchange exchange) throws IOException {
    String value = new String(document, UTF_8).replace("\\", "\\\\").replace("\"", "\\\"");
    String json =
        "{\"Parameter\":{\"Name\":\"n\",\"Type\":\"SecureString\",\"Value\":\""
            + value.replace("\n", "\\n")
            + "\",\"Version\":1}}";
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    send(exchange, 200, json.getBytes(UTF_8));
  }

  private void session(HttpExchange exchange) throws IOException {
    String token = "token-" + tokens.incrementAndGet();
    sessions.put(token, new byte[0]);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 201, ("{\"InitialConfigurationToken\":\"" + token + "\"}").getBytes(UTF_8));
  }

  private void configuration(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestURI().getQuery().replace("configuration_token=", "");
    byte[] known = sessions.remove(token);
    if (known == null) {
      fail(exchange, 400, "BadRequestException", "The token is not valid");
      return;
    }
    byte[] now = document;
    String next = "token-" + tokens.incrementAndGet();
    sessions.put(next, now);
    exchange.getResponseHeaders().set("Next-Poll-Configuration-Token", next);
    exchange.getResponseHeaders().set("Next-Poll-Interval-In-Seconds", "" + pollSeconds);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, java.util.Arrays.equals(now, known) ? new byte[0] : now);
  }

  private void object(HttpExchange exchange) throws IOException {
    byte[] now = document;
    String entityTag = "\"" + Integer.toHexString(java.util.Arrays.hashCode(now)) + "\"";
    exchange.getResponseHeaders().set("ETag", entityTag);
    if (entityTag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, now);
    }
  }

  private void fail(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String body =
        isS3(exchange)
            ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                + code
                + "</Code><Message>"
                + message
                + "</Message></Error>"
            : "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}";
    exchange
        .getResponseHeaders()
        .set("Content-Type", isS3(exchange) ? "application/xml" : "application/x-amz-json-1.1");
    send(exchange, status, body.getBytes(UTF_8));
  }

  private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    bytesSent.addAndGet(body.length);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
