package dev.corsage.probe;

import static dev.corsage.probe.ProbeCode.ANY_ORIGIN_REFLECTED;
import static dev.corsage.probe.ProbeCode.MAX_AGE_MISSING;
import static dev.corsage.probe.ProbeCode.NULL_TRUSTED;
import static dev.corsage.probe.ProbeCode.POLICY_DIFFERS;
import static dev.corsage.probe.ProbeCode.PREFIX_TRUSTED;
import static dev.corsage.probe.ProbeCode.PREFLIGHT_NO_ROUTE;
import static dev.corsage.probe.ProbeCode.SUFFIX_TRUSTED;
import static dev.corsage.probe.StandIn.allowed;
import static dev.corsage.probe.StandIn.allowing;
import static dev.corsage.probe.StandIn.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.probe.StandIn.Reply;
import dev.corsage.probe.StandIn.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An API beside the policy that it should keep. */
class PolicyTest {
  private static final String EXACT =
      "{\"origins\": [\"https://app.example.com\"], \"methods\": [\"PUT\"],"
          + " \"requestHeaders\": [\"content-type\"], \"maxAgeSeconds\": 600}";

  private static final String EMBEDDED =
      EXACT.replace("{", "{\"timingAllowOrigin\": true, \"resourcePolicy\": \"same-site\", ");

  private static final String SUBDOMAINS = EXACT.replace("app.example.com\"", "*.example.com\"");

  record Row(String name, String policy, Function<Request, Reply> api, Set<ProbeCode> codes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(
      String name, String policy, Function<Request, Reply> api, ProbeCode... codes) {
    return new Row(name, policy, api, Set.of(codes));
  }

  /** Returns an API that does what the policy says. */
  private static Function<Request, Reply> keeping(String document) {
    CorsDecider policy = PolicyDocument.parse(document);
    return request -> {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      if (request.origin() != null) {
        headers.put("Origin", List.of(request.origin()));
      }
      if (request.isPreflight()) {
        headers.put("Access-Control-Request-Method", List.of("PUT"));
        headers.put("Access-Control-Request-Headers", List.of("content-type"));
      }
      Decision decision = policy.decide(HttpRequest.of(request.method(), headers));
      List<String> lines = new ArrayList<>();
      decision.headers().forEach((name, value) -> lines.add(name + ": " + value));
      return new Reply(decision.status().orElse(200), lines, "");
    };
  }

  static Stream<Row> rows() {
    return Stream.of(
        row("kept", EXACT, keeping(EXACT)),
        row("kept, with subdomains", SUBDOMAINS, keeping(SUBDOMAINS)),
        row(
            "kept, public",
            EXACT.replace("https://app.example.com", "*"),
            keeping(EXACT.replace("https://app.example.com", "*"))),
        row("kept, with timing and embedding", EMBEDDED, keeping(EMBEDDED)),
        row("pages may not read timing any more", EMBEDDED, keeping(EXACT), POLICY_DIFFERS),
        row("the application sends its own", EXACT, keeping(EMBEDDED)),
        row("an older policy", EXACT, keeping(EXACT.replace("600", "60")), POLICY_DIFFERS),
        row(
            "another method",
            EXACT,
            keeping(EXACT.replace("\"PUT\"", "\"PUT\", \"DELETE\"")),
            POLICY_DIFFERS),
        row(
            "another header",
            EXACT,
            keeping(EXACT.replace("\"content-type\"", "\"content-type\", \"x-a\"")),
            POLICY_DIFFERS),
        row(
            "a header less is exposed",
            EXACT.replace("{", "{\"exposedHeaders\": [\"x-total\"], "),
            keeping(EXACT),
            POLICY_DIFFERS),
        row(
            "the page is not allowed",
            EXACT.replace("app.", "www."),
            keeping(EXACT),
            POLICY_DIFFERS),
        row(
            "the page is not allowed any more",
            EXACT,
            keeping(EXACT.replace("app.", "www.")),
            ProbeCode.PREFLIGHT_STATUS,
            POLICY_DIFFERS),
        row(
            "any port",
            EXACT,
            keeping(EXACT.replace("app.example.com", "app.example.com:*")),
            POLICY_DIFFERS),
        row(
            "Max-Age is missing",
            EXACT,
            on(keeping(EXACT), Request::isPreflight, r -> r.without("Access-Control-Max-Age")),
            MAX_AGE_MISSING),
        row(
            "no route",
            EXACT,
            on(keeping(EXACT), Request::isPreflight, r -> StandIn.http(404, "Not Found")),
            PREFLIGHT_NO_ROUTE),
        row(
            "everything is reflected",
            EXACT,
            r ->
                r.origin() == null || r.origin().equals(StandIn.PAGE)
                    ? keeping(EXACT).apply(r)
                    : allowing(o -> true).apply(r),
            ANY_ORIGIN_REFLECTED),
        row(
            "null",
            EXACT,
            r -> "null".equals(r.origin()) ? allowing(o -> true).apply(r) : keeping(EXACT).apply(r),
            NULL_TRUSTED),
        row(
            "a prefix",
            EXACT,
            r ->
                r.origin() != null && r.origin().startsWith(StandIn.PAGE + ".")
                    ? allowing(o -> true).apply(r)
                    : keeping(EXACT).apply(r),
            PREFIX_TRUSTED),
        row(
            "a suffix beside subdomains",
            SUBDOMAINS,
            r ->
                r.origin() != null && r.origin().endsWith("evilexample.com")
                    ? allowing(o -> true).apply(r)
                    : keeping(SUBDOMAINS).apply(r),
            SUFFIX_TRUSTED),
        row(
            "credentials",
            EXACT,
            on(
                keeping(EXACT),
                r -> true,
                allowed(r -> r.with("Access-Control-Allow-Credentials: true"))),
            POLICY_DIFFERS));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void differsOnlyWhereNothingElseSaysWhy(Row row) throws Exception {
    try (StandIn server = new StandIn(row.api)) {
      ProbeReport report =
          server
              .probe()
              .method("PUT")
              .header("content-type", "application/json")
              .policy(PolicyDocument.parse(row.policy))
              .run();

      assertThat(new TreeSet<>(report.codes()))
          .as(report.findings().toString())
          .isEqualTo(new TreeSet<>(row.codes));
    }
  }

  @Test
  void theRequestThatShowsItIsNamed() throws Exception {
    try (StandIn server = new StandIn(keeping(EXACT.replace("600", "60")))) {
      ProbeReport report =
          server
              .probe()
              .method("PUT")
              .header("content-type", "application/json")
              .policy(PolicyDocument.parse(EXACT))
              .run();

      assertThat(report.findings())
          .extracting(Finding::message)
          .containsExactly(
              "OPTIONS /items with Origin: https://app.example.com, Access-Control-Request-Method:"
                  + " PUT, Access-Control-Request-Headers: content-type: the policy allows it and"
                  + " sends Access-Control-Max-Age: 600, the API sends Access-Control-Max-Age: 60.");
    }
  }
}
