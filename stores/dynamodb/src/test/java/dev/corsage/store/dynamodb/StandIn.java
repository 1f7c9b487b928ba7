package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before DynamoDB Local and does what that does not: checks signatures as AWS does,
 * throttles, fails, and takes its time.
 */
final class StandIn implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** How requests are answered. */
  interface Behaviour {
    void response(HttpExchange exchange, String body) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final URI dynamoDb;
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  /** Starts one before this DynamoDB, which may be null. */
  StandIn(String dynamoDb) throws IOException {
    this.dynamoDb = dynamoDb == null ? null : URI.create(dynamoDb);
    behaviour = this::pass;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the operations that were asked for, in their order. */
  List<String> operations() {
    return operations;
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /** What DynamoDB answers. */
  void pass(HttpExchange exchange, String body) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("Content-Type", "X-Amz-Target", "Authorization")) {
      headers.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    Http.Response response = Http.post(dynamoDb, headers, body.getBytes(UTF_8), Deadline.ofEdit());
    reply(exchange, response.status(), response.body());
  }

  /** An error as DynamoDB words them. */
  static Behaviour refuse(int status, String type, String message) {
    return (exchange, body) -> refuse(exchange, status, type, message);
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    reply(
        exchange,
        status,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + type
            + "\",\"message\":\""
            + message
            + "\"}");
  }

  /** No response until the end. */
  void hang(HttpExchange exchange, String body) throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  /** The beginning of a response, and no more until the end. */
  void hangWithin(HttpExchange exchange, String body) throws IOException {
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    hang(exchange, body);
  }

  /**
   * What AWS answers to a request whose key or signature is wrong; otherwise what DynamoDB does.
   */
  Behaviour check(Credentials expected) {
    return (exchange, body) -> {
      Headers headers = exchange.getRequestHeaders();
      String authorization = headers.getFirst("Authorization");
      Map<String, String> signed = new HashMap<>();
      for (String name : List.of("Content-Type", "X-Amz-Target")) {
        signed.put(name, headers.getFirst(name));
      }
      Instant at = TIME.parse(headers.getFirst("X-Amz-Date"), Instant::from);
      if (!authorization.contains("Credential=" + expected.accessKeyId() + "/")) {
        refuse(
            exchange,
            400,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.");
      } else if (!authorization.equals(
          AwsSigner.authorization(headers.getFirst("Host"), signed, body, expected, at))) {
        refuse(
            exchange,
            400,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided."
                + "\\n\\nThe Canonical String for this request should have been\\n'POST\\n/\\n\\n"
                + "x-amz-security-token:"
                + headers.getFirst("X-Amz-Security-Token")
                + "'");
      } else {
        pass(exchange, body);
      }
    };
  }

  static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    operations.add(target.substring(target.indexOf('.') + 1));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    behaviour.response(exchange, body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
