package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Verdict;
import dev.corsage.cli.explain.ExplainedResponse;
import dev.corsage.conformance.VerdictTable.PolicyRow;
import dev.corsage.conformance.VerdictTable.ResponseRow;
import dev.corsage.conformance.function.RespondingFunction;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiHandler;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Judgement;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One table of requests and responses, with the same verdicts by {@code explain}, {@code serve} and
 * {@code serve --template}.
 */
@Tag("once")
@Timeout(300)
class VerdictTableTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static VerdictTable table;
  private static HttpServer backend;

  @BeforeAll
  static void start() throws IOException {
    table = VerdictTable.read();
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext("/", VerdictTableTest::respond);
    backend.start();
  }

  @AfterAll
  static void stop() {
    backend.stop(0);
  }

  static List<String> policies() throws IOException {
    return List.copyOf(VerdictTable.read().policies().keySet());
  }

  private static URI backendUrl() {
    return URI.create("http://127.0.0.1:" + backend.getAddress().getPort());
  }

  /** The backend responds with what its path says, as the function does; else with 200. */
  private static void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().substring(1);
      long status = 200;
      if (!path.isEmpty()) {
        byte[] json = Base64.getUrlDecoder().decode(path);
        Map<String, Object> response = Json.object(new String(json, StandardCharsets.UTF_8));
        status = (Long) response.get("statusCode");
        ((Map<?, ?>) response.get("multiValueHeaders"))
            .forEach(
                (name, lines) ->
                    ((List<?>) lines)
                        .forEach(
                            line ->
                                exchange.getResponseHeaders().add((String) name, (String) line)));
      }
      exchange.sendResponseHeaders((int) status, -1);
    }
  }

  @Test
  void theTableIsLongEnough() {
    assertThat(table.responses()).hasSizeGreaterThan(50);
    assertThat(table.policyRows()).hasSizeGreaterThan(20);
    assertThat(table.responses().stream().map(ResponseRow::key)).contains("bad-acam", "bad-acah");
  }

  /** Returns the key of the verdict in a record, for the credentials mode of the page. */
  private static String key(Judgement judgement, boolean isPreflight, boolean credentials) {
    // A cookie shows the mode; no preflight and nothing else does.
    assertThat(judgement.omit() == null).isEqualTo(credentials && !isPreflight);
    Verdict verdict = credentials ? judgement.include() : judgement.omit();
    return verdict.outcome().key();
  }

  /** Sends what a browser sends, and returns the key of the verdict that is recorded. */
  private static String send(
      PageRequest page, boolean isPreflight, String url, List<Exchange> exchanges)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.replace("localhost", "127.0.0.1")))
            .method(isPreflight ? "OPTIONS" : page.method(), BodyPublishers.noBody());
    Map<String, List<String>> headers =
        isPreflight ? page.preflight().headers() : page.actualHeaders();
    headers.forEach((name, lines) -> lines.forEach(line -> request.header(name, line)));
    if (page.credentials() && !isPreflight) {
      request.header("Cookie", "session=1");
    }
    CLIENT.send(request.build(), BodyHandlers.discarding());
    Exchange recorded = exchanges.get(exchanges.size() - 1);
    return key(recorded.judgement(), isPreflight, page.credentials());
  }

  @Test
  void explainJudgesResponses() {
    for (ResponseRow row : table.responses()) {
      assertThat(ExplainedResponse.key(row.page(), row.isPreflight(), row.response()))
          .as(row.text())
          .isEqualTo(row.key());
    }
  }

  /** An API made by hand, with a backend that no policy stands before. */
  @Test
  void serveJudgesTheResponsesOfABackend() throws Exception {
    Target target = new Target.Backend(backendUrl(), null);
    Route route = new Route("ANY", RouteTable.DEFAULT, target, ApiType.HTTP_V2);
    Api api =
        new Api(
            "Api",
            Api.Kind.HTTP,
            Api.DEFAULT_STAGE,
            null,
            new RouteTable(List.of(route), false),
            List.of(),
            Location.NONE);
    List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    Server server = Loopback.server(0, Duration.ofSeconds(30));
    Loopback.start(
        server,
        Guard.ofNames(List.of(), refused -> {}),
        new ApiHandler(api, Map.of(), Duration.ofSeconds(29), exchanges::add));
    try {
      String origin = "http://127.0.0.1:" + Loopback.port(server);
      for (ResponseRow row : table.responses()) {
        assertThat(send(row.page(), row.isPreflight(), origin + row.path(), exchanges))
            .as(row.text())
            .isEqualTo(row.key());
      }
    } finally {
      Loopback.stop(server);
    }
  }

  @Test
  void serveTemplateJudgesTheResponsesOfAFunction() throws Exception {
    Path archive = Archives.of(folder, RespondingFunction.class, JsonFactory.class);
    Template template =
        template(
            """
            Resources:
              Responding:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: %s
                  Handler: %s
                  Runtime: java17
                  Events: {All: {Type: HttpApi, Properties: {PayloadFormatVersion: "1.0"}}}
            """
                .formatted(archive.getFileName(), RespondingFunction.class.getName()));
    Gateways.Log log = new Gateways.Log();
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation()).template(template).log(log).start()) {
      for (ResponseRow row : table.responses()) {
        String url = gateway.apiOrigin() + row.path();
        assertThat(send(row.page(), row.isPreflight(), url, log.exchanges))
            .as(row.text())
            .isEqualTo(row.key());
      }
    }
  }

  private static Template template(String text) throws Exception {
    return Template.read(Files.writeString(folder.resolve("template.yaml"), text), Map.of());
  }

  private static List<PolicyRow> rows(String policy) {
    return table.policyRows().stream().filter(row -> row.policy().equals(policy)).toList();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void explainJudgesTheResponsesOfAPolicy(String policy) throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, table.policies().get(policy));
    for (PolicyRow row : rows(policy)) {
      PageRequest page = row.page();
      List<String> arguments =
          new ArrayList<>(List.of("explain", "--json", "--policy", file.toString()));
      arguments.addAll(List.of("--origin", page.origin(), "--method", page.method()));
      page.headers()
          .forEach(
              header ->
                  arguments.addAll(List.of("--header", header.name() + ": " + header.value())));
      if (page.credentials()) {
        arguments.add("--credentials");
      }
      Command explain = Command.corsage(Map.of(), "", arguments.toArray(String[]::new));
      Map<String, Object> explanation = Json.object(explain.out());

      assertThat(explainedKey(explanation, "preflight"))
          .as(row.text())
          .isEqualTo(row.preflightKey());
      assertThat(explainedKey(explanation, "request")).as(row.text()).isEqualTo(row.requestKey());
    }
  }

  private static Object explainedKey(Map<String, Object> explanation, String exchange) {
    Map<?, ?> explained = (Map<?, ?>) explanation.get(exchange);
    return explained == null ? null : ((Map<?, ?>) explained.get("browser")).get("key");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void serveJudgesTheResponsesOfAPolicy(String policy) throws Exception {
    Gateways.Log log = new Gateways.Log();
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .variables(Map.of("CORS_POLICY", table.policies().get(policy)))
            .backend(backendUrl())
            .log(log)
            .start()) {
      assertVerdicts(policy, gateway.apiOrigin(), log);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void serveTemplateJudgesTheResponsesOfAPolicy(String policy) throws Exception {
    Template template =
        template(
            """
            Globals: {Function: {Environment: {Variables: {CORS_POLICY: '%s'}}}}
            Resources:
              Preflight:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: dev.corsage.lambda.PreflightHandler
                  Events: {Root: {Type: HttpApi, Properties: {Method: OPTIONS, Path: /}}}
              Orders:
                Type: AWS::Serverless::Function
                Metadata: {Corsage: wrapped}
                Properties:
                  Handler: com.example.Orders
                  Events: {All: {Type: HttpApi}}
            """
                .formatted(table.policies().get(policy)));
    Gateways.Log log = new Gateways.Log();
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation()).template(template).log(log).start()) {
      assertThat(gateway.notes()).isEmpty();
      assertVerdicts(policy, gateway.apiOrigin(), log);
    }
  }

  private static void assertVerdicts(String policy, String apiOrigin, Gateways.Log log)
      throws Exception {
    for (PolicyRow row : rows(policy)) {
      PageRequest page = row.page();
      String url = apiOrigin + "/";
      assertThat(page.needsPreflight()).isEqualTo(row.preflightKey() != null);
      if (page.needsPreflight()) {
        assertThat(send(page, true, url, log.exchanges))
            .as(row.text())
            .isEqualTo(row.preflightKey());
      }
      if (row.requestKey() != null) {
        assertThat(send(page, false, url, log.exchanges))
            .as(row.text())
            .isEqualTo(row.requestKey());
      }
    }
  }
}
