package dev.corsage.gateway.api;

import static dev.corsage.gateway.api.BackendFixture.responding;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.corsage.CorsPolicy;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every response has the headers of the policy, whoever made it. */
@Timeout(60)
class BackendTest {
  private static final CorsPolicy POLICY = BackendFixture.policy().build();

  /** Returns the CORS headers of a response, in the order of the alphabet. */
  private static String cors(HttpResponse<?> response) {
    StringBuilder cors = new StringBuilder();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.startsWith("access-control-") || name.equals("vary")) {
                cors.append(cors.isEmpty() ? "" : " ")
                    .append(name.replace("access-control-", ""))
                    .append(values.stream().collect(joining(" // ", "[", "]")));
              }
            });
    return cors.toString();
  }

  @ParameterizedTest(name = "{0} is at port 8080: {1}")
  @CsvSource({
    "http://localhost:8080,       true",
    "http://LOCALHOST:8080/a,     true",
    "http://a.localhost:8080,     true",
    "https://127.0.0.1:8080,      true",
    "http://127.0.0.2:8080,       true",
    "http://[::1]:8080,           true",
    "http://localhost:8081,       false",
    "http://localhost,            false",
    "http://nolocalhost:8080,     false",
    "http://127.0.0.1.test:8080,  false",
    "http://api.example.com:8080, false"
  })
  void aBackendIsNotTheServerItself(URI server, boolean own) {
    assertThat(new Target.Backend(server, null).isAt(8080)).isEqualTo(own);
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          302 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          304 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          401 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          404 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          500 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          503 | https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          200 | https://evil.example  | vary[Origin]
          500 | https://evil.example  | vary[Origin]
          200 | null                  | vary[Origin]
          """)
  void theBackendsResponseIsCompleted(int status, String origin, String cors) throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, responding(status, null, ""))) {
      HttpResponse<String> response = api.get("/items", "Origin: " + origin);

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(cors(response)).isEqualTo(cors);
    }
  }

  @Test
  void aResponseToARequestWithoutOriginVariesOnIt() throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, responding(200, null, "rose"))) {
      HttpResponse<String> response = api.get("/items", null);

      assertThat(response.body()).isEqualTo("rose");
      assertThat(cors(response)).isEqualTo("vary[Origin]");
    }
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Access-Control-Allow-Origin: *                    | https://evil.example | vary[Origin]
          access-control-allow-origin: https://evil.example | https://evil.example | vary[Origin]
          Access-Control-Allow-Credentials: true // Access-Control-Max-Age: 5 | https://evil.example | vary[Origin]
          Access-Control-Allow-Origin: *                    | https://app.example  | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          Access-Control-Allow-Origin: https://app.example  | https://app.example  | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          Access-Control-Expose-Headers: x-node // Access-Control-Allow-Private-Network: true | https://app.example | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          Vary: Accept-Encoding                             | https://evil.example | vary[Accept-Encoding, Origin]
          Vary: Accept // Vary: Accept-Encoding             | https://evil.example | vary[Accept, Accept-Encoding, Origin]
          Vary: origin                                      | https://evil.example | vary[origin]
          """)
  void theBackendsOwnCorsIsReplacedAndItsVaryIsKept(String headers, String origin, String cors)
      throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, responding(200, headers, "rose"))) {
      assertThat(cors(api.get("/items", "Origin: " + origin))).isEqualTo(cors);
    }
  }

  @Test
  void otherHeadersAreLeftAlone() throws Exception {
    String headers =
        "Set-Cookie: a=1; Path=/ // Set-Cookie: b=2 // X-Total-Count: 42 // Location: /x";
    try (BackendFixture api = BackendFixture.start(POLICY, responding(302, headers, "rose"))) {
      HttpResponse<String> response = api.get("/items", "Origin: " + BackendFixture.ALLOWED);

      assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
      assertThat(response.headers().allValues("x-total-count")).containsExactly("42");
      assertThat(response.headers().allValues("location")).containsExactly("/x");
      assertThat(response.body()).isEqualTo("rose");
    }
  }

  private static final HttpHandler BREAKS_OFF =
      exchange -> {
        throw new IllegalStateException("The backend ends the connection.");
      };

  @ParameterizedTest(name = "from {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example   | allow-credentials[true] allow-origin[https://app.example] expose-headers[x-total-count] vary[Origin]
          https://evil.example  | vary[Origin]
          """)
  void a502ForABackendThatGivesNoResponseIsCompleted(String origin, String cors) throws Exception {
    try (BackendFixture dead = BackendFixture.startWithoutBackend(POLICY);
        BackendFixture dying = BackendFixture.start(POLICY, BREAKS_OFF)) {
      for (BackendFixture api : new BackendFixture[] {dead, dying}) {
        HttpResponse<String> response = api.get("/items", "Origin: " + origin);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(cors(response)).isEqualTo(cors);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
            .isEqualTo(
                "{\"message\":\"Internal server error\",\"hint\":\"The backend did not respond."
                    + " Start it, or correct --backend.\"}");
      }
    }
  }

  @ParameterizedTest(name = "{0} calls: {1}")
  @CsvSource({
    "https://app.example, 1, 200",
    "https://evil.example, 0, 403",
    "null, 0, 403",
    "no origin, 0, 403",
    "SELF, 1, 200"
  })
  void refusedOriginsCanBeBlockedBeforeTheBackend(String origin, int calls, int status)
      throws Exception {
    AtomicInteger called = new AtomicInteger();
    HttpHandler backend =
        exchange -> {
          called.incrementAndGet();
          responding(200, null, "rose").handle(exchange);
        };
    CorsPolicy policy = BackendFixture.policy().blockRefusedOrigins(true).build();
    try (BackendFixture api = BackendFixture.start(policy, backend)) {
      String sent = origin.equals("SELF") ? api.origin() : origin;
      HttpResponse<String> response = api.get("/items", "Origin: " + sent);

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().allValues("vary")).containsExactly("Origin");
      assertThat(response.headers().allValues("access-control-allow-origin"))
          .hasSize(origin.equals(BackendFixture.ALLOWED) ? 1 : 0);
      assertThat(called).hasValue(calls);
    }
  }
}
