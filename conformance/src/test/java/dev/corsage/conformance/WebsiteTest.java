package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The website of {@code deploy/} in a real browser, on origins of its own, before the functions
 * that the templates deploy, with the variables that the templates set.
 */
class WebsiteTest {
  private static HttpServer website;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    website = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    website.createContext("/", WebsiteTest::response);
    website.start();
    browser = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    website.stop(0);
  }

  private static void response(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().equals("/") ? "index.html" : "page.js";
    Path file = Repository.root().resolve("deploy/website").resolve(name);
    exchange
        .getResponseHeaders()
        .set("Content-Type", name.endsWith(".js") ? "text/javascript" : "text/html");
    byte[] content = Files.readAllBytes(file);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_V1", "HTTP_V2", "REST", "FUNCTION_URL"})
  void thePageOfTheAllowedOriginReadsEverything(ApiType type) throws Exception {
    String allowed = "http://localhost:" + website.getAddress().getPort();
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .type(type)
            .variables(
                Map.of(
                    "ALLOWED_ORIGINS", allowed,
                    "ALLOWED_METHODS", "PUT, DELETE",
                    "ALLOWED_HEADERS", "authorization, content-type",
                    "EXPOSED_HEADERS", "x-total-count",
                    "ALLOW_CREDENTIALS", "true",
                    "MAX_AGE", "7200",
                    // As the templates write what is not set.
                    "REFUSED_ORIGIN", ""))
            .log(new Gateways.Log())
            .start()) {
      List<String> seen = open(allowed, gateway);
      assertThat(seen.get(0)).startsWith("200").contains("rose");
      assertThat(seen.get(1)).startsWith("200").contains("saved");
      assertThat(seen.get(2)).startsWith("200").contains("visits");
      assertThat(seen.get(3)).startsWith("200").endsWith("x-total-count: 42");
      assertThat(seen.get(4)).startsWith("500");
      // The same page on another origin.
      assertThat(open(allowed.replace("localhost", "127.0.0.1"), gateway))
          .hasSize(5)
          .allMatch(result -> result.startsWith("TypeError"));
    }
  }

  private static List<String> open(String origin, LocalGateway gateway) {
    browser.get(origin + "/?api=" + gateway.apiOrigin());
    new WebDriverWait(browser, Duration.ofSeconds(30))
        .until(page -> page.findElement(By.id("status")).getText().startsWith("Done"));
    return browser.findElements(By.cssSelector("#results td:last-child")).stream()
        .map(WebElement::getText)
        .toList();
  }
}
