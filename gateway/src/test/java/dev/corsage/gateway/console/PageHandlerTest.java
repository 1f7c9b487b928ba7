package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.api.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that the console sends calls from. */
@Timeout(60)
class PageHandlerTest {
  private static final Server SERVER = Loopback.server(0, Duration.ofSeconds(30));

  @BeforeAll
  static void start() throws IOException {
    Loopback.start(
        SERVER,
        Guard.ofNames(List.of(), reason -> {}),
        new PageHandler("http://localhost:8083", List.of("http://localhost:8080")));
  }

  @AfterAll
  static void stop() throws IOException {
    Loopback.stop(SERVER);
  }

  private static String get(String target) throws IOException {
    int port = Loopback.port(SERVER);
    return RawHttp.get(port, "localhost:" + port, target);
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  @ParameterizedTest
  @CsvSource({
    "/,            sender.html, text/html; charset=utf-8",
    "/?call=7,     sender.html, text/html; charset=utf-8",
    "/console.css, console.css, text/css; charset=utf-8",
    "/sender.js,   sender.js,   text/javascript; charset=utf-8"
  })
  void servesThePage(String target, String file, String type) throws IOException {
    String response = get(target);
    try (InputStream expected = PageHandler.class.getResourceAsStream(file)) {
      assertThat(response)
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("\r\nContent-Type: " + type + "\r\n");
      assertThat(body(response)).isEqualTo(new String(expected.readAllBytes(), UTF_8));
    }
  }

  @Test
  void namesWhoMayGiveOrdersAndWhatMayBeCalled() throws IOException {
    assertThat(body(get("/page.json")))
        .isEqualTo("{\"console\":\"http://localhost:8083\",\"apis\":[\"http://localhost:8080\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cache-Control          | no-store
          X-Content-Type-Options | nosniff
          Referrer-Policy        | strict-origin
          Content-Security-Policy | default-src 'none'; base-uri 'none'; form-action 'none'; \
          script-src 'self' http://localhost:8080; style-src 'self'; \
          img-src data: http://localhost:8080; font-src http://localhost:8080; \
          connect-src 'self' http://localhost:8080; frame-ancestors http://localhost:8083
          """)
  void restrictsThePage(String name, String value) throws IOException {
    for (String target : new String[] {"/", "/page.json", "/nothing"}) {
      assertThat(get(target)).containsIgnoringCase("\r\n" + name + ": " + value + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/sender.html",
        "/setup.json",
        "/events",
        "/calls/1",
        "/main.js",
        "/sender.js/",
        "/SENDER.JS",
        "//",
        "/package-info.class",
        "/../PageHandler.class",
        "/%2e%2e/PageHandler.class",
        "/..%2fPageHandler.class"
      })
  void hasNothingElse(String target) throws IOException {
    assertThat(get(target)).matches("(?s)HTTP/1\\.1 40[04] .*");
  }
}
