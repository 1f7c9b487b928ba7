package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any origin may read, and a list may write. */
class MethodScopeTest {
  private static final String APP = "https://app.example.com";

  private static CorsPolicies.Builder readers(boolean blocking) {
    return CorsPolicies.builder()
        .policy(
            PolicyScope.anywhere().method("GET"),
            CorsPolicy.builder().origins("*").requestHeaders("x-trace"))
        .policy(
            PolicyScope.anywhere(),
            CorsPolicy.builder()
                .origins(APP)
                .methods("PUT", "PATCH")
                .requestHeaders("content-type")
                .blockRefusedOrigins(blocking));
  }

  @ParameterizedTest(name = "{0} for {1} from {2}: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "GET, -, https://evil.test, ACTUAL ALLOWED *",
        "HEAD, -, https://evil.test, ACTUAL ORIGIN_NOT_ALLOWED -",
        "PUT, -, https://app.example.com, ACTUAL ALLOWED https://app.example.com",
        "PUT, -, https://evil.test, ACTUAL ORIGIN_NOT_ALLOWED -",
        "POST, -, https://evil.test, ACTUAL ORIGIN_NOT_ALLOWED -",
        "get, -, https://evil.test, ACTUAL NO_POLICY -",
        "Get, -, https://app.example.com, ACTUAL NO_POLICY -",
        "OPTIONS, -, https://evil.test, ACTUAL ORIGIN_NOT_ALLOWED -",
        "OPTIONS, GET, https://evil.test, PREFLIGHT ALLOWED *",
        "OPTIONS, PUT, https://app.example.com, PREFLIGHT ALLOWED https://app.example.com",
        "OPTIONS, PUT, https://evil.test, PREFLIGHT ORIGIN_NOT_ALLOWED -",
        "OPTIONS, DELETE, https://app.example.com, PREFLIGHT METHOD_NOT_ALLOWED -",
        "OPTIONS, get, https://evil.test, PREFLIGHT NO_POLICY -",
        "OPTIONS, gET, https://app.example.com, PREFLIGHT NO_POLICY -",
        "OPTIONS, 'GET, GET', https://evil.test, PREFLIGHT ORIGIN_NOT_ALLOWED -",
        "OPTIONS, GET, -, NON_CORS NO_ORIGIN -",
        "GET, PUT, https://evil.test, ACTUAL ALLOWED *",
      })
  void aPreflightCountsAsTheMethodThatItAsksFor(
      String method, String asked, String origin, String expected) {
    Map<String, List<String>> headers = new HashMap<>();
    if (origin != null) {
      headers.put("origin", List.of(origin));
    }
    if (asked != null) {
      headers.put("access-control-request-method", List.of(asked.split(", ")));
    }
    Decision decision = readers(true).build().decide(HttpRequest.of(method, headers));
    String allowed = decision.headers().get("Access-Control-Allow-Origin");

    assertThat(decision.kind().name() + " " + decision.reason().name() + " " + allowed)
        .isEqualTo(expected.replace(" -", " null"));
    boolean blocked = decision.kind() == Decision.Kind.ACTUAL && !decision.isAllowed();
    assertThat(decision.status().isPresent())
        .isEqualTo(blocked || decision.kind() == Decision.Kind.PREFLIGHT);
  }

  /** Fetch leaves patch as it is, and some servers take it for PATCH. */
  @ParameterizedTest(name = "{0}, blocking {2} {3}: {1}")
  @CsvSource({
    "PATCH, ALLOWED, false, false",
    "patch, NO_POLICY, false, false",
    "Patch, NO_POLICY, true, false",
    "pATCH, NO_POLICY, false, true",
    "PATCHES, ORIGIN_NOT_ALLOWED, true, false",
    "PUT, ORIGIN_NOT_ALLOWED, false, true"
  })
  void aMethodInAnotherCaseIsInNoScope(
      String method, Decision.Reason reason, boolean first, boolean second) {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(
                PolicyScope.anywhere().method("PATCH"),
                CorsPolicy.builder().origins(APP).methods("PATCH").blockRefusedOrigins(first))
            .policy(
                PolicyScope.anywhere(),
                CorsPolicy.builder().origins("https://b.example.com").blockRefusedOrigins(second))
            .build();
    Decision actual = policies.decide(Requests.actual(method, APP));
    Decision preflight = policies.decide(Requests.preflight(APP, method));

    assertThat(actual.reason()).isEqualTo(reason);
    assertThat(actual.headers().containsKey("Access-Control-Allow-Origin"))
        .isEqualTo(reason == Decision.Reason.ALLOWED);
    boolean inDoubt = reason == Decision.Reason.NO_POLICY;
    boolean blocked = !actual.isAllowed() && (inDoubt ? first || second : second);
    assertThat(actual.status().isPresent()).isEqualTo(blocked);
    assertThat(preflight.reason()).isEqualTo(reason);
  }

  @Test
  void headersOfOneMethodAreCachedForTheOther() {
    assertThat(readers(true).problems()).noneMatch(p -> p.code().name().startsWith("SCOPE"));
    assertThat(readers(false).problems())
        .filteredOn(problem -> problem.code() == PolicyCode.SCOPE_METHOD_UNBLOCKED)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.field()).isEqualTo("policies[1].policy.blockRefusedOrigins"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "GET, true",
    "PATCH, true",
    "VERSION-CONTROL, true",
    "PROPFIND, true",
    "get, false",
    "Patch, false",
    "OPTIONS, false",
    "*, false",
    "ANY, false",
    "ALL, false",
    "'GET,PUT', false",
    "'', false",
    "TRACE, false",
    "CONNECT, false",
    "G ET, false"
  })
  void isOneMethodThatPagesSend(String method, boolean valid) {
    List<Problem> problems =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().method(method), CorsPolicy.builder().origins("*"))
            .problems();

    assertThat(problems.stream().anyMatch(p -> p.code() == PolicyCode.SCOPE_METHOD))
        .isEqualTo(!valid);
    assertThat(problems)
        .filteredOn(p -> p.code() == PolicyCode.SCOPE_METHOD)
        .allMatch(p -> p.field().equals("policies[0].method"));
  }

  @Test
  void coversWhatHasTheSameMethod() {
    PolicyScope get = PolicyScope.anywhere().method("GET");
    PolicyScope put = PolicyScope.anywhere().method("PUT");

    assertThat(PolicyScope.anywhere().covers(get)).isTrue();
    assertThat(get.covers(PolicyScope.anywhere())).isFalse();
    assertThat(get.covers(put)).isFalse();
    assertThat(get.covers(get.path("/a"))).isTrue();
    assertThat(get).isEqualTo(PolicyScope.anywhere().method("GET")).isNotEqualTo(put);
    assertThat(get.stage("prod")).hasToString("stage prod, method GET");
  }
}
