package dev.corsage;

import static dev.corsage.Decision.Reason.HEADER_NOT_ALLOWED;
import static dev.corsage.Decision.Reason.METHOD_NOT_ALLOWED;
import static dev.corsage.Decision.Reason.ORIGIN_MALFORMED;
import static dev.corsage.Decision.Reason.ORIGIN_NOT_ALLOWED;
import static dev.corsage.Decision.Reason.ORIGIN_NULL;
import static dev.corsage.Requests.preflight;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses to preflights, to the letter. */
class PreflightTest {
  private static final String APP = "https://app.example.com";

  record Allowed(
      String name, UnaryOperator<CorsPolicy.Builder> policy, HttpRequest request, String headers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Allowed> allowed() {
    return List.of(
        new Allowed(
            "full lists, whatever was asked",
            b -> app(b).methods("PUT", "DELETE").requestHeaders("X-B", "authorization", "x-a"),
            preflight(APP, "PUT", "x-a"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Methods: PUT,DELETE
            Access-Control-Allow-Headers: authorization,x-a,x-b
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "no header asked",
            b -> app(b).methods("PUT").requestHeaders("x-a"),
            preflight(APP, "PUT"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Methods: PUT
            Access-Control-Allow-Headers: x-a
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "safelisted method, nothing configured",
            b -> app(b),
            preflight(APP, "POST"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "wildcard origin: the caller's own is sent",
            b -> b.origins("https://*.example.com"),
            preflight("https://a.b.example.com", "GET"),
            """
            Access-Control-Allow-Origin: https://a.b.example.com
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "credentials and maximum age",
            b -> app(b).methods("PUT").credentials(true).maxAgeSeconds(7200),
            preflight(APP, "PUT"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Credentials: true
            Access-Control-Allow-Methods: PUT
            Access-Control-Max-Age: 7200
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "maximum age 0",
            b -> app(b).maxAgeSeconds(0),
            preflight(APP, "GET"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Max-Age: 0
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "maximum age -1",
            b -> app(b).maxAgeSeconds(-1),
            preflight(APP, "GET"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Max-Age: 0
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "exposed headers are of no use here",
            b -> app(b).exposedHeaders("etag"),
            preflight(APP, "GET"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "plain *",
            b -> b.origins("*"),
            preflight("https://anybody.test", "GET"),
            """
            Access-Control-Allow-Origin: *
            Vary: Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "* beside others",
            b -> b.origins(APP, "*"),
            preflight(APP, "GET"),
            """
            Access-Control-Allow-Origin: *
            Vary: Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "null, tolerated",
            b -> b.origins("null").tolerateNullOrigin(true),
            preflight("null", "GET"),
            """
            Access-Control-Allow-Origin: null
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "any method, any header",
            b -> app(b).methods("*", "PUT").requestHeaders("*", "x-a"),
            preflight(APP, "PATCH", "x-b"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Methods: *
            Access-Control-Allow-Headers: *
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "any header and authorization",
            b -> app(b).requestHeaders("*", "x-a", "Authorization"),
            preflight(APP, "GET", "authorization,x-b"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Headers: *,authorization
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "any method, any header, credentials: what was asked",
            b -> app(b).methods("*").requestHeaders("*").credentials(true),
            preflight(APP, "PATCH", "X-B, authorization", "", "x-a,x-b"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Credentials: true
            Access-Control-Allow-Methods: PATCH
            Access-Control-Allow-Headers: authorization,x-a,x-b
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """),
        new Allowed(
            "any method, any header, credentials: nothing asked",
            b -> app(b).methods("*").requestHeaders("*").credentials(true),
            preflight(APP, "GET"),
            """
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Allow-Credentials: true
            Access-Control-Allow-Methods: GET
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allowed")
  void isAllowed(Allowed row) {
    Decision decision = row.policy.apply(CorsPolicy.builder()).build().decide(row.request);

    assertThat(decision.kind()).isEqualTo(Decision.Kind.PREFLIGHT);
    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.reason()).isEqualTo(Decision.Reason.ALLOWED);
    assertThat(decision.status()).hasValue(204);
    assertThat(Requests.headers(decision)).isEqualTo(row.headers);
  }

  record Refused(
      String name,
      UnaryOperator<CorsPolicy.Builder> policy,
      HttpRequest request,
      Decision.Reason reason,
      String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Refused> refused() {
    return List.of(
        refused(
            "another origin",
            preflight("https://evil.test", "GET"),
            ORIGIN_NOT_ALLOWED,
            "https://evil.test"),
        refused("path", preflight(APP + "/", "GET"), ORIGIN_MALFORMED, APP + "/"),
        refused("empty origin", preflight("", "GET"), ORIGIN_MALFORMED, ""),
        refused("null", preflight("null", "GET"), ORIGIN_NULL, "null"),
        refused("method", preflight(APP, "DELETE"), METHOD_NOT_ALLOWED, "DELETE"),
        refused("method in another case", preflight(APP, "put"), METHOD_NOT_ALLOWED, "put"),
        refused("safelisted in another case", preflight(APP, "get"), METHOD_NOT_ALLOWED, "get"),
        refused("empty method", preflight(APP, ""), METHOD_NOT_ALLOWED, ""),
        refused("list of methods", preflight(APP, "GET,PUT"), METHOD_NOT_ALLOWED, "GET,PUT"),
        refused("* is no method", preflight(APP, "*"), METHOD_NOT_ALLOWED, "*"),
        refused("header", preflight(APP, "PUT", "x-a,x-c"), HEADER_NOT_ALLOWED, "x-c"),
        refused(
            "header of a later line",
            preflight(APP, "PUT", "x-a", "X-C"),
            HEADER_NOT_ALLOWED,
            "X-C"),
        refused("* is no header", preflight(APP, "PUT", "*"), HEADER_NOT_ALLOWED, "*"),
        refused(
            "first of all the origin",
            preflight("https://evil.test", "DELETE", "x-c"),
            ORIGIN_NOT_ALLOWED,
            "https://evil.test"),
        refused("then the method", preflight(APP, "DELETE", "x-c"), METHOD_NOT_ALLOWED, "DELETE"),
        refused(
            "two methods",
            HttpRequest.of(
                "OPTIONS",
                Map.of(
                    "Origin",
                    List.of(APP),
                    "Access-Control-Request-Method",
                    List.of("PUT", "PUT"))),
            METHOD_NOT_ALLOWED,
            "PUT, PUT"),
        refused(
            "two origins",
            HttpRequest.of(
                "OPTIONS",
                Map.of(
                    "Origin", List.of(APP, APP), "Access-Control-Request-Method", List.of("PUT"))),
            ORIGIN_MALFORMED,
            APP + ", " + APP),
        new Refused(
            "forbidden method and *",
            b -> app(b).methods("*"),
            preflight(APP, "TRACE"),
            METHOD_NOT_ALLOWED,
            "TRACE"),
        new Refused(
            "forbidden method in another case and *",
            b -> app(b).methods("*"),
            preflight(APP, "connect"),
            METHOD_NOT_ALLOWED,
            "connect"),
        new Refused(
            "method that is no token and *",
            b -> app(b).methods("*").credentials(true),
            preflight(APP, "PUT\r\nX: y"),
            METHOD_NOT_ALLOWED,
            "PUT\r\nX: y"),
        new Refused(
            "header that is no token and *",
            b -> app(b).requestHeaders("*").credentials(true),
            preflight(APP, "GET", "x-a,x\r\nSet-Cookie: y"),
            HEADER_NOT_ALLOWED,
            "x\r\nSet-Cookie: y"),
        new Refused(
            "authorization and *",
            b -> app(b).requestHeaders("*"),
            preflight(APP, "GET", "authorization"),
            HEADER_NOT_ALLOWED,
            "authorization"),
        new Refused(
            "empty list", b -> b.origins(), preflight(APP, "GET"), ORIGIN_NOT_ALLOWED, APP));
  }

  private static Refused refused(
      String name, HttpRequest request, Decision.Reason reason, String value) {
    return new Refused(
        name,
        b -> app(b).methods("PUT").requestHeaders("x-a").credentials(true).maxAgeSeconds(60),
        request,
        reason,
        value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedWithoutAnyHeaderButVary(Refused row) {
    Decision decision = row.policy.apply(CorsPolicy.builder()).build().decide(row.request);

    assertThat(decision.kind()).isEqualTo(Decision.Kind.PREFLIGHT);
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.reason()).isEqualTo(row.reason);
    assertThat(decision.value()).isEqualTo(row.value);
    assertThat(decision.status()).hasValue(403);
    assertThat(Requests.headers(decision))
        .isEqualTo("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299, 400, 403, 404, 499})
  void isRefusedWithTheConfiguredStatus(int status) {
    CorsPolicy policy = app(CorsPolicy.builder()).refusedStatus(status).build();

    assertThat(policy.decide(preflight("https://evil.test", "GET")).status()).hasValue(status);
    assertThat(policy.decide(preflight(APP, "GET")).status()).hasValue(204);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 299})
  void isAllowedWithTheConfiguredStatus(int status) {
    CorsPolicy policy = app(CorsPolicy.builder()).preflightStatus(status).build();

    assertThat(policy.decide(preflight(APP, "GET")).status()).hasValue(status);
    assertThat(policy.decide(preflight("https://evil.test", "GET")).status()).hasValue(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.test", "https://b.example.com", "null", "https://a b"})
  void refusedOriginIsAlwaysTheFixedOne(String origin) {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://a.example.com", "https://b.example.com")
            .credentials(true)
            .refusedOrigin("https://a.example.com")
            .build();

    assertThat(Requests.headers(policy.decide(preflight(origin, "DELETE"))))
        .isEqualTo(
            """
            Access-Control-Allow-Origin: https://a.example.com
            Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
            """);
  }

  @Test
  void refusalOfAPlainStarSaysNothingOfTheOrigin() {
    CorsPolicy policy = CorsPolicy.builder().origins("*").build();

    assertThat(Requests.headers(policy.decide(preflight(APP, "DELETE"))))
        .isEqualTo("Vary: Access-Control-Request-Method, Access-Control-Request-Headers\n");
  }

  private static CorsPolicy.Builder app(CorsPolicy.Builder builder) {
    return builder.origins(APP);
  }

  /** A star within a name is a character like others (RFC 9110, section 5.6.2). */
  @Test
  void aNameMayBeginWithAStar() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://a.example")
            .methods("*")
            .requestHeaders("*x")
            .credentials(true)
            .build();
    Decision decision = policy.decide(Requests.preflight("https://a.example", "PUT", "*x"));

    assertThat(decision.headers())
        .containsEntry("Access-Control-Allow-Methods", "PUT")
        .containsEntry("Access-Control-Allow-Headers", "*x");
    assertThat(policy.decide(Requests.preflight("https://a.example", "PUT", "x")).isAllowed())
        .isFalse();
  }
}
