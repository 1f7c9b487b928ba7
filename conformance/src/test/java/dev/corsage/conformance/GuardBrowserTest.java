package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.template.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * DNS rebinding in a real browser: a page whose name resolves to this machine is same-origin with
 * the servers of {@code serve}, and gets nothing from them.
 */
@Tag("once")
@Timeout(120)
class GuardBrowserTest {
  private static final Gateways.Log LOG = new Gateways.Log();
  private static final AtomicInteger BACKEND_REQUESTS = new AtomicInteger();
  private static final List<LocalGateway> GATEWAYS = new ArrayList<>();

  @TempDir static Path folder;

  private static HttpServer backend;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          BACKEND_REQUESTS.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    backend.start();
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            """
            Resources:
              Orders:
                Type: AWS::Serverless::Function
                Properties: {Handler: com.example.Orders, FunctionUrlConfig: {AuthType: NONE}}
            """);
    for (LocalGateway.Builder builder :
        List.of(
            Gateways.ofTestFunction(folder, LOG).timeout(Duration.ofSeconds(5)),
            LocalGateway.builder(Repository.installation())
                .backend(URI.create("http://127.0.0.1:" + backend.getAddress().getPort()))
                .hostNames(List.of("mapped.test")),
            LocalGateway.builder(Repository.installation())
                .template(Template.read(template, Map.of())))) {
      GATEWAYS.add(builder.log(LOG).start());
    }
    browser = Chromium.start("--host-resolver-rules=MAP *.test 127.0.0.1");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    GATEWAYS.forEach(LocalGateway::close);
    backend.stop(0);
  }

  @BeforeEach
  void forget() {
    LOG.exchanges.clear();
    LOG.refused.clear();
    BACKEND_REQUESTS.set(0);
  }

  private static int port(String origin) {
    return URI.create(origin).getPort();
  }

  static Stream<Integer> ports() {
    return GATEWAYS.stream()
        .flatMap(
            gateway ->
                Stream.of(
                        gateway.endpoints().stream().map(LocalGateway.Endpoint::origin),
                        gateway.pageOrigins().stream(),
                        Stream.of(gateway.consoleUrl().replaceFirst("/#.*", "")))
                    .flatMap(origins -> origins))
        .map(GuardBrowserTest::port);
  }

  private static String open(String url) {
    browser.get(url);
    return browser.findElement(By.tagName("body")).getText();
  }

  /** Runs JavaScript that calls {@code done} at its end; returns what it is called with. */
  private static Object run(String script, Object... arguments) {
    return browser.executeAsyncScript(
        "const done = arguments[arguments.length - 1];" + script, arguments);
  }

  /** Returns the status of requests that a page sends to its own origin. */
  private static Object statuses() {
    return run(
        """
        const requests = [];
        for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
          for (const path of ['/', '/event', '/setup.json', '/events']) {
            requests.push(fetch(path, {method, credentials: 'include'}).then(r => r.status));
          }
        }
        Promise.all(requests).then(all => done([...new Set(all)].join(' ')), failed => done('' + failed));
        """);
  }

  @ParameterizedTest
  @MethodSource("ports")
  void aPageWhoseNameIsReboundGetsNothing(int port) {
    assertThat(open("http://evil.test:" + port + "/event"))
        .startsWith("Host \"evil.test:" + port + "\" does not name this server.");
    assertThat(statuses()).isEqualTo("421");

    assertThat(LOG.exchanges).isEmpty();
    assertThat(LOG.refused).hasSizeGreaterThanOrEqualTo(17);
    assertThat(BACKEND_REQUESTS).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "app.localhost", "127.0.0.1", "mapped.test", "MAPPED.test"})
  void aPageOnANameOfThisMachineIsServed(String host) {
    int port = port(GATEWAYS.get(1).apiOrigin());
    open("http://" + host + ":" + port + "/");

    assertThat(LOG.refused).isEmpty();
    assertThat(BACKEND_REQUESTS).hasPositiveValue();
    assertThat(statuses()).asString().doesNotContain("421");
  }

  private static HttpResponse<byte[]> function(String path) throws Exception {
    return Gateways.send(Gateways.request(GATEWAYS.get(0), path));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Even one that knows the port, and one that knows the secret. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "evil.test"})
  void aPageGetsNothingFromTheRuntimeApi(String host) throws Exception {
    URI api = URI.create("http://" + text(function("/runtime-api")));
    open("http://evil.test:" + port(GATEWAYS.get(0).apiOrigin()) + "/");
    for (String secret : List.of("", api.getPath())) {
      String base = "http://" + host + ":" + api.getPort() + secret + "/2018-06-01/runtime/";
      assertThat(open(base + "invocation/next"))
          .isEqualTo("This is the Lambda Runtime API of one process, which has its address.");
      open("http://evil.test:" + port(GATEWAYS.get(0).apiOrigin()) + "/");
      Object outcome =
          run(
              """
              const base = arguments[0];
              const loaded = (element) => new Promise(ended => {
                element.onload = element.onerror = ended;
                element.src = base + 'invocation/next';
                document.body.append(element);
              });
              const sent = (method, path) => fetch(base + path, {method, mode: 'no-cors', body:
                  method === 'POST' ? '{"statusCode": 200, "body": "evil"}' : undefined});
              Promise.allSettled([
                loaded(document.createElement('img')),
                loaded(document.createElement('script')),
                loaded(document.createElement('iframe')),
                sent('GET', 'invocation/next'),
                sent('POST', 'invocation/1/response'),
                sent('POST', 'init/error'),
              ]).then(all => done(all.length));
              """,
              base);
      assertThat(outcome).isEqualTo(6L);

      HttpResponse<byte[]> next = function("/pid");
      assertThat(next.statusCode()).isEqualTo(200);
      assertThat(text(next)).matches("[0-9]+");
    }
  }

  @Test
  void theSecretOfTheRuntimeApiIsInTheEnvironmentAlone() throws Exception {
    String secret = text(function("/runtime-api")).replaceFirst(".*/", "");
    long pid = Long.parseLong(text(function("/pid")));
    LOG.lines.clear();
    function("/print-runtime-api");

    assertThat(secret).matches("[0-9a-f]{32}");
    assertThat(ProcessHandle.of(pid).orElseThrow().info().commandLine())
        .hasValueSatisfying(line -> assertThat(line).contains("java").doesNotContain(secret));
    assertThat(String.join("\n", LOG.lines))
        .containsPattern("AWS_LAMBDA_RUNTIME_API=127\\.0\\.0\\.1:[0-9]+/\\*\\*\\*")
        .doesNotContain(secret);
  }
}
