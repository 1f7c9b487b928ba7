package dev.corsage.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsage.cli.serve.ServeAdvice;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.template.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The console of {@code serve}: what its users do, and that everybody can. */
@Tag("once")
@Timeout(300)
class ConsoleTest {
  private static final List<String> TABS = List.of("live", "why", "policy", "play", "routes");
  private static final String POLICY =
      """
      {
        "origins": ["https://app.example.com"],
        "methods": ["PUT"],
        "requestHeaders": ["content-type", "x-demo"]
      }
      """;

  @TempDir static Path folder;

  private static HttpServer backend;
  private static Path policy;
  private static LocalGateway ofBackend;
  private static LocalGateway demo;
  private static LocalGateway ofTemplate;
  private static ChromeDriver browser;
  private static ConsolePage console;

  @BeforeAll
  static void start() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(Executors.newFixedThreadPool(4));
    backend.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"flower\":\"rose\"}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Set-Cookie", "id=petal-4711");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    backend.start();
    policy = folder.resolve("policy.json");
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            """
            Resources:
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: prod
                  Auth: {DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: false}
                  Cors: {AllowOrigin: "'https://app.example.com'", AllowMethods: "'GET'"}
              Orders:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: com.example.Orders
                  Runtime: java17
                  CodeUri: s3://flowers/orders.zip
                  Events:
                    List: {Type: Api, Properties: {Path: /orders, Method: get, RestApiId: !Ref Api}}
            """);
    demo = start(LocalGateway.builder(Repository.installation()));
    ofTemplate =
        start(
            LocalGateway.builder(Repository.installation())
                .template(Template.read(template, Map.of())));
    browser = Chromium.start();
    console = new ConsolePage(browser);
  }

  private static LocalGateway start(LocalGateway.Builder builder) throws Exception {
    return builder.log(new Gateways.Log()).advice(new ServeAdvice()).start();
  }

  private static LocalGateway.Builder withBackend() throws Exception {
    return LocalGateway.builder(Repository.installation())
        .backend(URI.create("http://127.0.0.1:" + backend.getAddress().getPort()));
  }

  /** A gateway of its own for each test: what was recorded, and the policy, belong to one. */
  @BeforeEach
  void startBackend() throws Exception {
    if (ofBackend != null) {
      ofBackend.close();
    }
    Files.writeString(policy, POLICY);
    ofBackend = start(withBackend().variables(Map.of("CORS_POLICY_FILE", policy.toString())));
    size(1280, 900);
    scheme("light");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    Stream.of(ofBackend, demo, ofTemplate).forEach(LocalGateway::close);
    backend.stop(0);
  }

  private static void size(int width, int height) {
    browser.manage().window().setSize(new Dimension(width, height));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static void scheme(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private static void picture(String name) throws Exception {
    Pictures.write("console-" + name, browser.getScreenshotAs(OutputType.BYTES));
  }

  private static List<WebElement> rows() {
    return browser.findElements(By.cssSelector("#live-rows [data-id]"));
  }

  private static String page() {
    return ofBackend.pageOrigins().get(0);
  }

  private static String widened() {
    return POLICY.replace("[\"https://app", "[\"" + page() + "\", \"https://app");
  }

  /**
   * What a new user does: sees the refused call, finds out why, changes the policy, tries again.
   */
  @Test
  void fromARefusedCallToAPolicyThatAllowsIt() throws Exception {
    console.open(ofBackend.consoleUrl());
    assertThat(console.find("#live-empty").isDisplayed()).isTrue();
    ConsolePage.Played refused = console.play("put", page());
    assertThat(refused.outcome()).isEqualTo("blocked");

    console.tab("live");
    console.until(() -> rows().size() == 1);
    assertThat(rows().get(0).getText()).contains("preflight only", "PUT", page(), "refused", "403");
    rows().get(0).click();
    console.until(() -> !browser.findElements(By.cssSelector("#why .consoles")).isEmpty());
    assertThat(console.text("#why"))
        .contains(
            "The browser refused the page at the preflight, and never sent the PUT.",
            "Remedy: Add \"" + page() + "\" to \"origins\"",
            "Chromium prints",
            "Firefox prints",
            "Safari prints",
            "CORS check, step 2");
    assertThat(console.text("#why mark")).isEqualTo("Origin: " + page());
    picture("why");

    console.find("#why .remedy a").click();
    console.until(() -> console.find("#policy").isDisplayed());
    console.write(widened());
    assertThat(console.press("compare")).contains("Of 1 recorded calls, 1 would be decided");
    assertThat(console.press("try")).contains(page() + " is allowed");
    assertThat(policy).hasContent(POLICY);

    ConsolePage.Played read = console.play("put", page());
    assertThat(read.outcome()).isEqualTo("read");
    assertThat(read.preflight()).isEqualTo("allowed");
    assertThat(read.body()).contains("rose");
  }

  /**
   * The same with a page of one's own and without a policy, as in "From a refused call to a passing
   * one" of {@code docs/console.md}.
   */
  @Test
  void fromARefusedCallOfOnesOwnPageToAPassingOne() throws Exception {
    size(960, 640);
    HttpServer site = site();
    String page = "http://localhost:" + site.getAddress().getPort();
    try (LocalGateway gateway = start(withBackend())) {
      browser.get(page + "/#" + gateway.apiOrigin());
      console.until(() -> console.text("#result").contains("Failed to fetch"));
      picture("own-page-refused");

      console.open(gateway.consoleUrl());
      console.until(() -> rows().size() == 1);
      assertThat(rows().get(0).getText()).contains("preflight only", "PUT", page, "refused");
      rows().get(0).click();
      console.until(() -> !browser.findElements(By.cssSelector("#why .consoles")).isEmpty());
      assertThat(console.text("#why .remedy"))
          .contains("Add \"PUT\" to \"methods\". Add \"content-type\" to \"requestHeaders\".");
      picture("own-page-why");

      console.find("#why .remedy a").click();
      console.until(() -> console.find("#policy").isDisplayed());
      assertThat(console.text("#policy .muted")).startsWith("It comes from serve: none was given.");
      String document = console.find("#policy-text").getDomProperty("value");
      console.write(
          document.replaceFirst(
              "\\{", "{\n  \"methods\": [\"PUT\"],\n  \"requestHeaders\": [\"content-type\"],"));
      assertThat(console.press("try")).contains("In force.");
      picture("own-page-policy");

      browser.get("about:blank");
      browser.get(page + "/#" + gateway.apiOrigin());
      console.until(() -> console.text("#result").contains("rose"));
      picture("own-page-passed");
    } finally {
      site.stop(0);
    }
  }

  /** A page as users have them: it calls the API that its fragment names. */
  private static HttpServer site() throws Exception {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = Repository.resource("browsers/flowers.html").getBytes(UTF_8);
    site.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    site.start();
    return site;
  }

  @Test
  void savesThePolicyOnlyWhenAskedTo() throws Exception {
    console.open(ofBackend.consoleUrl());
    console.write(widened());
    assertThat(policy).hasContent(POLICY);
    assertThat(console.press("save")).contains("Written to " + policy);
    assertThat(policy).hasContent(widened());
  }

  @Test
  void lintFindsWhileOneTypes() throws Exception {
    console.open(ofBackend.consoleUrl());
    console.write(POLICY.replace("https://app.example.com", "https://app.example.com/"));

    assertThat(console.text("#policy-findings")).contains("Line 2", "error", "ORIGIN_PATH");
    assertThat(console.text(".gutter .error")).endsWith(" 2");
    assertThat(console.find("#policy-try").isEnabled()).isFalse();
    picture("policy");

    console.write("{");
    assertThat(console.text("#policy-findings")).contains("DOCUMENT_SYNTAX");
  }

  @Test
  void completesKeysByTheSchema() {
    console.open(ofBackend.consoleUrl());
    console.write("{}");
    WebElement text = console.find("#policy-text");
    text.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, "\"cred");
    console.until(() -> console.find("#policy-options").isDisplayed());
    text.sendKeys(Keys.ENTER, "t");
    text.sendKeys(Keys.chord(Keys.CONTROL, Keys.SPACE));
    console.until(() -> console.find("#policy-options").isDisplayed());
    text.sendKeys(Keys.TAB, ", ");
    text.sendKeys(Keys.chord(Keys.CONTROL, Keys.SPACE));
    console.until(() -> console.find("#policy-options").isDisplayed());

    assertThat(text.getDomProperty("value")).isEqualTo("{\"credentials\": true, }");
    assertThat(console.text("#policy-options")).contains("origins").doesNotContain("credentials");
    text.sendKeys(Keys.ESCAPE);
    assertThat(console.find("#policy-options").isDisplayed()).isFalse();
  }

  /** The packaged functions take another policy too, in new processes. */
  @Test
  void anotherPolicyReachesTheFunctions() {
    console.open(demo.consoleUrl());
    String page = demo.pageOrigins().get(0);
    assertThat(console.play("method", page).text()).contains("Refused, as this preset shows");
    console.tab("policy");
    String document = console.find("#policy-text").getDomProperty("value");
    console.write(document.replace("\"PUT\"", "\"PUT\", \"DELETE\""));
    assertThat(console.press("try")).contains("In force.");
    try {
      ConsolePage.Played played = console.play("method", page);
      assertThat(played.outcome()).isEqualTo("read");
      assertThat(played.status()).isEqualTo("404");
    } finally {
      console.write(document);
      console.press("try");
    }
    assertThat(console.play("method", page).outcome()).isEqualTo("blocked");
  }

  @Test
  void withoutTheTokenNothingCanBeChanged() {
    console.open(ofBackend.consoleUrl().replaceFirst("#.*", ""));
    browser.executeScript("sessionStorage.clear()");
    console.open(ofBackend.consoleUrl().replaceFirst("#.*", ""));
    console.tab("policy");

    assertThat(console.text("#policy .problem")).contains("the address that serve printed");
    assertThat(console.find("#policy-try").isEnabled()).isFalse();
  }

  @Test
  void secretsAreShownOnPurposeAlone() throws Exception {
    Gateways.send(
        Gateways.request(ofBackend, "/orders?access_token=stem-4711")
            .header("Origin", "https://app.example.com")
            .header("Cookie", "session=leaf-4711")
            .header("Authorization", "Bearer thorn-4711"));
    console.open(ofBackend.consoleUrl());
    console.until(() -> rows().size() == 1);
    rows().get(0).click();
    console.until(() -> console.text("#why").contains("Show secrets"));
    assertThat(browser.getPageSource()).doesNotContain("4711");

    console.find("#why [aria-pressed]").click();
    console.until(() -> console.text("#why").contains("Hide secrets"));
    assertThat(console.text("#why")).contains("leaf-4711", "thorn-4711", "stem-4711", "petal-4711");
  }

  @Test
  void thousandsOfCallsStayFast() throws Exception {
    console.open(ofBackend.consoleUrl());
    for (int i = 0; i < 2_000; i++) {
      Gateways.send(
          Gateways.request(ofBackend, "/nobody/" + i)
              .method("OPTIONS", BodyPublishers.noBody())
              .header("Origin", "https://evil.example")
              .header("Access-Control-Request-Method", "PUT"));
    }
    console.until(() -> console.text("#live-count").equals("2000 calls"));
    assertThat(rows().size()).isBetween(10, 60);
    assertThat(rows().get(0).getText()).contains("/nobody/1999");
    Object millis =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const list = document.getElementById('live-rows');
            const begin = performance.now();
            let frames = 0;
            const scroll = () => {
              list.scrollTop = frames * list.scrollHeight / 50;
              if (++frames <= 50) {
                requestAnimationFrame(scroll);
              } else {
                done((performance.now() - begin) / frames);
              }
            };
            scroll();
            """);
    // Below 20 on a machine with nothing else to do; builds share theirs.
    assertThat(((Number) millis).doubleValue()).as("milliseconds a frame").isLessThan(500);
    assertThat(browser.findElement(By.cssSelector("#live-rows")).getText()).contains("/nobody/0");

    console.find("#live-text").sendKeys("nobody/1234");
    console.until(() -> console.text("#live-count").equals("1 of 2000 calls"));
  }

  @Test
  void aPausedListWaits() throws Exception {
    console.open(ofBackend.consoleUrl());
    console.find("#live-pause").click();
    Gateways.send(Gateways.request(ofBackend, "/a"));
    console.until(() -> console.text("#live-count").contains("1 changes wait"));
    assertThat(rows()).isEmpty();
    console.find("#live-pause").click();
    console.until(() -> rows().size() == 1);
    console.find("#live-clear").click();
    console.until(() -> console.find("#live-empty").isDisplayed());
  }

  @Test
  void theKeyboardIsEnough() throws Exception {
    for (String path : List.of("/a", "/b", "/c")) {
      Gateways.send(Gateways.request(ofBackend, path).header("Origin", "https://evil.example"));
    }
    console.open(ofBackend.consoleUrl());
    console.until(() -> rows().size() == 3);
    rows().get(0).sendKeys(Keys.ARROW_DOWN);
    WebElement second = browser.switchTo().activeElement();
    assertThat(second.getText()).contains("/b");
    second.sendKeys(Keys.ENTER);
    console.until(() -> console.text("#why").contains("evil.example asks for GET"));
    browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    console.until(() -> console.find("#live").isDisplayed());
    assertThat(browser.switchTo().activeElement().getText()).contains("/b");

    console.find("#tab-live").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("tab-policy");
    console.until(() -> console.find("#policy").isDisplayed());
  }

  /**
   * What comes of a call by each kind of request, from the page that the demo allows and from the
   * other one. Its responses are JSON, which is no image.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "fetch, simple, read, none, blocked, none",
    "xhr-upload, simple, read, none, blocked, none",
    "xhr-upload, put, read, allowed, blocked, refused",
    "beacon, put, sent, allowed, blocked, refused",
    "no-cors, simple, sent, none, sent, none",
    "img, simple, unusable, none, blocked, none",
    "font, simple, unusable, none, blocked, none",
    "module, simple, unusable, none, blocked, none",
    "eventsource, simple, unusable, none, blocked, none",
  })
  void playsEveryKindOfRequest(
      String kind,
      String preset,
      String allowed,
      String itsPreflight,
      String refused,
      String otherPreflight) {
    console.open(demo.consoleUrl());
    ConsolePage.Played one = console.playAs(kind, preset, demo.pageOrigins().get(0));
    ConsolePage.Played other = console.playAs(kind, preset, demo.pageOrigins().get(1));

    assertThat(List.of(one.outcome(), one.preflight())).containsExactly(allowed, itsPreflight);
    assertThat(List.of(other.outcome(), other.preflight()))
        .containsExactly(refused, otherPreflight);
  }

  @Test
  void aTemplateIsAPicture() throws Exception {
    console.open(ofTemplate.consoleUrl());
    console.tab("routes");

    assertThat(console.text("#routes"))
        .contains("REST API", "GET /orders", "AWS_IAM", "Orders", "the preflight ends here");
    picture("routes");
    console.tab("policy");
    assertThat(console.text("#policy"))
        .contains("Each function of the template has a policy in its own environment.");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void everybodyCanUseIt(int width, String scheme) throws Exception {
    size(width, 844);
    scheme(scheme);
    SoftAssertions all = new SoftAssertions();
    for (LocalGateway gateway : List.of(demo, ofTemplate, ofBackend)) {
      console.open(gateway.consoleUrl());
      accessible(all, "empty", width, scheme);
      console.tab("play");
      console.play(gateway == ofTemplate ? "simple" : "put", gateway.pageOrigins().get(1));
      console.find("#play-result summary").click();
      console.tab("live");
      console.until(() -> !rows().isEmpty());
      accessible(all, "live", width, scheme);
      for (String tab : TABS.subList(1, TABS.size())) {
        console.tab(tab);
        if (tab.equals("why")) {
          console.until(() -> !browser.findElements(By.cssSelector("#why .steps")).isEmpty());
        }
        accessible(all, tab, width, scheme);
        if (gateway == demo && tab.equals("play") && width == 1280 && scheme.equals("light")) {
          picture("play");
        }
      }
    }
    all.assertAll();
  }

  private static void accessible(SoftAssertions all, String tab, int width, String scheme)
      throws Exception {
    all.assertThat(Axe.violations(browser)).as(tab + " " + width + " " + scheme).isEmpty();
    Object overflow =
        browser.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    all.assertThat(overflow).as("overflow of " + tab + " at " + width).isEqualTo(0L);
    Object small =
        browser.executeScript(
            """
            return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
              .filter(one => one.checkVisibility())
              .map(one => [one.getBoundingClientRect(), one])
              .filter(([box]) => box.width && (box.height < 24 || box.width < 24))
              .map(([box, one]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`);
            """);
    all.assertThat((List<?>) small).as("targets of " + tab + " at " + width).isEmpty();
  }

  @Test
  void aPictureOfTheList() throws Exception {
    console.open(demo.consoleUrl());
    for (String preset : List.of("simple", "put", "credentials", "error", "method")) {
      console.play(preset, demo.pageOrigins().get(0));
    }
    console.play("put", demo.pageOrigins().get(1));
    console.tab("live");
    console.until(() -> rows().size() >= 6);
    picture("live");
  }
}
