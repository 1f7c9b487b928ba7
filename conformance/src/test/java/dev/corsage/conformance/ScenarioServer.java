package dev.corsage.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsage.conformance.function.ScenarioFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A server of one origin: the page of the scenarios, and responses that no policy would give, as
 * the query of the URL says.
 */
final class ScenarioServer implements AutoCloseable {
  /** The embedder policies of pages by their names. */
  static final Map<String, String> EMBEDDER_POLICIES =
      Map.of("isolated", "require-corp", "credentialless", "credentialless");

  private static final List<String> NOT_FOUND = List.of("404", "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private ScenarioServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it on a free port of 127.0.0.1.
   *
   * @param log is told of every request that is not for a page
   */
  static ScenarioServer start(Consumer<SentLine> log) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String script = Repository.resource("browsers/scenarios.js");
    String page =
        "<!doctype html><meta charset=utf-8><title>Scenarios</title><link rel=icon href=data:,>"
            + "<script src=/-scenarios.js></script>";
    server.createContext("/", exchange -> respond(exchange, log));
    server.createContext("/-page", exchange -> send(exchange, page("text/html", page)));
    EMBEDDER_POLICIES.forEach(
        (name, policy) ->
            server.createContext(
                "/-" + name,
                exchange ->
                    send(
                        exchange,
                        page("text/html", page, "Cross-Origin-Embedder-Policy: " + policy))));
    server.createContext(
        "/-scenarios.js", exchange -> send(exchange, page("text/javascript", script)));
    ScenarioServer started = new ScenarioServer(server);
    server.setExecutor(started.threads);
    server.start();
    return started;
  }

  private static List<String> page(String type, String text, String... headers) {
    String body = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(
                "200", body, "Content-Type: " + type, "Cache-Control: no-store"),
            java.util.stream.Stream.of(headers))
        .toList();
  }

  private static void respond(HttpExchange exchange, Consumer<SentLine> log) throws IOException {
    Map<String, List<String>> headers = exchange.getRequestHeaders();
    boolean preflight =
        exchange.getRequestMethod().equals("OPTIONS")
            && headers.containsKey("Access-control-request-method");
    log.accept(
        SentLine.of(
            System.nanoTime(),
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            name -> exchange.getRequestHeaders().getFirst(name)));
    exchange.getRequestBody().readAllBytes();
    String query = exchange.getRequestURI().getRawQuery();
    List<String> lines =
        query == null ? null : ScenarioFunction.lines(query, preflight ? "preflight" : "response");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    send(
        exchange,
        lines == null
            ? NOT_FOUND
            : lines.stream().map(line -> line.replace("{origin}", "" + origin)).toList());
  }

  private static void send(HttpExchange exchange, List<String> lines) throws IOException {
    try (exchange) {
      for (String header : lines.subList(2, lines.size())) {
        int colon = header.indexOf(':');
        exchange
            .getResponseHeaders()
            .add(header.substring(0, colon), header.substring(colon + 1).strip());
      }
      int status = Integer.parseInt(lines.get(0));
      byte[] body = Base64.getDecoder().decode(lines.get(1));
      boolean empty =
          body.length == 0
              || exchange.getRequestMethod().equals("HEAD")
              || status == 204
              || status == 304;
      exchange.sendResponseHeaders(status, empty ? -1 : body.length);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
