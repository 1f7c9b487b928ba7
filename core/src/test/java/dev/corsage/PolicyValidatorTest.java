package dev.corsage;

import static dev.corsage.PolicyCode.CREDENTIALS_ANY_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_EXPOSE_ALL;
import static dev.corsage.PolicyCode.CREDENTIALS_INSECURE_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_NULL_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_PUBLIC_SUFFIX;
import static dev.corsage.PolicyCode.CREDENTIALS_SUBDOMAINS;
import static dev.corsage.PolicyCode.HEADER_INVALID;
import static dev.corsage.PolicyCode.MAX_AGE_CAPPED;
import static dev.corsage.PolicyCode.MAX_AGE_MISSING;
import static dev.corsage.PolicyCode.MAX_AGE_RANGE;
import static dev.corsage.PolicyCode.MAX_AGE_TYPE;
import static dev.corsage.PolicyCode.METHOD_CASE;
import static dev.corsage.PolicyCode.METHOD_FORBIDDEN;
import static dev.corsage.PolicyCode.METHOD_INVALID;
import static dev.corsage.PolicyCode.METHOD_NORMALISED;
import static dev.corsage.PolicyCode.METHOD_OPTIONS;
import static dev.corsage.PolicyCode.METHOD_SAFELISTED;
import static dev.corsage.PolicyCode.METHOD_WILDCARD;
import static dev.corsage.PolicyCode.NAME_PREFIX;
import static dev.corsage.PolicyCode.ORIGINS_EMPTY;
import static dev.corsage.PolicyCode.ORIGINS_MISSING;
import static dev.corsage.PolicyCode.ORIGIN_ANY_PORT;
import static dev.corsage.PolicyCode.ORIGIN_APP_SCHEME;
import static dev.corsage.PolicyCode.ORIGIN_DUPLICATE;
import static dev.corsage.PolicyCode.ORIGIN_EXTENSION;
import static dev.corsage.PolicyCode.ORIGIN_HTTP;
import static dev.corsage.PolicyCode.ORIGIN_LOOPBACK;
import static dev.corsage.PolicyCode.ORIGIN_NULL;
import static dev.corsage.PolicyCode.ORIGIN_PATH;
import static dev.corsage.PolicyCode.ORIGIN_PLAYGROUND;
import static dev.corsage.PolicyCode.ORIGIN_PRIVATE_ADDRESS;
import static dev.corsage.PolicyCode.ORIGIN_REDUNDANT;
import static dev.corsage.PolicyCode.ORIGIN_SCHEME;
import static dev.corsage.PolicyCode.ORIGIN_SINGLE_LABEL;
import static dev.corsage.PolicyCode.ORIGIN_TRAILING_DOT;
import static dev.corsage.PolicyCode.ORIGIN_WITHOUT_APEX;
import static dev.corsage.PolicyCode.PREFLIGHT_STATUS;
import static dev.corsage.PolicyCode.PUBLIC_SUFFIX;
import static dev.corsage.PolicyCode.REFUSED_ORIGIN;
import static dev.corsage.PolicyCode.REFUSED_STATUS;
import static dev.corsage.PolicyCode.REGEX_PLAIN;
import static dev.corsage.PolicyCode.REGEX_UNUSED;
import static dev.corsage.PolicyCode.REGEX_WITHOUT_PORT;
import static dev.corsage.PolicyCode.REQUEST_HEADER_FORBIDDEN;
import static dev.corsage.PolicyCode.REQUEST_HEADER_METHOD_OVERRIDE;
import static dev.corsage.PolicyCode.REQUEST_HEADER_PROHIBITED;
import static dev.corsage.PolicyCode.REQUEST_HEADER_SAFELISTED;
import static dev.corsage.PolicyCode.REQUEST_HEADER_TRUSTED;
import static dev.corsage.PolicyCode.REQUEST_HEADER_WILDCARD_NO_AUTH;
import static dev.corsage.PolicyCode.RESOURCE_POLICY;
import static dev.corsage.PolicyCode.RESPONSE_HEADER_FORBIDDEN;
import static dev.corsage.PolicyCode.RESPONSE_HEADER_PROHIBITED;
import static dev.corsage.PolicyCode.RESPONSE_HEADER_SAFELISTED;
import static dev.corsage.PolicyCode.RESPONSE_HEADER_SECRET;
import static dev.corsage.Problem.Severity.ERROR;
import static dev.corsage.Problem.Severity.INFO;
import static dev.corsage.Problem.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsage.PolicySettings.Key;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One row for each thing that can be wrong with a policy, or questionable. */
class PolicyValidatorTest {

  record Row(
      PolicyCode code,
      Problem.Severity severity,
      String field,
      String value,
      UnaryOperator<CorsPolicy.Builder> policy) {
    @Override
    public String toString() {
      return code + " " + field + " " + value;
    }
  }

  private static Row origins(PolicyCode code, Problem.Severity severity, String... origins) {
    String last = origins.length == 0 ? "" : origins[origins.length - 1];
    return new Row(code, severity, "origins", last, b -> b.origins(origins));
  }

  private static Row withCredentials(PolicyCode code, String origin) {
    return new Row(code, ERROR, "origins", origin, b -> b.origins(origin).credentials(true));
  }

  private static Row method(PolicyCode code, Problem.Severity severity, String method) {
    return new Row(code, severity, "methods", method, b -> app(b).methods(method));
  }

  private static Row requestHeader(PolicyCode code, Problem.Severity severity, String header) {
    return new Row(code, severity, "requestHeaders", header, b -> app(b).requestHeaders(header));
  }

  private static Row exposedHeader(PolicyCode code, Problem.Severity severity, String header) {
    return new Row(code, severity, "exposedHeaders", header, b -> app(b).exposedHeaders(header));
  }

  private static Row maxAge(PolicyCode code, Problem.Severity severity, int seconds) {
    return new Row(
        code, severity, "maxAgeSeconds", "" + seconds, b -> app(b).maxAgeSeconds(seconds));
  }

  private static Row preflightStatus(int status) {
    return new Row(
        PREFLIGHT_STATUS,
        ERROR,
        "preflightStatus",
        "" + status,
        b -> app(b).preflightStatus(status));
  }

  private static Row refusedStatus(int status) {
    return new Row(
        REFUSED_STATUS, ERROR, "refused.status", "" + status, b -> app(b).refusedStatus(status));
  }

  private static Row refusedOrigin(String origin, String... origins) {
    return new Row(
        REFUSED_ORIGIN,
        ERROR,
        "refused.origin",
        origin,
        b -> b.origins(origins).refusedOrigin(origin));
  }

  private static Row resourcePolicy(String policy) {
    return new Row(
        RESOURCE_POLICY, ERROR, "resourcePolicy", policy, b -> app(b).resourcePolicy(policy));
  }

  private static CorsPolicy.Builder app(CorsPolicy.Builder builder) {
    return builder.origins("https://app.example.com");
  }

  static List<Row> rows() {
    return List.of(
        new Row(ORIGINS_MISSING, ERROR, "origins", "", b -> b),
        origins(ORIGINS_EMPTY, WARNING),
        origins(ORIGIN_DUPLICATE, WARNING, "https://a.example.com", "https://a.example.com"),
        origins(ORIGIN_DUPLICATE, WARNING, "*", "*"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.example.com", "https://a.example.com"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://a-*.example.com", "https://a-b.example.com"),
        origins(ORIGIN_REDUNDANT, WARNING, "http://localhost:*", "http://localhost:3000"),
        origins(ORIGIN_REDUNDANT, WARNING, "*", "https://a.example.com"),
        origins(ORIGIN_REDUNDANT, WARNING, "*", "https://*.example.com"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.b.test", "https://*.a.b.test"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.b.test:*", "https://*.b.test:81"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.b.test", "https://qa-*.b.test"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.b.test", "https://qa-*-x.a.b.test"),
        origins(ORIGIN_REDUNDANT, WARNING, "https://*.b.test:*", "https://a.b.test:*"),
        origins(ORIGIN_REDUNDANT, WARNING, "/https:\\/\\/[ab]\\.c\\.test/", "https://a.c.test"),
        origins(ORIGIN_NULL, ERROR, "null"),
        origins(ORIGIN_LOOPBACK, INFO, "http://localhost:3000"),
        origins(ORIGIN_LOOPBACK, INFO, "http://localhost", "http://[::1]:*"),
        origins(ORIGIN_LOOPBACK, WARNING, "https://app.example.com", "http://localhost:3000"),
        origins(ORIGIN_LOOPBACK, WARNING, "https://app.example.com", "http://127.0.0.1:*"),
        origins(ORIGIN_LOOPBACK, WARNING, "/http:\\/\\/localhost(:[0-9]+)?/"),
        origins(ORIGIN_LOOPBACK, WARNING, "/https?:\\/\\/127\\.0\\.0\\.1/"),
        origins(ORIGIN_ANY_PORT, WARNING, "https://app.example.com:*"),
        origins(ORIGIN_ANY_PORT, WARNING, "https://*.example.com:*"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://192.168.1.10"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://10.0.0.1:8080"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://172.31.0.1"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://169.254.169.254"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://100.127.0.1"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://[fd12::1]"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://[fe80::1]"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "http://printer.local"),
        origins(ORIGIN_PRIVATE_ADDRESS, WARNING, "https://*.corp.internal"),
        origins(ORIGIN_HTTP, INFO, "http://app.example.com"),
        origins(ORIGIN_APP_SCHEME, INFO, "capacitor://localhost"),
        new Row(
            ORIGIN_APP_SCHEME,
            WARNING,
            "origins",
            "capacitor://localhost",
            b -> b.origins("capacitor://localhost").credentials(true)),
        new Row(
            CREDENTIALS_SUBDOMAINS,
            WARNING,
            "origins",
            "https://*.example.com",
            b -> b.origins("https://*.example.com").credentials(true)),
        origins(ORIGIN_EXTENSION, WARNING, "moz-extension://e-1"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://codepen.io"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://*.jsfiddle.net"),
        origins(ORIGIN_WITHOUT_APEX, WARNING, "https://*.example.com"),
        origins(ORIGIN_WITHOUT_APEX, WARNING, "https://example.co.uk", "https://*.example.com"),
        origins(REGEX_PLAIN, INFO, "/^https:\\/\\/app\\.example\\.com$/"),
        origins(ORIGIN_TRAILING_DOT, WARNING, "https://app.example.com."),
        origins(ORIGIN_SINGLE_LABEL, WARNING, "https://intranet"),
        origins(ORIGIN_SINGLE_LABEL, WARNING, "http://intranet:8080"),
        origins(PUBLIC_SUFFIX, WARNING, "https://*.com"),
        origins(PUBLIC_SUFFIX, WARNING, "https://qa-*.com"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://s3.amazonaws.com"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://s3.eu-west-1.amazonaws.com"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://storage.googleapis.com"),
        origins(ORIGIN_PLAYGROUND, WARNING, "https://web.archive.org"),
        origins(ORIGIN_SCHEME, WARNING, "wss://app.example.com"),
        origins(ORIGIN_SCHEME, WARNING, "ws://app.example.com:8080"),
        origins(ORIGIN_SCHEME, WARNING, "ftp://app.example.com"),
        origins(ORIGIN_SCHEME, WARNING, "htttps://app.example.com"),
        origins(ORIGIN_SCHEME, WARNING, "htps://*.example.com"),
        origins(ORIGIN_SCHEME, WARNING, "htpp://app.example.com"),
        origins(ORIGIN_SCHEME, WARNING, "/(https|wss):\\/\\/app\\.example\\.com/"),
        origins(REGEX_UNUSED, WARNING, "/https:\\/\\/a\\.test\\.com|b\\.test\\.com/"),
        origins(REGEX_UNUSED, WARNING, "/(https:\\/\\/a\\.test\\.com)|(b\\.test\\.com)/"),
        origins(REGEX_UNUSED, WARNING, "/https:\\/\\/a\\.io|https:\\/\\/b\\.io\\//"),
        origins(REGEX_UNUSED, WARNING, "/https:\\/\\/[A-Z0-9-]+\\.example\\.com/"),
        origins(REGEX_UNUSED, WARNING, "/https:\\/\\/(app|Admin)\\.example\\.com/"),
        origins(REGEX_WITHOUT_PORT, WARNING, "/^https?:\\/\\/localhost/"),
        origins(REGEX_WITHOUT_PORT, WARNING, "/^http:\\/\\/127\\.0\\.0\\.1/"),
        origins(ORIGIN_PATH, ERROR, "https://app.example.com/"),
        withCredentials(CREDENTIALS_ANY_ORIGIN, "*"),
        withCredentials(CREDENTIALS_NULL_ORIGIN, "null"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://app.example.com"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://app.example.com:8080"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://*.example.com"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://qa-*.example.com"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://app.example.com:*"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://128.0.0.1"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://[::2]"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "app://127.evil.1:*"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "unknown://127.evil.1"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://localhost.example.com"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://127.0.0.1.example.com"),
        withCredentials(CREDENTIALS_INSECURE_ORIGIN, "http://evil-localhost.example"),
        withCredentials(CREDENTIALS_PUBLIC_SUFFIX, "https://*.com"),
        withCredentials(CREDENTIALS_PUBLIC_SUFFIX, "https://qa-*.com:*"),
        method(METHOD_INVALID, ERROR, ""),
        method(METHOD_INVALID, ERROR, "PUT POST"),
        method(METHOD_INVALID, ERROR, "PUT,POST"),
        method(METHOD_INVALID, ERROR, "PÜT"),
        method(METHOD_FORBIDDEN, ERROR, "CONNECT"),
        method(METHOD_FORBIDDEN, ERROR, "trace"),
        method(METHOD_FORBIDDEN, ERROR, "TracK"),
        method(METHOD_NORMALISED, WARNING, "put"),
        method(METHOD_NORMALISED, WARNING, "Delete"),
        method(METHOD_NORMALISED, WARNING, "get"),
        method(METHOD_SAFELISTED, WARNING, "GET"),
        method(METHOD_SAFELISTED, WARNING, "HEAD"),
        method(METHOD_SAFELISTED, WARNING, "POST"),
        method(METHOD_OPTIONS, INFO, "OPTIONS"),
        method(METHOD_WILDCARD, WARNING, "*"),
        method(METHOD_CASE, WARNING, "patch"),
        method(METHOD_CASE, WARNING, "Purge"),
        requestHeader(HEADER_INVALID, ERROR, ""),
        requestHeader(HEADER_INVALID, ERROR, "x a"),
        requestHeader(HEADER_INVALID, ERROR, "x-a,x-b"),
        requestHeader(HEADER_INVALID, ERROR, "x-a:"),
        requestHeader(HEADER_INVALID, ERROR, "x-\u212aey"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "Cookie"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "host"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "Origin"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "access-control-request-method"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "Sec-Fetch-Site"),
        requestHeader(REQUEST_HEADER_FORBIDDEN, ERROR, "proxy-anything"),
        requestHeader(REQUEST_HEADER_PROHIBITED, ERROR, "Access-Control-Allow-Origin"),
        requestHeader(REQUEST_HEADER_PROHIBITED, ERROR, "access-control-max-age"),
        requestHeader(NAME_PREFIX, WARNING, "x-amz-*"),
        requestHeader(NAME_PREFIX, WARNING, "X-Custom-*"),
        exposedHeader(NAME_PREFIX, WARNING, "x-amz-meta-*"),
        method(NAME_PREFIX, WARNING, "P*"),
        requestHeader(REQUEST_HEADER_METHOD_OVERRIDE, WARNING, "X-HTTP-Method-Override"),
        requestHeader(REQUEST_HEADER_SAFELISTED, WARNING, "Accept-Language"),
        requestHeader(REQUEST_HEADER_WILDCARD_NO_AUTH, WARNING, "*"),
        requestHeader(REQUEST_HEADER_TRUSTED, WARNING, "X-Forwarded-Host"),
        requestHeader(REQUEST_HEADER_TRUSTED, WARNING, "x-amzn-oidc-identity"),
        requestHeader(REQUEST_HEADER_TRUSTED, WARNING, "X-User-Id"),
        exposedHeader(HEADER_INVALID, ERROR, "x a"),
        exposedHeader(RESPONSE_HEADER_FORBIDDEN, ERROR, "Set-Cookie"),
        exposedHeader(RESPONSE_HEADER_FORBIDDEN, ERROR, "set-cookie2"),
        exposedHeader(RESPONSE_HEADER_PROHIBITED, ERROR, "Origin"),
        exposedHeader(RESPONSE_HEADER_PROHIBITED, ERROR, "Access-Control-Allow-Methods"),
        exposedHeader(RESPONSE_HEADER_SAFELISTED, WARNING, "Content-Type"),
        new Row(
            CREDENTIALS_EXPOSE_ALL,
            ERROR,
            "exposedHeaders",
            "*",
            b -> app(b).credentials(true).exposedHeaders("*")),
        exposedHeader(RESPONSE_HEADER_SECRET, WARNING, "X-Amz-Security-Token"),
        withCredentials(CREDENTIALS_NULL_ORIGIN, "/https:\\/\\/a\\.example|null/"),
        origins(ORIGIN_NULL, WARNING, "/https:\\/\\/a\\.example|null/"),
        new Row(MAX_AGE_MISSING, INFO, "maxAgeSeconds", "", b -> app(b).methods("PUT")),
        maxAge(MAX_AGE_RANGE, ERROR, -2),
        maxAge(MAX_AGE_RANGE, ERROR, 86_401),
        maxAge(MAX_AGE_RANGE, ERROR, Integer.MIN_VALUE),
        maxAge(MAX_AGE_CAPPED, WARNING, 7_201),
        maxAge(MAX_AGE_CAPPED, WARNING, 86_400),
        preflightStatus(199),
        preflightStatus(300),
        preflightStatus(0),
        refusedStatus(199),
        refusedStatus(300),
        refusedStatus(399),
        refusedStatus(500),
        resourcePolicy("Same-Site"),
        resourcePolicy("none"),
        resourcePolicy(""),
        refusedOrigin("https://b.example.com", "https://a.example.com"),
        refusedOrigin("https://a.example.com", "https://*.example.com"),
        refusedOrigin("https://*.example.com", "https://*.example.com"),
        refusedOrigin("https://a.example.com:*", "https://a.example.com:*"),
        refusedOrigin("*", "*"),
        refusedOrigin("null", "https://a.example.com"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isReported(Row row) {
    List<Problem> problems = row.policy.apply(CorsPolicy.builder()).problems();

    assertThat(problems)
        .extracting(Problem::code, Problem::severity, Problem::field, Problem::value)
        .containsOnlyOnce(tuple(row.code, row.severity, row.field, row.value));
    assertThat(problems).filteredOn(Problem::isError).hasSize(row.severity == ERROR ? 1 : 0);
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.message()).endsWith("."))
        .allSatisfy(problem -> assertThat(problem.fix()).endsWith("."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void stopsTheBuildIfItIsAnError(Row row) {
    CorsPolicy.Builder builder = row.policy.apply(CorsPolicy.builder());

    if (row.severity == ERROR) {
      assertThatThrownBy(builder::build)
          .isInstanceOfSatisfying(
              InvalidPolicyException.class,
              e -> assertThat(e.problems()).isEqualTo(builder.problems()))
          .hasMessageContaining(row.code.name());
    } else {
      assertThat(builder.build().warnings())
          .isEqualTo(builder.problems().stream().filter(p -> p.severity() == WARNING).toList());
    }
  }

  @Test
  void appsAreNotTheMachineTheyCallLocalhost() {
    assertThat(
            CorsPolicy.builder().origins("https://a.example", "capacitor://localhost").problems())
        .extracting(Problem::code)
        .containsExactly(ORIGIN_APP_SCHEME);
  }

  @Test
  void withoutPreflightsTheirCacheIsNoMatter() {
    assertThat(CorsPolicy.builder().origins("https://a.example").methods("GET").problems())
        .extracting(Problem::code)
        .containsExactly(METHOD_SAFELISTED);
  }

  /** A list may be long, and each entry is compared with all others only if it is redundant. */
  @Test
  void redundancyIsFoundInLongLists() {
    CorsPolicy.Builder builder = CorsPolicy.builder().origins("https://*.b.test:*");
    for (int i = 0; i < 20_000; i++) {
      builder.origins("https://x" + i + ".a.test", "https://*.x" + i + ".b.test");
    }
    assertThat(builder.problems())
        .filteredOn(problem -> problem.code() == ORIGIN_REDUNDANT)
        .hasSize(20_000);
  }

  /** Lists of other frameworks have several of them; they stop a policy once. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accept-encoding authorization dnt origin x-csrftoken | Remove accept-encoding, dnt and origin.
          Origin Content-Type Host                             | Remove Origin and Host.
          user-agent sec-fetch-mode                            | Remove it.
          """)
  void forbiddenHeadersAreToldTogether(String headers, String fix) {
    assertThat(app(CorsPolicy.builder()).requestHeaders(headers.split(" ")).problems())
        .filteredOn(Problem::isError)
        .extracting(Problem::code, Problem::fix)
        .containsExactly(tuple(REQUEST_HEADER_FORBIDDEN, fix));
  }

  @Test
  void everythingIsReportedAtOnceInTheOrderOfTheFields() {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .origins("null", "http://a.example.com", "https://a.example.com/", "*")
            .methods("TRACE", "put", "P T")
            .requestHeaders("cookie", "x a")
            .exposedHeaders("set-cookie", "*")
            .credentials(true)
            .maxAgeSeconds(86_401)
            .preflightStatus(404)
            .refusedStatus(302)
            .refusedOrigin("https://b.example.com");

    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly(
                        CREDENTIALS_NULL_ORIGIN,
                        CREDENTIALS_INSECURE_ORIGIN,
                        ORIGIN_PATH,
                        CREDENTIALS_ANY_ORIGIN,
                        ORIGIN_REDUNDANT,
                        ORIGIN_REDUNDANT,
                        METHOD_FORBIDDEN,
                        METHOD_NORMALISED,
                        METHOD_INVALID,
                        REQUEST_HEADER_FORBIDDEN,
                        HEADER_INVALID,
                        RESPONSE_HEADER_FORBIDDEN,
                        CREDENTIALS_EXPOSE_ALL,
                        MAX_AGE_RANGE,
                        PREFLIGHT_STATUS,
                        REFUSED_STATUS,
                        REFUSED_ORIGIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://*.com.", "https://qa-*.com.", "https://*.com.:*"})
  void trailingDotHidesNoPublicSuffix(String origin) {
    assertThat(CorsPolicy.builder().origins(origin).credentials(true).problems())
        .extracting(Problem::code)
        .contains(CREDENTIALS_PUBLIC_SUFFIX, ORIGIN_TRAILING_DOT);
  }

  /** What a reader found comes first, and what it could not read is not missing. */
  @Test
  void problemsOfTheReaderAreReportedWithTheOthers() {
    Problem reported = Problem.of(MAX_AGE_TYPE, "MAX_AGE", "5s");
    PolicySettings.Builder settings =
        PolicySettings.builder(path -> "my." + path)
            .unreadable(Key.MAX_AGE_SECONDS)
            .problem(reported)
            .set(Key.METHODS, List.of("PUT", "TRACE"));

    assertThat(settings.build().problems())
        .extracting(problem -> problem.code() + " " + problem.field())
        .containsExactly(
            "MAX_AGE_TYPE MAX_AGE", "ORIGINS_MISSING my.origins", "METHOD_FORBIDDEN my.methods");
    assertThat(settings.unreadable(Key.ORIGINS).build().problems())
        .extracting(Problem::code)
        .containsExactly(MAX_AGE_TYPE, METHOD_FORBIDDEN);
  }
}
