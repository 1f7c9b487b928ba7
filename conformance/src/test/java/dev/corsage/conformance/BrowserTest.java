package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision;
import dev.corsage.cli.serve.ServeAdvice;
import dev.corsage.conformance.ConsolePage.Played;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The main job, end to end: calls of pages on other origins in a real browser, through the local
 * API Gateway and the packaged functions. What counts is what JavaScript saw, not what headers were
 * sent.
 */
@Tag("once")
class BrowserTest {
  private static final Map<ApiType, LocalGateway> GATEWAYS = new EnumMap<>(ApiType.class);
  private static final Map<ApiType, Gateways.Log> LOGS = new EnumMap<>(ApiType.class);
  private static ChromeDriver browser;
  private static ConsolePage console;
  private static LocalGateway opened;

  @BeforeAll
  static void start() throws Exception {
    for (ApiType type : ApiType.values()) {
      Gateways.Log log = new Gateways.Log();
      LOGS.put(type, log);
      GATEWAYS.put(
          type,
          LocalGateway.builder(Repository.installation())
              .type(type)
              .log(log)
              .advice(new ServeAdvice())
              .start());
    }
    browser = Chromium.start();
    console = new ConsolePage(browser);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    GATEWAYS.values().forEach(LocalGateway::close);
  }

  /** call, outcome, status or nothing, preflight, part of the body or nothing. */
  private static final Object[][] ON_THE_ALLOWED_ORIGIN = {
    {"simple", "read", "200", "none", "rose"},
    {"put", "read", "200", "allowed", "saved"},
    {"credentials", "read", "200", "none", "visits"},
    {"exposed", "read", "200", "none", "flowers"},
    {"error", "read", "500", "none", "Internal Server Error"},
    {"method", "blocked", "", "refused", ""},
    {"header", "blocked", "", "refused", ""},
  };

  private static final Object[][] ON_THE_OTHER_ORIGIN = {
    {"simple", "blocked", "", "none", ""},
    {"put", "blocked", "", "refused", ""},
    {"credentials", "blocked", "", "none", ""},
    {"exposed", "blocked", "", "none", ""},
    {"error", "blocked", "", "none", ""},
    {"method", "blocked", "", "refused", ""},
    {"header", "blocked", "", "refused", ""},
  };

  static Stream<Arguments> calls() {
    return Stream.of(ApiType.values())
        .flatMap(
            type ->
                Stream.concat(
                    Stream.of(ON_THE_ALLOWED_ORIGIN).map(row -> call(type, 0, row)),
                    Stream.of(ON_THE_OTHER_ORIGIN).map(row -> call(type, 1, row))));
  }

  private static Arguments call(ApiType type, int page, Object[] row) {
    return Arguments.of(type, page, row[0], row[1], row[2], row[3], row[4]);
  }

  @ParameterizedTest(name = "{0}, page {1}: {2} is {3}")
  @MethodSource("calls")
  void aCallIsReadOrBlocked(
      ApiType type,
      int page,
      String call,
      String outcome,
      String status,
      String preflight,
      String body) {
    Played played = play(GATEWAYS.get(type), call, page);

    assertThat(played.outcome()).isEqualTo(outcome);
    assertThat(played.status()).isEqualTo(status);
    assertThat(played.preflight()).isEqualTo(preflight);
    assertThat(played.body()).contains(body);
    assertThat(played.text().contains("fetch() rejected with"))
        .isEqualTo(outcome.equals("blocked"));
    assertThat(played.text().contains("Remedy: ")).isEqualTo(outcome.equals("blocked"));
  }

  @Test
  void onlyExposedHeadersAreReadable() {
    assertThat(play(GATEWAYS.get(ApiType.HTTP_V2), "exposed", 0).text())
        .contains("x-total-count: 42");
    assertThat(console.text("#play-result .seen")).doesNotContainIgnoringCase("x-internal-node");
  }

  @Test
  void cookiesGoBothWays() {
    String first = play(GATEWAYS.get(ApiType.HTTP_V2), "credentials", 0).body();
    String second = play(GATEWAYS.get(ApiType.HTTP_V2), "credentials", 0).body();
    assertThat(visits(second)).isEqualTo(visits(first) + 1);
  }

  private static int visits(String body) {
    return Integer.parseInt(body.replaceAll("\\D", ""));
  }

  @Test
  void aRefusedPreflightKeepsTheRequestFromTheApi() {
    Gateways.Log log = LOGS.get(ApiType.HTTP_V2);
    log.exchanges.clear();
    play(GATEWAYS.get(ApiType.HTTP_V2), "put", 1);
    assertThat(log.exchanges)
        .extracting(exchange -> exchange.judgement().kind())
        .containsExactly(Decision.Kind.PREFLIGHT);
    assertThat(log.exchanges.get(0).responseHeaders())
        .noneMatch(header -> header.name().toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  @Test
  void oneAllowedPreflightFillsTheCache() throws Exception {
    String policy =
        """
        {"origins": ["http://localhost:*"], "methods": ["PUT"],
         "requestHeaders": ["content-type", "x-demo"], "maxAgeSeconds": 600}
        """;
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .variables(Map.of("CORS_POLICY", policy))
            .log(new Gateways.Log())
            .advice(new ServeAdvice())
            .start()) {
      open(gateway);
      console.tab("play");
      console.find("#play-fresh").click();
      String page = gateway.pageOrigins().get(0);
      assertThat(console.play("put", page).preflight()).isEqualTo("allowed");
      assertThat(console.play("put", page).preflight()).isEqualTo("cached");
    }
    opened = null;
  }

  /** A page takes orders from the console's origin alone, which it is not framed by here. */
  @Test
  void aPageTakesNoOrdersFromOthers() {
    LocalGateway gateway = GATEWAYS.get(ApiType.HTTP_V2);
    Gateways.Log log = LOGS.get(ApiType.HTTP_V2);
    for (String origin : List.of(gateway.pageOrigins().get(0), gateway.pageOrigins().get(1))) {
      browser.get(origin + "/");
      log.exchanges.clear();
      opened = null;
      Object responses =
          browser.executeAsyncScript(
              """
              const done = arguments[arguments.length - 1];
              let sent = 0;
              addEventListener('message', event => { sent += event.data.type === 'sent'; });
              setTimeout(() => postMessage({type: 'send', id: 1, url: arguments[0] + '/items', init: {}}, '*'), 200);
              setTimeout(() => done(sent), 1000);
              """,
              gateway.apiOrigin());
      assertThat(responses).isEqualTo(0L);
      assertThat(log.exchanges).isEmpty();
    }
  }

  private static Played play(LocalGateway gateway, String preset, int page) {
    if (opened != gateway) {
      open(gateway);
    }
    return console.play(preset, gateway.pageOrigins().get(page));
  }

  private static void open(LocalGateway gateway) {
    console.open(gateway.consoleUrl());
    opened = gateway;
  }
}
