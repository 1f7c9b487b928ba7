package dev.corsage;

import static dev.corsage.Decision.Kind.ACTUAL;
import static dev.corsage.Decision.Kind.NON_CORS;
import static dev.corsage.Decision.Kind.PREFLIGHT;
import static dev.corsage.Decision.Reason.ORIGIN_MALFORMED;
import static dev.corsage.Decision.Reason.ORIGIN_NOT_ALLOWED;
import static dev.corsage.Decision.Reason.ORIGIN_NULL;
import static dev.corsage.Decision.Reason.SAME_ORIGIN;
import static dev.corsage.Requests.actual;
import static dev.corsage.Requests.preflight;
import static dev.corsage.Requests.sentTo;
import static dev.corsage.Requests.withoutOrigin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request that is no preflight, to the letter. */
class ActualRequestTest {
  private static final String APP = "https://app.example.com";
  private static final String API = "https://api.example.com";

  record Row(
      String name, UnaryOperator<CorsPolicy.Builder> policy, HttpRequest request, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> allowed() {
    return List.of(
        new Row(
            "listed",
            b -> app(b),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """),
        new Row(
            "any method",
            b -> app(b),
            actual("DELETE", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """),
        new Row(
            "by a wildcard",
            b -> b.origins("https://*.example.com:*"),
            actual("GET", "https://a.b.example.com:8443"),
            """
            Access-Control-Allow-Origin: https://a.b.example.com:8443
            Vary: Origin
            """),
        new Row(
            "credentials and exposed headers",
            b -> app(b).credentials(true).exposedHeaders("X-B", "etag"),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Credentials: true
            Access-Control-Expose-Headers: etag,x-b
            Vary: Origin
            """),
        new Row(
            "all headers exposed",
            b -> app(b).exposedHeaders("etag", "*"),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Expose-Headers: *
            Vary: Origin
            """),
        new Row(
            "what belongs to preflights stays there",
            b -> app(b).methods("PUT").requestHeaders("x-a").maxAgeSeconds(60),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """),
        new Row(
            "plain *",
            b -> b.origins("*").exposedHeaders("etag"),
            actual("GET", "https://anybody.test"),
            """
            Access-Control-Allow-Origin: *
            Access-Control-Expose-Headers: etag
            """),
        new Row(
            "timing and embedding",
            b -> app(b).timingAllowOrigin(true).resourcePolicy("same-site"),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Timing-Allow-Origin: https://app.example.com
            Cross-Origin-Resource-Policy: same-site
            Vary: Origin
            """),
        new Row(
            "timing and embedding with a plain *",
            b -> b.origins("*").timingAllowOrigin(true).resourcePolicy("cross-origin"),
            actual("GET", "https://anybody.test"),
            """
            Access-Control-Allow-Origin: *
            Timing-Allow-Origin: *
            Cross-Origin-Resource-Policy: cross-origin
            """),
        new Row(
            "null, tolerated",
            b -> b.origins("null").tolerateNullOrigin(true),
            actual("GET", "null"),
            """
            Access-Control-Allow-Origin: null
            Vary: Origin
            """),
        new Row(
            "OPTIONS without a requested method",
            b -> app(b),
            actual("OPTIONS", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """),
        new Row(
            "blocking does not matter",
            b -> app(b).blockRefusedOrigins(true),
            actual("GET", APP),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """),
        new Row(
            "listed, though it is the API's own",
            b -> app(b),
            sentTo(APP, actual("GET", APP)),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allowed")
  void isAllowed(Row row) {
    Decision decision = decide(row);

    assertThat(decision.kind()).isEqualTo(ACTUAL);
    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.status()).isEmpty();
    assertThat(Requests.headers(decision)).isEqualTo(row.expected);
  }

  static List<Row> refused() {
    return List.of(
        refused("not listed", actual("GET", "https://evil.test"), ORIGIN_NOT_ALLOWED),
        refused("null", actual("GET", "null"), ORIGIN_NULL),
        refused("slash", actual("GET", APP + "/"), ORIGIN_MALFORMED),
        refused("empty", actual("POST", ""), ORIGIN_MALFORMED),
        refused("the same twice", actual("GET", APP, APP), ORIGIN_MALFORMED),
        refused("two, the first listed", actual("GET", APP, "https://evil.test"), ORIGIN_MALFORMED),
        refused("two, the last listed", actual("GET", "https://evil.test", APP), ORIGIN_MALFORMED),
        refused("list", actual("GET", APP + ", https://evil.test"), ORIGIN_MALFORMED),
        refused("several lines, the first empty", actual("GET", "", APP), ORIGIN_MALFORMED),
        refused("OPTIONS", actual("OPTIONS", "https://evil.test"), ORIGIN_NOT_ALLOWED),
        refused(
            "API of another port", sentTo(API + ":8443", actual("GET", API)), ORIGIN_NOT_ALLOWED));
  }

  private static Row refused(String name, HttpRequest request, Decision.Reason reason) {
    return new Row(
        name, b -> app(b).credentials(true).exposedHeaders("etag"), request, reason.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedAndPasses(Row row) {
    Decision decision = decide(row);

    assertThat(decision.kind()).isEqualTo(ACTUAL);
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.reason()).hasToString(row.expected);
    assertThat(decision.status()).isEmpty();
    assertThat(Requests.headers(decision)).isEqualTo("Vary: Origin\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isBlockedWhereThePolicySaysSo(Row row) {
    CorsPolicy policy = row.policy.apply(CorsPolicy.builder()).blockRefusedOrigins(true).build();
    Decision decision = policy.decide(row.request);

    assertThat(decision.kind()).isEqualTo(ACTUAL);
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.reason()).hasToString(row.expected);
    assertThat(decision.status()).hasValue(403);
    assertThat(Requests.headers(decision)).isEqualTo("Vary: Origin\n");
  }

  static List<Row> nonCors() {
    return List.of(
        nonCors("GET", withoutOrigin("GET"), Decision.Reason.NO_ORIGIN),
        nonCors("OPTIONS", withoutOrigin("OPTIONS"), Decision.Reason.NO_ORIGIN),
        nonCors(
            "requested method alone",
            HttpRequest.of("OPTIONS", Map.of("Access-Control-Request-Method", List.of("PUT"))),
            Decision.Reason.NO_ORIGIN),
        nonCors("same origin", sentTo(API, actual("POST", API)), SAME_ORIGIN));
  }

  private static Row nonCors(String name, HttpRequest request, Decision.Reason reason) {
    return new Row(name, b -> app(b).blockRefusedOrigins(true), request, reason.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonCors")
  void alwaysPasses(Row row) {
    Decision decision = decide(row);

    assertThat(decision.kind()).isEqualTo(NON_CORS);
    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.reason()).hasToString(row.expected);
    assertThat(decision.status()).isEmpty();
    assertThat(Requests.headers(decision)).isEqualTo("Vary: Origin\n");
  }

  /** Pages of every origin may embed what the policy says; nobody else may read its timing. */
  static List<Row> embedded() {
    String expected =
        """
        Cross-Origin-Resource-Policy: same-site
        Vary: Origin
        """;
    UnaryOperator<CorsPolicy.Builder> policy =
        b -> app(b).timingAllowOrigin(true).resourcePolicy("same-site").blockRefusedOrigins(true);
    return List.of(
        new Row("without an origin", policy, withoutOrigin("GET"), expected),
        new Row("refused", policy, actual("GET", "https://evil.test"), expected),
        new Row("same origin", policy, sentTo(API, actual("GET", API)), expected),
        new Row(
            "refused preflight",
            policy,
            preflight("https://evil.test", "GET"),
            "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("embedded")
  void embeddingIsForAllAndTimingForAllowedOrigins(Row row) {
    assertThat(Requests.headers(decide(row))).isEqualTo(row.expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Origin, true, true",
    "access-control-anything, true, true",
    "TIMING-allow-origin, true, false",
    "cross-origin-resource-policy, true, false",
    "Cross-Origin-Opener-Policy, false, false",
    "Vary, false, false",
    "X-Access-Control-Allow-Origin, false, false",
  })
  void headersThatThePolicySetsAreReplaced(String name, boolean whereSet, boolean otherwise) {
    for (HttpRequest request :
        List.of(actual("GET", APP), actual("GET", "https://evil.test"), withoutOrigin("GET"))) {
      CorsPolicy.Builder builder = app(CorsPolicy.builder());
      assertThat(builder.build().decide(request).replaces(name)).isEqualTo(otherwise);
      builder.timingAllowOrigin(true).resourcePolicy("same-origin");
      assertThat(builder.build().decide(request).replaces(name)).isEqualTo(whereSet);
    }
  }

  static List<Row> kinds() {
    HttpRequest preflight = preflight(APP, "GET");
    Map<String, List<String>> headers =
        Map.of("ORIGIN", List.of(APP), "access-CONTROL-request-METHOD", List.of("GET"));
    return List.of(
        new Row("OPTIONS with both", b -> app(b), preflight, PREFLIGHT.toString()),
        new Row(
            "names in another case",
            b -> app(b),
            HttpRequest.of("OPTIONS", headers),
            PREFLIGHT.toString()),
        new Row("GET with both", b -> app(b), HttpRequest.of("GET", headers), ACTUAL.toString()),
        new Row(
            "options with both",
            b -> app(b),
            HttpRequest.of("options", headers),
            ACTUAL.toString()),
        new Row(
            "OPTIONS to its own origin",
            b -> app(b),
            sentTo(APP, preflight),
            PREFLIGHT.toString()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void isToldFromAPreflight(Row row) {
    assertThat(decide(row).kind()).hasToString(row.expected);
  }

  private static Decision decide(Row row) {
    return row.policy.apply(CorsPolicy.builder()).build().decide(row.request);
  }

  private static CorsPolicy.Builder app(CorsPolicy.Builder builder) {
    return builder.origins(APP);
  }
}
