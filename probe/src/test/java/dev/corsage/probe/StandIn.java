package dev.corsage.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A live API as somebody has set it up, on the loopback interface. By default it is as it should
 * be: it allows one origin, with the method PUT and the header content-type.
 */
final class StandIn implements AutoCloseable {
  static final String PAGE = "https://app.example.com";
  static final String HOST = "api.example.com";
  static final String MISSING_TOKEN = "{\"message\":\"Missing Authentication Token\"}";

  static {
    // Otherwise each response waits for a timer of TCP.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A request as it came. */
  record Request(
      String method, String path, String origin, boolean isPreflight, String authorization) {}

  /** What is sent back. */
  record Reply(int status, List<String> headers, String body) {
    static Reply of(int status, String... headers) {
      return new Reply(status, List.of(headers), "");
    }

    Reply with(String... more) {
      List<String> all = new ArrayList<>(headers);
      all.addAll(List.of(more));
      return new Reply(status, all, body);
    }

    Reply without(String name) {
      return new Reply(
          status,
          headers.stream()
              .filter(h -> !h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
              .toList(),
          body);
    }

    Reply body(String text) {
      return new Reply(status, headers, text);
    }

    Reply status(int other) {
      return new Reply(other, headers, body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  StandIn(Function<Request, Reply> api) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> respond(exchange, api));
    server.start();
  }

  private void respond(HttpExchange exchange, Function<Request, Reply> api) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              headers.getFirst("Origin"),
              exchange.getRequestMethod().equals("OPTIONS")
                  && headers.containsKey("Access-Control-Request-Method"),
              headers.getFirst("Authorization"));
      requests.add(request);
      Reply reply = api.apply(request);
      for (String line : reply.headers()) {
        String[] parts = line.split(":", 2);
        exchange.getResponseHeaders().add(parts[0], parts[1].strip());
      }
      byte[] body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
      boolean noBody = body.length == 0 || request.method().equals("HEAD");
      exchange.sendResponseHeaders(reply.status(), noBody ? -1 : body.length);
      if (!noBody) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  /** Returns the requests that came. */
  List<Request> requests() {
    return requests;
  }

  URI url() {
    return url(HOST);
  }

  URI url(String host) {
    return URI.create(
        "http://" + host + ":" + server.getAddress().getPort() + "/items?token=s3cret");
  }

  /** Returns a probe as the page that is meant to be allowed. */
  Probe probe() {
    return Probe.of(url()).resolve(HOST, "127.0.0.1").from(PAGE);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  // What APIs do.

  /** Allows some origins, and does everything else as it should. */
  static Function<Request, Reply> allowing(Predicate<String> origins) {
    return request -> {
      boolean allowed = request.origin() != null && origins.test(request.origin());
      Reply reply = request.isPreflight() ? Reply.of(allowed ? 204 : 403) : actual(request);
      reply = reply.with("Vary: Origin");
      if (allowed) {
        reply = reply.with("Access-Control-Allow-Origin: " + request.origin());
        reply = request.isPreflight() ? lists(reply) : reply;
      }
      return reply;
    };
  }

  static Reply lists(Reply reply) {
    return reply.with(
        "Access-Control-Allow-Methods: GET, PUT",
        "Access-Control-Allow-Headers: content-type, authorization",
        "Access-Control-Max-Age: 600");
  }

  static Reply actual(Request request) {
    boolean there = request.path().equals("/items");
    return Reply.of(there ? 200 : 404, "Content-Type: application/json").body("{}");
  }

  static Function<Request, Reply> good() {
    return allowing(PAGE::equals);
  }

  /** Changes what preflights get. */
  static Function<Request, Reply> preflight(Function<Reply, Reply> change) {
    return on(good(), Request::isPreflight, change);
  }

  /** Changes what other requests get. */
  static Function<Request, Reply> requests(Function<Reply, Reply> change) {
    return on(good(), request -> !request.isPreflight(), change);
  }

  static Function<Request, Reply> all(Function<Reply, Reply> change) {
    return on(good(), request -> true, change);
  }

  static Function<Request, Reply> on(
      Function<Request, Reply> api, Predicate<Request> which, Function<Reply, Reply> change) {
    return request -> which.test(request) ? change.apply(api.apply(request)) : api.apply(request);
  }

  /** Changes allowed responses alone. */
  static Function<Reply, Reply> allowed(Function<Reply, Reply> change) {
    return reply ->
        reply.headers().stream().anyMatch(h -> h.startsWith("Access-Control-Allow-Origin"))
            ? change.apply(reply)
            : reply;
  }

  /** A response of a REST API of API Gateway itself. */
  static Reply rest(int status, String type, String message) {
    return Reply.of(
            status,
            "Content-Type: application/json",
            "x-amzn-RequestId: 6f3d",
            "x-amzn-ErrorType: " + type,
            "x-amz-apigw-id: AbC=")
        .body("{\"message\":\"" + message + "\"}");
  }

  /** A response of an HTTP API of API Gateway itself. */
  static Reply http(int status, String message) {
    return Reply.of(status, "Content-Type: application/json", "Apigw-Requestid: AbC=")
        .body("{\"message\":\"" + message + "\"}");
  }
}
