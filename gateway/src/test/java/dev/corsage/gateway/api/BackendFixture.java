package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Server;

/** An API with one route, to a backend. */
final class BackendFixture implements AutoCloseable {
  static final String ALLOWED = "https://app.example";

  private final Closeable backend;
  private final Server gateway;
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final HttpClient browser = HttpClient.newHttpClient();

  private BackendFixture(CorsDecider policy, Closeable backend, String url) throws IOException {
    this.backend = backend;
    gateway = Loopback.server(0, Duration.ofSeconds(30));
    Loopback.start(
        gateway,
        Guard.ofNames(List.of(), reason -> {}),
        new ApiHandler(
            api(new Target.Backend(URI.create(url), policy)),
            Map.of(),
            Duration.ofSeconds(3),
            exchanges::add));
  }

  private static Api api(Target target) {
    Route route = new Route("ANY", RouteTable.DEFAULT, target, ApiType.HTTP_V2);
    return new Api(
        "Api",
        Api.Kind.HTTP,
        Api.DEFAULT_STAGE,
        null,
        new RouteTable(List.of(route), false),
        List.of(),
        Location.NONE);
  }

  static CorsPolicy.Builder policy() {
    return CorsPolicy.builder().origins(ALLOWED).credentials(true).exposedHeaders("x-total-count");
  }

  /** Starts a backend that responds as the handler does. */
  static BackendFixture start(CorsDecider policy, HttpHandler handler) throws IOException {
    return start(policy, "", handler);
  }

  static BackendFixture start(CorsDecider policy, String basePath, HttpHandler handler)
      throws IOException {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext("/", handler);
    backend.start();
    String url = "http://" + Loopback.ADDRESS + ":" + backend.getAddress().getPort() + basePath;
    return new BackendFixture(policy, () -> backend.stop(0), url);
  }

  /** Starts with a backend that is not there: its port is taken, and nobody listens. */
  static BackendFixture startWithoutBackend(CorsDecider policy) throws IOException {
    Socket taken = new Socket();
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    String url = "http://" + Loopback.ADDRESS + ":" + taken.getLocalPort();
    return new BackendFixture(policy, taken, url);
  }

  /** Returns a handler that responds with the status and the header lines of a row. */
  static HttpHandler responding(int status, String headers, String body) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      Requests.fields(headers)
          .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  String origin() {
    return "http://" + Loopback.ADDRESS + ":" + Loopback.port(gateway);
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** Sends {@code GET TARGET} with the header lines of a row. */
  HttpResponse<String> get(String target, String headers) throws IOException, InterruptedException {
    return send("GET", target, headers, BodyPublishers.noBody());
  }

  HttpResponse<String> send(String method, String target, String headers, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + target)).method(method, body);
    Requests.fields(headers).forEach(field -> request.header(field.name(), field.value()));
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    Loopback.stop(gateway);
    backend.close();
  }
}
