package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code probe}, on an API that has one route and no OPTIONS. */
class ProbeCommandTest {
  private static final String PAGE = "https://app.example.com";

  @TempDir private Path folder;
  private HttpServer server;
  private boolean hasOptions;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean options = exchange.getRequestMethod().equals("OPTIONS");
          boolean page = PAGE.equals(exchange.getRequestHeaders().getFirst("Origin"));
          var headers = exchange.getResponseHeaders();
          byte[] body = new byte[0];
          headers.add("x-amz-apigw-id", "AbC=");
          if (options && !hasOptions) {
            headers.add("x-amzn-errortype", "MissingAuthenticationTokenException");
            body =
                "{\"message\":\"Missing Authentication Token\"}"
                    .getBytes(StandardCharsets.US_ASCII);
          } else {
            headers.add("Vary", "Origin");
            if (page) {
              headers.add("Access-Control-Allow-Origin", PAGE);
              headers.add("Access-Control-Allow-Methods", "PUT");
              headers.add("Access-Control-Max-Age", "60");
            }
          }
          exchange.sendResponseHeaders(
              options && !hasOptions ? 403 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private CommandRun probe(String... options) {
    List<String> arguments = new ArrayList<>(List.of("probe", url()));
    arguments.addAll(List.of("--resolve", "api.example.com:127.0.0.1"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private String url() {
    return "http://api.example.com:" + server.getAddress().getPort() + "/items?key=s3cret";
  }

  private String port() {
    return ":" + server.getAddress().getPort();
  }

  @Test
  void aNewcomerSeesWhatIsWrong() {
    CommandRun run = probe("--origin", PAGE, "--method", "PUT");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().replace(port(), "").lines())
        .startsWith(
            "PUT http://api.example.com/items, as a page of https://app.example.com",
            "  preflight OPTIONS /items (PUT)  403 HTTP/1.1 by API Gateway (REST API): refused,"
                + " preflight-no-acao",
            "  GET /items in place of PUT  200 HTTP/1.1 by the function: accepted",
            "The page cannot read the API.")
        .contains(
            "error    PREFLIGHT_NO_ROUTE  https://app.example.com",
            "         OPTIONS /items has no route: API Gateway (REST API) itself refused the"
                + " preflight with 403.",
            "1 error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/probe.md"})
  void theReportInTheDocumentsIsReal(String document) throws IOException {
    String text = Files.readString(Path.of("..").resolve(document));
    Matcher shown =
        Pattern.compile(
                "(?s)\\$ \\./corsage probe https://api\\.example\\.com/items ([^\\n]*)\\n(.*?)```")
            .matcher(text);
    assertThat(shown.find()).isTrue();

    CommandRun run = probe(shown.group(1).split(" ", -1));

    // Here without TLS, and so without HTTP/2.
    assertThat(
            run.out()
                .replace(port(), "")
                .replace("http://api", "https://api")
                .replace("HTTP/1.1", "HTTP/2.0"))
        .isEqualToNormalizingNewlines(shown.group(2));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void whatIsFineIsSaidToBe() {
    hasOptions = true;
    CommandRun run = probe("--origin", PAGE, "--method", "PUT");

    assertThat(run.out())
        .contains(
            "The page can read the API.",
            "It is cached: Chromium 60 s, Firefox 60 s, Safari 60 s.",
            "other origins can read the API.",
            "no problems");
    assertThat(run.status()).isZero();
  }

  /** Options, what is printed, and the exit status. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --as xhr-upload --send   | preflight OPTIONS /items (POST)  200             | 0
          --as xhr-upload --send   | POST http://api.example.com/items, as a page of https://app.example.com as xhr-upload | 0
          --as no-cors             | Chromium 156, Firefox ESR 153, WebKitGTK 2.50: sent; nothing can be read | 0
          --as stream --send       | Chromium 156: refused: stream-needs-http-2       | 1
          --as stream --send       | WebKitGTK 2.50: not sent: stream-unsupported     | 1
          --as eventsource         | refused: not-event-stream                        | 1
          --as same-origin         | not sent: same-origin-mode                       | 1
          --as no-cors --embedder-policy require-corp | refused: corp-missing | 1
          --sandboxed              | as a page of null                                | 1
          --credentials omit       | as a page of https://app.example.com without credentials | 0
          --redirect-mode manual   | WebKitGTK 2.50: readable                         | 0
          --method GET             | Chromium 156, Firefox ESR 153, WebKitGTK 2.50: readable | 0
          """)
  void judgesByTheKindOfRequest(String options, String printed, int status) {
    hasOptions = true;
    List<String> arguments = new ArrayList<>(List.of("--origin", PAGE));
    arguments.addAll(List.of(options.split(" ", -1)));
    CommandRun run = probe(arguments.toArray(String[]::new));

    assertThat(run.out().replace(port(), "")).contains(printed);
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void jsonHasFindingsAndExchanges() throws IOException {
    CommandRun run = probe("--origin", PAGE, "--method", "PUT", "--json");
    Map<String, Object> report = JsonValues.object(run.out());

    assertThat(report.get("url").toString().replace(port(), ""))
        .isEqualTo("http://api.example.com/items");
    assertThat(report).containsEntry("readable", false).containsKey("exchanges");
    assertThat(report.get("findings").toString())
        .contains(
            "code=PREFLIGHT_NO_ROUTE",
            "severity=error",
            "origin=https://app.example.com",
            "layer=api-gateway-rest");
    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void withoutAnOriginOnlyStrangersAreAskedAs() throws IOException {
    hasOptions = true;
    CommandRun run = probe("--json");

    assertThat(run.status()).isZero();
    assertThat(JsonValues.object(run.out()))
        .containsEntry("readable", null)
        .containsEntry("findings", List.of());
  }

  @Test
  void sarifHasARuleAndAResult() {
    CommandRun run = probe("--origin", PAGE, "--method", "PUT", "--sarif");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("\"ruleId\":\"PREFLIGHT_NO_ROUTE\"", "\"level\":\"error\"");
  }

  @Test
  void aPolicyIsComparedWith() throws IOException {
    hasOptions = true;
    Path policy =
        Files.writeString(
            folder.resolve("policy.json"),
            "{\"origins\": [\"" + PAGE + "\"], \"methods\": [\"PUT\"], \"maxAgeSeconds\": 7200}");

    CommandRun run =
        probe("--origin", PAGE, "--method", "PUT", "--policy", policy.toString(), "--json");

    assertThat(run.out())
        .contains("POLICY_DIFFERS", "the API sends Access-Control-Max-Age: 60.")
        .doesNotContain("PREFLIGHT_");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void noResponseHasAStatusOfItsOwn() {
    server.stop(0);
    CommandRun run = probe("--origin", PAGE);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).contains("The probe ended early.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--origin https://app.example.com/ | is not an origin: write scheme, host and port alone",
        "--method TRACE | No page can send the method TRACE",
        "--json --sarif | Only one of --json and --sarif can be given",
        "--resolve api.example.com | write HOST:ADDRESS",
        "--resolve api.example.com:localhost | write HOST:ADDRESS",
        "--timeout 0 | The timeout must be longer than 0",
        "--policy missing.json | there is no such file to read",
      })
  void whatCannotBeUsed(String options, String message) {
    CommandRun run = probe(options.split(" ", -1));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  /** Neither the query, nor a header, nor what is mistaken for one. */
  @Test
  void nothingSecretIsPrinted() {
    Stream.of(
            probe("--origin", PAGE, "--header", "Authorization: Bearer s3cret"),
            probe("--origin", PAGE, "--header", "Authorization: Bearer s3cret", "--json"),
            probe("--origin", PAGE, "--header", "Cookie: id=s3cret", "--credentials", "--sarif"),
            probe("--origin", PAGE, "--header", "Authorization Bearer s3cret"),
            CommandRun.of("probe", "https://user:s3cret@api.example.com/"))
        .forEach(run -> assertThat(run.out() + run.err()).isNotEmpty().doesNotContain("s3cret"));
  }
}
