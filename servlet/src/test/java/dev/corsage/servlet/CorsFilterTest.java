package dev.corsage.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every way in which a response comes about, on every server. */
class CorsFilterTest {
  private static final List<WebServer> SERVERS = new ArrayList<>();
  private static final Application APPLICATION = new Application();

  @BeforeAll
  static void start() throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://app.test")
            .methods("PUT")
            .requestHeaders("x-a")
            .exposedHeaders("etag")
            .credentials(true)
            .maxAgeSeconds(60)
            .timingAllowOrigin(true)
            .build();
    for (String kind : WebServer.KINDS) {
      SERVERS.add(
          WebServer.start(kind, (classes, context) -> setUp(CorsFilter.of(policy), context)));
    }
  }

  static void setUp(CorsFilter filter, ServletContext context) {
    filter.addTo(context);
    var servlet = context.addServlet("application", APPLICATION);
    servlet.addMapping("/");
    servlet.setAsyncSupported(true);
  }

  @AfterAll
  static void stop() throws Exception {
    for (WebServer server : SERVERS) {
      server.close();
    }
  }

  @BeforeEach
  void forget() {
    APPLICATION.requests.clear();
  }

  private static Exchange get(WebServer server, String path, String origin) throws Exception {
    List<String> lines = origin == null ? List.of() : List.of("Origin: " + origin);
    return Exchange.send(server.port(), "GET", path, lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // path           | status | Vary                                    | in the body
        "/ok              | 200 | Origin                                  | ok",
        "/own             | 200 | Accept, Accept-Language, Origin         | own",
        "/any-vary        | 200 | *                                       | none",
        "/vary-numbers    | 200 | 5, 6, Origin                            | none",
        "/streamed        | 200 | Origin                                  | second",
        "/send-error      | 404 | Origin                                  | none",
        "/paged-error     | 418 | Origin                                  | page of ERROR",
        "/async-page      | 418 | Origin                                  | page of ERROR",
        "/redirect        | 302 | Origin                                  | none",
        "/throws          | 500 | Origin                                  | none",
        "/throws-servlet  | 500 | Origin                                  | none",
        "/reset           | 202 | Origin                                  | none",
        "/hostile         | 200 | Origin                                  | none",
        "/forward         | 200 | Accept, Accept-Language, Origin         | own",
        "/async           | 200 | Origin                                  | async",
        "/async-dispatch  | 200 | Origin                                  | dispatched",
        "/async-timeout   | 500 | Origin                                  | none",
        "/not-modified    | 304 | Origin                                  | none",
      })
  void everyResponseHasTheHeadersOnce(String path, int status, String vary, String body)
      throws Exception {
    for (WebServer server : SERVERS) {
      Exchange allowed = get(server, path, "https://app.test");
      assertThat(allowed.status()).as("%s: %s", server.name(), allowed).isEqualTo(status);
      assertThat(allowed.header("Access-Control-Allow-Origin"))
          .as("%s: %s", server.name(), allowed)
          .containsExactly("https://app.test");
      assertThat(allowed.corsHeaders())
          .as("%s: %s", server.name(), allowed)
          .containsExactly(
              "access-control-allow-credentials",
              "access-control-allow-origin",
              "access-control-expose-headers");
      assertThat(allowed.header("Timing-Allow-Origin"))
          .as("%s: %s", server.name(), allowed)
          .containsExactly("https://app.test");
      assertVary(server, allowed, vary);
      assertThat(allowed.body()).as(server.name()).contains(body == null ? "" : body);
      for (String origin : new String[] {"https://evil.test", "null", "", null}) {
        Exchange refused = get(server, path, origin);
        assertThat(refused.status()).as(server.name()).isEqualTo(status);
        assertThat(refused.corsHeaders()).as("%s: %s", server.name(), refused).isEmpty();
        assertThat(refused.header("Timing-Allow-Origin")).as("%s", refused).isEmpty();
        assertVary(server, refused, vary);
        assertThat(refused.body()).as(server.name()).contains(body == null ? "" : body);
      }
    }
  }

  /** On its own error pages Jetty drops {@code Vary}, but then no cache may store the response. */
  private static void assertVary(WebServer server, Exchange response, String vary) {
    if (server.name().equals("jetty") && response.header("Vary").isEmpty()) {
      assertThat(response.status()).isGreaterThanOrEqualTo(400);
      assertThat(response.header("Cache-Control"))
          .containsExactly("must-revalidate,no-cache,no-store");
    } else {
      assertThat(response.header("Vary")).as(server.name()).containsExactly(vary);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // origin            | method | headers | status
        "https://app.test  | PUT    | X-A     | 204",
        "https://app.test  | GET    | x-a     | 204",
        "https://app.test  | DELETE | x-a     | 403",
        "https://app.test  | PUT    | x-b     | 403",
        "https://evil.test | PUT    | x-a     | 403",
        "null              | PUT    | x-a     | 403",
      })
  void preflightsDoNotReachTheApplication(String origin, String method, String headers, int status)
      throws Exception {
    for (WebServer server : SERVERS) {
      Exchange preflight =
          Exchange.send(
              server.port(),
              "OPTIONS",
              "/throws",
              List.of(
                  "Origin: " + origin,
                  "Access-Control-Request-Method: " + method,
                  "Access-Control-Request-Headers: " + headers));
      assertThat(preflight.status()).as("%s: %s", server.name(), preflight).isEqualTo(status);
      assertThat(preflight.body()).as(server.name()).isEmpty();
      assertThat(preflight.header("Vary"))
          .containsExactly("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
      if (status == 204) {
        assertThat(preflight.header("Access-Control-Allow-Origin")).containsExactly(origin);
        assertThat(preflight.header("Access-Control-Allow-Methods")).containsExactly("PUT");
        assertThat(preflight.header("Access-Control-Allow-Headers")).containsExactly("x-a");
        assertThat(preflight.header("Access-Control-Max-Age")).containsExactly("60");
      } else {
        assertThat(preflight.corsHeaders()).as(server.name()).isEmpty();
      }
    }
    assertThat(APPLICATION.requests).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("NO_PREFLIGHTS")
  void whatIsNoPreflightReachesTheApplication(String method, List<String> lines) throws Exception {
    for (WebServer server : SERVERS) {
      assertThat(Exchange.send(server.port(), method, "/ok", lines).status()).isEqualTo(200);
    }
    assertThat(APPLICATION.requests).hasSize(SERVERS.size());
  }

  static final List<Arguments> NO_PREFLIGHTS =
      List.of(
          Arguments.of("OPTIONS", List.of()),
          Arguments.of("OPTIONS", List.of("Origin: https://app.test")),
          Arguments.of("OPTIONS", List.of("Access-Control-Request-Method: PUT")),
          Arguments.of(
              "POST", List.of("Origin: https://app.test", "Access-Control-Request-Method: PUT")));
}
