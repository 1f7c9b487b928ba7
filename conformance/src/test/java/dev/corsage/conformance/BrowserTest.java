package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The main job, end to end: the page of {@code serve} in a real browser, through the local API
 * Gateway and the packaged functions. What counts is what JavaScript saw, not what headers were
 * sent.
 */
class BrowserTest {
  private static final Map<ApiType, LocalGateway> GATEWAYS = new EnumMap<>(ApiType.class);
  private static final Map<ApiType, Gateways.Log> LOGS = new EnumMap<>(ApiType.class);
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    for (ApiType type : ApiType.values()) {
      Gateways.Log log = new Gateways.Log();
      LOGS.put(type, log);
      GATEWAYS.put(
          type, LocalGateway.builder(Repository.installation()).type(type).log(log).start());
    }
    browser = Chromium.start();
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
    {"method", "blocked", null, "refused", ""},
    {"header", "blocked", null, "refused", ""},
  };

  private static final Object[][] ON_THE_OTHER_ORIGIN = {
    {"simple", "blocked", null, "none", ""},
    {"put", "blocked", null, "refused", ""},
    {"credentials", "blocked", null, "none", ""},
    {"exposed", "blocked", null, "none", ""},
    {"error", "blocked", null, "none", ""},
    {"method", "blocked", null, "refused", ""},
    {"header", "blocked", null, "refused", ""},
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
      String body)
      throws Exception {
    open(GATEWAYS.get(type), page);
    WebElement article = run(call);
    assertThat(article.getDomAttribute("data-outcome")).isEqualTo(outcome);
    assertThat(article.getDomAttribute("data-status")).isEqualTo(status);
    assertThat(article.getDomAttribute("data-preflight")).isEqualTo(preflight);
    assertThat(text(article, "js-body")).contains(body);
    assertThat(text(article, "js-error").isEmpty()).isEqualTo(outcome.equals("read"));
    assertThat(text(article, "js-why")).endsWith(".");
  }

  @Test
  void onlyExposedHeadersAreReadable() throws Exception {
    open(GATEWAYS.get(ApiType.HTTP_V2), 0);
    assertThat(text(run("exposed"), "js-exposed").lines())
        .containsExactly("x-total-count: 42", "x-internal-node: null");
  }

  @Test
  void cookiesGoBothWays() throws Exception {
    open(GATEWAYS.get(ApiType.HTTP_V2), 0);
    String first = text(run("credentials"), "js-body");
    String second = text(run("credentials"), "js-body");
    assertThat(visits(second)).isEqualTo(visits(first) + 1);
  }

  private static int visits(String body) {
    return Integer.parseInt(body.replaceAll("\\D", ""));
  }

  @Test
  void aRefusedPreflightKeepsTheRequestFromTheApi() throws Exception {
    open(GATEWAYS.get(ApiType.HTTP_V2), 1);
    Gateways.Log log = LOGS.get(ApiType.HTTP_V2);
    log.exchanges.clear();
    run("put");
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
            .start()) {
      open(gateway, 0);
      assertThat(run("put").getDomAttribute("data-preflight")).isEqualTo("allowed");
      assertThat(press("put", "[data-again]").getDomAttribute("data-preflight"))
          .isEqualTo("cached");
    }
  }

  @Test
  void allAtOnceAndAPicture() throws Exception {
    open(GATEWAYS.get(ApiType.HTTP_V2), 0);
    browser.findElement(By.cssSelector("[data-run-all]")).click();
    for (Object[] row : ON_THE_ALLOWED_ORIGIN) {
      assertThat(awaitDone((String) row[0]).getDomAttribute("data-outcome")).isEqualTo(row[1]);
    }
    browser.executeScript("arguments[0].scrollIntoView()", awaitDone("put"));
    Path picture = Path.of("target", "serve.png");
    Files.write(picture, browser.getScreenshotAs(OutputType.BYTES));
    assertThat(picture).isNotEmptyFile();
  }

  private static void open(LocalGateway gateway, int page) {
    browser.get(gateway.pageOrigins().get(page) + "/");
    until(
        () -> "true".equals(browser.findElement(By.tagName("html")).getDomAttribute("data-ready")));
  }

  private static WebElement run(String call) {
    return press(call, "[data-run]");
  }

  private static WebElement press(String call, String button) {
    browser.findElement(By.cssSelector("[data-call='" + call + "'] " + button)).click();
    return awaitDone(call);
  }

  private static WebElement awaitDone(String call) {
    By article = By.cssSelector("[data-call='" + call + "']");
    until(() -> "done".equals(browser.findElement(article).getDomAttribute("data-state")));
    return browser.findElement(article);
  }

  private static void until(BooleanSupplier condition) {
    new WebDriverWait(browser, Duration.ofSeconds(20)).until(driver -> condition.getAsBoolean());
  }

  private static String text(WebElement article, String name) {
    return article.findElement(By.className(name)).getDomProperty("textContent").strip();
  }
}
