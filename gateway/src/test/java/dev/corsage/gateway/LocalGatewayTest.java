package dev.corsage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.RawHttp;
import dev.corsage.gateway.function.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway with a backend, which needs no packaged functions. */
@Timeout(60)
class LocalGatewayTest {
  private static final Path NOWHERE = Path.of("nowhere");
  private static final Installation NOTHING =
      new Installation(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE);

  private final List<String> reached = new CopyOnWriteArrayList<>();
  private HttpServer backend;

  private static final class NoLog implements GatewayLog {
    @Override
    public void exchange(Exchange exchange) {}

    @Override
    public void requestRefused(String reason) {}

    @Override
    public void functionOutput(String function, String line) {}
  }

  @BeforeEach
  void start() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          reached.add(
              exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Host"));
          exchange.sendResponseHeaders(207, -1);
          exchange.close();
        });
    backend.start();
  }

  @AfterEach
  void stop() {
    backend.stop(0);
  }

  @ParameterizedTest
  @EnumSource(ApiType.class)
  void onlyPreflightsDoNotReachABackend(ApiType type) throws Exception {
    String server = "127.0.0.1:" + backend.getAddress().getPort();
    try (LocalGateway gateway =
        LocalGateway.builder(NOTHING)
            .type(type)
            .backend(URI.create("http://" + server))
            .variables(Map.of("ALLOWED_ORIGINS", "https://app.test", "ALLOWED_METHODS", "PUT"))
            .log(new NoLog())
            .start()) {
      int port = URI.create(gateway.apiOrigin()).getPort();
      String host = "Host: app.localhost:" + port;
      String origin = "Origin: https://app.test";
      String method = "Access-Control-Request-Method: PUT";
      for (String path : List.of("/", "/items/1?a=b", "/a/")) {
        String options = "OPTIONS " + path + " HTTP/1.1";
        assertThat(RawHttp.send(port, options, host, origin, method))
            .startsWith("HTTP/1.1 204 ")
            .contains("\r\nAccess-Control-Allow-Origin: https://app.test\r\n");
        assertThat(RawHttp.send(port, options, host, origin.replace("app", "evil"), method))
            .startsWith("HTTP/1.1 403 ");
        assertThat(RawHttp.send(port, "OPTIONS * HTTP/1.1", host)).startsWith("HTTP/1.1 400 ");
        assertThat(reached).isEmpty();

        assertThat(RawHttp.send(port, options, host)).startsWith("HTTP/1.1 207 ");
        assertThat(RawHttp.send(port, options, host, method)).startsWith("HTTP/1.1 207 ");
        assertThat(RawHttp.send(port, options, host, origin))
            .startsWith("HTTP/1.1 207 ")
            .contains("\r\nAccess-Control-Allow-Origin: https://app.test\r\n");
        assertThat(RawHttp.send(port, "PROPFIND " + path + " HTTP/1.1", host))
            .startsWith("HTTP/1.1 207 ");
        // Its own Host: that check of the server goes on working.
        assertThat(reached)
            .containsExactly(
                "OPTIONS " + server,
                "OPTIONS " + server,
                "OPTIONS " + server,
                "PROPFIND " + server);
        reached.clear();
      }
    }
  }

  /** Only the port of the API is one that somebody depends on. */
  @Test
  void thePagesAndTheConsoleTakePortsThatAreFree() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, loopback);
        LocalGateway gateway =
            LocalGateway.builder(NOTHING)
                .port(taken.getLocalPort() - 1)
                .backend(URI.create("http://127.0.0.1:" + backend.getAddress().getPort()))
                .log(new NoLog())
                .start()) {
      assertThat(gateway.apiOrigin()).endsWith(":" + (taken.getLocalPort() - 1));
      assertThat(gateway.pageOrigins())
          .hasSize(2)
          .doesNotContain("http://localhost:" + taken.getLocalPort());
      for (String page : gateway.pageOrigins()) {
        int port = URI.create(page).getPort();
        assertThat(RawHttp.get(port, "localhost:" + port, "/page.json"))
            .contains(gateway.consoleUrl().replaceFirst("/#.*", ""), gateway.apiOrigin());
      }
      int console = URI.create(gateway.consoleUrl()).getPort();
      assertThat(RawHttp.get(console, "localhost:" + console, "/"))
          .startsWith("HTTP/1.1 200 ")
          .contains("<title>Corsage console</title>");
    }
  }
}
