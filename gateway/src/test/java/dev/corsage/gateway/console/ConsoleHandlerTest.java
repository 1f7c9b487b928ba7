package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.ReplaceableDecider;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConsoleHandlerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String POLICY = "{\"origins\": [\"https://app.example\"]}";
  private static final String WIDER = POLICY.replace("]", ", \"https://b.example\"]");

  private static final ConsoleAdvice ADVICE =
      new ConsoleAdvice() {
        @Override
        public String explanation(Call call, CorsDecider policy, boolean credentials) {
          return "{\"credentials\":" + credentials + "}";
        }

        @Override
        public String problems(String document) {
          return "{\"problems\":[],\"length\":" + document.length() + "}";
        }
      };

  private final Server server = Loopback.server(0, Duration.ofSeconds(30));
  private final CallLog calls = new CallLog();
  private final List<String> restarted = new ArrayList<>();
  private String failure;

  @TempDir private Path folder;
  private Path file;
  private String origin;
  private String token;

  @BeforeEach
  void start() throws Exception {
    file = Files.writeString(folder.resolve("policy.json"), POLICY);
    Loopback.open(server);
    origin = Loopback.origin(server);
    ConsoleHandler handler = handler(Map.of("CORS_POLICY_FILE", file.toString()));
    token = handler.url().replaceFirst(".*#token=", "");
    Loopback.start(server, Guard.ofNames(List.of(), reason -> {}), handler);
  }

  private ConsoleHandler handler(Map<String, String> variables) throws Exception {
    Route route =
        new Route(
            "ANY",
            RouteTable.DEFAULT,
            new Target.Backend(URI.create("http://localhost:3000"), null),
            ApiType.HTTP_V2);
    Api api =
        new Api(
            "Api",
            Api.Kind.HTTP,
            Api.DEFAULT_STAGE,
            null,
            new RouteTable(List.of(route), false),
            List.of(),
            Location.NONE);
    ConsoleSetup setup =
        new ConsoleSetup(
            origin,
            "http://localhost:3000",
            List.of(new ConsoleSetup.ServedApi(api, "http://localhost:8080")),
            List.of("https://app.example", "https://b.example"),
            Map.of(),
            List.of(),
            false);
    LivePolicy policy =
        LivePolicy.of(
            new ReplaceableDecider(EnvironmentPolicy.read(variables)),
            variables,
            true,
            document -> {
              if (failure != null) {
                throw new GatewayException(failure);
              }
              restarted.add(document);
            });
    return new ConsoleHandler(setup, calls, policy, ADVICE);
  }

  @AfterEach
  void stop() throws Exception {
    calls.close();
    Loopback.stop(server);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin.replace("localhost", "127.0.0.1") + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String withToken) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    if (withToken != null) {
      request.header("X-Corsage-Token", withToken);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.css",
        "main.js",
        "dom.js",
        "server.js",
        "live.js",
        "why.js",
        "copies.js",
        "policy.js",
        "completion.js",
        "play.js",
        "presets.js",
        "routes.js",
        "policy.schema.json"
      })
  void servesItsFiles(String name) throws Exception {
    HttpResponse<String> response = get("/" + name);

    assertThat(response.statusCode()).isEqualTo(200);
    try (InputStream expected = ConsoleHandler.class.getResourceAsStream(name)) {
      assertThat(response.body()).isEqualTo(new String(expected.readAllBytes(), UTF_8));
    }
  }

  @Test
  void theSchemaIsThatOfTheDocumentation() throws Exception {
    assertThat(get("/policy.schema.json").body())
        .isEqualTo(Files.readString(Path.of("../docs/policy.schema.json")));
  }

  @Test
  void thePageIsOnItsOwnOriginAlone() throws Exception {
    HttpResponse<String> elsewhere = get("/");

    assertThat(elsewhere.statusCode()).isEqualTo(307);
    assertThat(elsewhere.headers().firstValue("Location")).hasValue(origin + "/");
  }

  @Test
  void noResponseIsForOtherPages() throws Exception {
    for (String path : List.of("/main.js", "/setup.json", "/calls/1", "/nothing")) {
      HttpRequest request = request(path).header("Origin", "https://evil.example").build();
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());

      assertThat(response.headers().map().keySet())
          .as(path)
          .noneMatch(name -> name.startsWith("access-control-"));
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Content-Security-Policy"))
          .hasValue(
              "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self'; "
                  + "style-src 'self'; img-src data:; connect-src 'self'; "
                  + "frame-src https://app.example https://b.example; frame-ancestors 'none'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/index.html",
        "/main.js/",
        "/MAIN.JS",
        "/sender.js",
        "/policy/try",
        "/package-info.class",
        "/%2e%2e/ConsoleHandler.class",
        "/calls/",
        "/calls/1",
        "/calls/a",
        "/calls/99999999999999999999"
      })
  void hasNothingElse(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void saysWhatRuns() throws Exception {
    assertThat(get("/setup.json").body())
        .contains(
            "\"console\":\"" + origin + "\"",
            "{\"origin\":\"https://app.example\",\"allowed\":true}",
            "{\"origin\":\"https://b.example\",\"allowed\":false}",
            "\"document\":\"{\\\"origins\\\": [\\\"https://app.example\\\"]}\"",
            "\"file\":\"" + file + "\"",
            "\"readOnly\":\"\"",
            "\"target\":\"http://localhost:3000\"")
        .doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource({
    "/policy/lint",
    "/policy/compare",
    "/policy/try",
    "/policy/save",
    "/calls/1",
    "/nothing"
  })
  void withoutTheTokenNothingIsDone(String path) throws Exception {
    calls.add(Calls.actual("GET", "/a", Calls.PAGE));
    for (String wrong : new String[] {null, "", "null", token.substring(1), token + "0"}) {
      HttpResponse<String> response = post(path, WIDER, wrong);

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("Open the console by the address that serve printed.");
    }
    assertThat(restarted).isEmpty();
    assertThat(file).hasContent(POLICY);
  }

  @Test
  void secretsAreShownToWhoeverHasTheToken() throws Exception {
    calls.add(
        Calls.actual("GET", "/a?token=abc", Calls.PAGE, new Field("Authorization", "Bearer 4711")));

    assertThat(get("/calls/1").body())
        .contains("[\"Authorization\",\"…\"]", "/a?token=…", "[\"Set-Cookie\",\"…\"]")
        .doesNotContain("4711", "abc", "id=secret");
    assertThat(post("/calls/1", "", token).body())
        .contains("[\"Authorization\",\"Bearer 4711\"]", "[\"Set-Cookie\",\"id=secret\"]");
  }

  @Test
  void asksForTheExplanation() throws Exception {
    calls.add(Calls.actual("GET", "/a", Calls.PAGE));

    assertThat(get("/calls/1").body()).contains("\"why\":{\"credentials\":false}");
    assertThat(get("/calls/1?credentials=include").body())
        .contains("\"why\":{\"credentials\":true}");
  }

  @Test
  void triesAPolicyWithoutWritingIt() throws Exception {
    HttpResponse<String> response = post("/policy/try", WIDER, token);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("{\"origin\":\"https://b.example\",\"allowed\":true}");
    assertThat(restarted).containsExactly(WIDER);
    assertThat(file).hasContent(POLICY);
  }

  @Test
  void aSecretOfAPolicyThatIsTriedIsNotShownWithoutTheToken() throws Exception {
    String secret = POLICY.replace("{", "{\"$schema\": \"https://me:hunter2@a.example/s.json\", ");
    assertThat(post("/policy/try", secret, token).statusCode()).isEqualTo(200);

    assertThat(get("/setup.json").body()).contains("has a secret in it").doesNotContain("hunter2");
    assertThat(post("/policy/try", WIDER, token).statusCode()).isEqualTo(200);
    assertThat(get("/setup.json").body()).contains("\"readOnly\":\"\"");
  }

  /** What has no token is not read to its end, so the client cannot send it all. */
  @Test
  void aBodyWithoutTheTokenIsNotKept() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(origin).getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /policy/lint HTTP/1.1\r\nHost: "
              + origin.replaceFirst("^.*//", "")
              + "\r\nContent-Length: 4000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(new byte[16 * 1024]);

      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void aPolicyWithErrorsChangesNothing() throws Exception {
    for (String path : List.of("/policy/try", "/policy/save", "/policy/compare")) {
      HttpResponse<String> response = post(path, "{\"origins\": [\"nonsense\"]}", token);

      assertThat(response.statusCode()).isEqualTo(422);
    }
    assertThat(restarted).isEmpty();
    assertThat(file).hasContent(POLICY);
    assertThat(get("/setup.json").body())
        .contains("{\"origin\":\"https://app.example\",\"allowed\":true}");
  }

  @Test
  void aPolicyThatAFunctionDoesNotStartWithIsNotInForce() throws Exception {
    failure = "The init failed.";
    HttpResponse<String> response = post("/policy/try", WIDER, token);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).isEqualTo("{\"message\":\"The init failed.\"}");
    assertThat(get("/setup.json").body())
        .contains("{\"origin\":\"https://b.example\",\"allowed\":false}");
  }

  @Test
  void savesWhenAskedTo() throws Exception {
    assertThat(post("/policy/save", WIDER, token).statusCode()).isEqualTo(200);
    assertThat(file).hasContent(WIDER);

    Files.writeString(file, "{}");
    HttpResponse<String> response = post("/policy/save", POLICY, token);
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("has changed since serve read it");
    assertThat(file).hasContent("{}");
  }

  @Test
  void comparesWithTheRecordedCalls() throws Exception {
    calls.add(Calls.actual("GET", "/a", Calls.PAGE));
    calls.add(Calls.actual("GET", "/b", "https://b.example"));
    calls.add(Calls.actual("GET", "/c", "https://c.example"));

    assertThat(post("/policy/compare", WIDER, token).body())
        .startsWith("{\"compared\":3,\"different\":1,\"calls\":[{\"call\":{\"id\":2,")
        .contains(
            "\"now\":{\"allowed\":false,\"reason\":\"origin-not-allowed\"",
            "\"then\":{\"allowed\":true,\"reason\":\"allowed\"");
    assertThat(restarted).isEmpty();
  }

  @Test
  void sendsCallsAsTheyCome() throws Exception {
    calls.add(Calls.preflight("PUT", "/a", true));
    HttpResponse<InputStream> response =
        CLIENT.send(request("/events").build(), BodyHandlers.ofInputStream());
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      assertThat(next(events)).contains("\"id\":1,\"version\":1,", "\"sent\":false");
      calls.add(Calls.actual("PUT", "/a", Calls.PAGE));
      assertThat(next(events)).contains("\"id\":1,\"version\":2,", "\"sent\":true");
    }
  }

  @Test
  void goesOnWhereAPageLeftOff() throws Exception {
    calls.add(Calls.actual("GET", "/a", Calls.PAGE));
    String id = firstEvent(null, "id: ");
    calls.add(Calls.actual("GET", "/b", Calls.PAGE));

    assertThat(id).matches("[0-9a-z]+-1");
    assertThat(firstEvent(id, "data: ")).contains("\"path\":\"/b\"").doesNotContain("/a\"");
    for (String other : List.of("another-1", "1", "-1", id + "0000000000000000000")) {
      assertThat(firstEvent(other, "data: ")).contains("\"path\":\"/a\"", "\"path\":\"/b\"");
    }
  }

  private String firstEvent(String lastEventId, String field) throws Exception {
    HttpRequest.Builder request = request("/events");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      return next(events, field).substring(field.length());
    }
  }

  private static String next(BufferedReader events) throws Exception {
    return next(events, "data: ");
  }

  private static String next(BufferedReader events, String field) throws Exception {
    for (String line; (line = events.readLine()) != null; ) {
      if (line.startsWith(field)) {
        return line;
      }
    }
    throw new AssertionError("no event");
  }
}
