package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Verdict;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.ExchangeLog;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Judgement;
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

@Timeout(60)
class PageHandlerTest {
  private static final ExchangeLog EXCHANGES = new ExchangeLog();
  private static final Server SERVER = Loopback.server(0, Duration.ofSeconds(30));

  @BeforeAll
  static void start() throws IOException {
    Loopback.start(
        SERVER,
        Guard.ofNames(List.of(), reason -> {}),
        new PageHandler("http://localhost:8080", "{\"api\":\"rose\"}", EXCHANGES));
    EXCHANGES.add(
        new Exchange(
            new Judgement(
                Decision.Kind.PREFLIGHT,
                new Verdict(Outcome.PREFLIGHT_ALLOWED, ""),
                new Verdict(Outcome.CREDENTIALS_NOT_ALLOWED, ""),
                "allowed-without-credentials",
                "The page can send the request."),
            "preflight",
            "OPTIONS",
            "/items/1?call=7",
            "https://a.example",
            List.of(new Field("Origin", "https://a.example"), new Field("X-A", "\"")),
            204,
            List.of(new Field("Vary", "Origin")),
            1_260_000));
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
    "/,            index.html, text/html; charset=utf-8",
    "/?call=7,     index.html, text/html; charset=utf-8",
    "/page.css,    page.css,   text/css; charset=utf-8",
    "/page.js,     page.js,    text/javascript; charset=utf-8"
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /config.json                     | {"api":"rose"}
          /exchanges?call=8                | {"exchanges":[]}
          /exchanges?call=                 | {"exchanges":[]}
          /exchanges                       | {"exchanges":[]}
          """)
  void servesWhatThePageAsksFor(String target, String json) throws IOException {
    String response = get(target);

    assertThat(response)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("\r\nContent-Type: application/json\r\n");
    assertThat(body(response)).isEqualTo(json);
  }

  @Test
  void servesTheExchangesOfACall() throws IOException {
    assertThat(body(get("/exchanges?call=7")))
        .isEqualTo(
            """
            {"exchanges":[{"kind":"preflight","function":"preflight","method":"OPTIONS",\
            "path":"/items/1?call=7",\
            "requestHeaders":[["Origin","https://a.example"],["X-A","\\""]],\
            "status":204,"responseHeaders":[["Vary","Origin"]],"allowed":true,\
            "access":"allowed-without-credentials","reason":"allowed-without-credentials",\
            "explanation":"The page can send the request.","millis":1.3}]}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cache-Control          | no-store
          X-Content-Type-Options | nosniff
          Content-Security-Policy | frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
          default-src 'none'; script-src 'self'; style-src 'self'; \
          img-src 'self' data:; connect-src 'self' http://localhost:8080
          """)
  void restrictsThePage(String name, String value) throws IOException {
    for (String target : new String[] {"/", "/config.json", "/exchanges", "/nothing"}) {
      assertThat(get(target)).containsIgnoringCase("\r\n" + name + ": " + value + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/index.html",
        "/page.js/",
        "/PAGE.JS",
        "//",
        "/config.json.",
        "/package-info.class",
        "/../PageHandler.class",
        "/page/../../PageHandler.class",
        "/%2e%2e/PageHandler.class",
        "/..%2fPageHandler.class"
      })
  void hasNothingElse(String target) throws IOException {
    assertThat(get(target)).matches("(?s)HTTP/1\\.1 40[04] .*");
  }
}
