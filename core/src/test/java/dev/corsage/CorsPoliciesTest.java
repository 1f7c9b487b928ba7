package dev.corsage;

import static dev.corsage.PolicyCode.ORIGIN_PATH;
import static dev.corsage.PolicyCode.POLICIES_EMPTY;
import static dev.corsage.PolicyCode.SCOPE_API_ID;
import static dev.corsage.PolicyCode.SCOPE_DOMAIN;
import static dev.corsage.PolicyCode.SCOPE_PATH;
import static dev.corsage.PolicyCode.SCOPE_SHADOWED;
import static dev.corsage.PolicyCode.SCOPE_STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorsPoliciesTest {
  private static final String PAGE = "https://app.example.com";

  /** A request to somewhere; what is null is not known. */
  private record At(String stage, String apiId, String domain, String path, HttpRequest request)
      implements HttpRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public List<String> header(String name) {
      return request.header(name);
    }
  }

  private static At path(String path) {
    return new At("prod", "a1", "api.example.com", path, Requests.actual("GET", PAGE));
  }

  /** The policies say by a header of theirs which of them decided. */
  private static CorsPolicy.Builder named(String name) {
    return CorsPolicy.builder().origins(PAGE).exposedHeaders(name);
  }

  private static String decidedBy(CorsPolicies policies, HttpRequest request) {
    return policies.decide(request).headers().get("Access-Control-Expose-Headers");
  }

  private static final CorsPolicies BY_PATH =
      CorsPolicies.builder()
          .policy(PolicyScope.anywhere().path("/public/open"), named("exact"))
          .policy(PolicyScope.anywhere().path("/public/*"), named("public"))
          .policy(PolicyScope.anywhere().path("/caf\u00e9/*"), named("cafe"))
          .policy(PolicyScope.anywhere().path("/a b"), named("space"))
          .policy(PolicyScope.anywhere().path("/"), named("root"))
          .build();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          /public/open,              exact
          /public/open/,             public
          /public/open/x,            public
          /public/,                  public
          /public/a/b,               public
          /public,                   -
          /publications,             -
          /PUBLIC/a,                 -
          /Public/a,                 -
          /public/../admin,          -
          /public/..%2fadmin,        -
          /public/%2e%2e/admin,      -
          /public/%252e%252e/admin,  -
          /public/..;/admin,         -
          /public%2fx,               -
          /public;x/a,               -
          /admin//../public/x,       -
          /public/%20,               -
          /%70ublic/x,               public
          /admin/../public/x,        public
          /admin/..%5cpublic/x,      -
          //public//x,               public
          /x/public/a,               -
          /caf%C3%A9/menu,           cafe
          /caf%c3%a9/menu,           cafe
          /caf%E9/menu,              -
          /a%20b,                    space
          /a+b,                      -
          /,                         root
          //,                        root
          /x/..,                     root
          -,                         -
          """)
  void thePathDecides(String path, String policy) {
    assertThat(decidedBy(BY_PATH, path(path))).isEqualTo(policy);
  }

  /** flask-cors, CVE-2024-6839: a longer expression must not win over the one that is first. */
  @Test
  void cve20246839FirstMatchWins() {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().path("/a/b/*"), named("narrow"))
            .policy(PolicyScope.anywhere().path("/a/*"), named("wide"))
            .build();

    assertThat(decidedBy(policies, path("/a/b/c/d/e/f"))).isEqualTo("narrow");
    assertThat(decidedBy(policies, path("/a/c"))).isEqualTo("wide");
  }

  /** flask-cors, CVE-2024-6844: a plus in a path is no space. */
  @Test
  void cve20246844PlusIsNoSpace() {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().path("/service+1/*"), named("plus"))
            .build();

    assertThat(decidedBy(policies, path("/service+1/x"))).isEqualTo("plus");
    assertThat(decidedBy(policies, path("/service 1/x"))).isNull();
    assertThat(decidedBy(policies, path("/service%201/x"))).isNull();
    assertThat(decidedBy(policies, path("/service%2B1/x"))).isEqualTo("plus");
  }

  /** flask-cors, CVE-2024-6866: paths differ by case. */
  @Test
  void cve20246866PathsAreCaseSensitive() {
    CorsPolicies policies =
        CorsPolicies.builder().policy(PolicyScope.anywhere().path("/Public/*"), named("p")).build();

    assertThat(decidedBy(policies, path("/Public/x"))).isEqualTo("p");
    assertThat(decidedBy(policies, path("/public/x"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          prod,  a1, api.example.com, stage-and-domain
          prod,  a1, API.Example.COM, stage-and-domain
          prod,  a1, api.example.net, stage
          prod,  -,  api.example.com, stage-and-domain
          prod,  b2, other.example,   stage
          dev,   b2, api.example.com, api
          dev,   a1, api.example.com, rest
          Prod,  a1, api.example.com, rest
          -,     a1, api.example.com, -
          prod,  a1, -,               -
          dev,   a1, -,               rest
          dev,   -,  api.example.com, -
          prod,  a1, api.example.com., stage-and-domain
          prod,  a1, api.example.com:443, -
          prod,  a1, '',              -
          """)
  void theFirstPlaceThatFitsDecidesAndWhatIsNotKnownEndsTheSearch(
      String stage, String api, String domain, String policy) {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(
                PolicyScope.anywhere().stage("prod").domain("api.example.com"),
                named("stage-and-domain"))
            .policy(PolicyScope.anywhere().stage("prod"), named("stage"))
            .policy(PolicyScope.anywhere().apiId("b2"), named("api"))
            .policy(PolicyScope.anywhere(), named("rest"))
            .build();
    At request = new At(stage, api, domain, "/x", Requests.actual("GET", PAGE));

    assertThat(decidedBy(policies, request)).isEqualTo(policy);
  }

  /** A path with two readings must not fall through to a policy that asks for no path. */
  @Test
  void anAmbiguousPathFindsNoPolicy() {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().path("/admin/*"), named("strict"))
            .policy(PolicyScope.anywhere(), named("lax"))
            .build();

    assertThat(decidedBy(policies, path("/other"))).isEqualTo("lax");
    assertThat(decidedBy(policies, path("/x/..;/admin/y"))).isNull();
    assertThat(decidedBy(policies, path("/x/%252e%252e/admin/y"))).isNull();
    assertThat(decidedBy(policies, path(null))).isNull();
  }

  /** In doubt no handler may see what the policy that is meant would keep from it. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"/other, 0", "/x/..;/admin/y, 403", "/open/x, 0", "/open/..;/x, 403"})
  void inDoubtWhatOnePolicyBlocksIsBlocked(String path, int status) {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().path("/open/*"), named("open"))
            .policy(PolicyScope.anywhere().path("/admin/*"), named("a").blockRefusedOrigins(true))
            .build();

    assertThat(policies.decide(path(path)).status().orElse(0)).isEqualTo(status);
  }

  /** Another spelling of a path must not free its response from what the policy restricts. */
  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "/admin/x,       same-origin, true",
    "/admin/..;/x,   same-origin, true",
    "/public/x,      same-site,   false",
    "/public/x;y/../z, same-origin, true",
    "/other,         -,           false",
  })
  void inDoubtTheStrictestRestrictionsApply(String path, String policy, boolean timing) {
    PolicyScope at = PolicyScope.anywhere();
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(at.path("/public/*"), named("public").resourcePolicy("same-site"))
            .policy(
                at.path("/admin/*"),
                named("a").resourcePolicy("same-origin").timingAllowOrigin(true))
            .policy(at.path("/open/*"), named("open").resourcePolicy("cross-origin"))
            .build();
    Decision decision =
        policies.decide(
            new At("prod", "a1", "d", path, Requests.actual("GET", "https://evil.example.com")));

    assertThat(decision.headers().getOrDefault("Cross-Origin-Resource-Policy", "-"))
        .isEqualTo(policy);
    assertThat(decision.headers()).doesNotContainKey("Timing-Allow-Origin");
    assertThat(decision.replaces("Timing-Allow-Origin")).isEqualTo(timing);
  }

  @Test
  void noPolicyMeansNoCors() {
    At preflight = new At("prod", "a1", "d", "/no", Requests.preflight(PAGE, "PUT"));
    At plain = new At("prod", "a1", "d", "/no", HttpRequest.of("GET", Map.of()));

    assertThat(BY_PATH.decide(preflight))
        .hasToString(
            "preflight refused no-policy {Vary=Origin, Access-Control-Request-Method,"
                + " Access-Control-Request-Headers}");
    assertThat(BY_PATH.decide(preflight).status()).hasValue(403);
    assertThat(BY_PATH.decide(preflight).hint()).isEmpty();
    assertThat(BY_PATH.decide(path("/no"))).hasToString("actual refused no-policy {Vary=Origin}");
    assertThat(BY_PATH.decide(path("/no")).status()).isEmpty();
    assertThat(BY_PATH.decide(path("/no")).explanation()).contains("No policy applies");
    assertThat(BY_PATH.decide(plain)).hasToString("non-cors allowed no-origin {Vary=Origin}");
  }

  record Bad(PolicyCode code, String field, CorsPolicies.Builder policies) {
    @Override
    public String toString() {
      return code + " " + field;
    }
  }

  private static Bad place(PolicyCode code, String field, PolicyScope place) {
    return new Bad(code, field, CorsPolicies.builder().policy(place, named("a")));
  }

  static List<Bad> bad() {
    PolicyScope at = PolicyScope.anywhere();
    return List.of(
        new Bad(POLICIES_EMPTY, "policies", CorsPolicies.builder()),
        place(SCOPE_STAGE, "policies[0].stage", at.stage("")),
        place(SCOPE_STAGE, "policies[0].stage", at.stage("prod/v1")),
        place(SCOPE_STAGE, "policies[0].stage", at.stage("*")),
        place(SCOPE_API_ID, "policies[0].apiId", at.apiId("a b")),
        place(SCOPE_DOMAIN, "policies[0].domain", at.domain("API.example.com")),
        place(SCOPE_DOMAIN, "policies[0].domain", at.domain("https://api.example.com")),
        place(SCOPE_DOMAIN, "policies[0].domain", at.domain("*.example.com")),
        place(SCOPE_DOMAIN, "policies[0].domain", at.domain("api.example.com:443")),
        place(SCOPE_PATH, "policies[0].path", at.path("")),
        place(SCOPE_PATH, "policies[0].path", at.path("public")),
        place(SCOPE_PATH, "policies[0].path", at.path("*")),
        place(SCOPE_PATH, "policies[0].path", at.path("/public*")),
        place(SCOPE_PATH, "policies[0].path", at.path("/*/orders")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a/../b")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a//b")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a%20b")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a?b")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a\\b")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a/{proxy+}")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a;b/*")),
        place(SCOPE_PATH, "policies[0].path", at.path("/a /b")),
        new Bad(
            SCOPE_SHADOWED,
            "policies[1]",
            CorsPolicies.builder().policy(at, named("a")).policy(at.path("/x"), named("b"))),
        new Bad(
            SCOPE_SHADOWED,
            "policies[1]",
            CorsPolicies.builder()
                .policy(at.path("/x/*"), named("a"))
                .policy(at.path("/x/y").stage("prod"), named("b"))),
        new Bad(
            SCOPE_SHADOWED,
            "policies[1]",
            CorsPolicies.builder()
                .policy(at.stage("prod"), named("a"))
                .policy(at.stage("prod"), named("b"))),
        new Bad(
            ORIGIN_PATH,
            "policies[1].policy.origins",
            CorsPolicies.builder()
                .policy(at.path("/x"), named("a"))
                .policy(at, CorsPolicy.builder().origins("https://a.example/"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void isAnError(Bad row) {
    assertThat(row.policies.problems())
        .filteredOn(Problem::isError)
        .extracting(problem -> problem.code() + " " + problem.field())
        .containsExactly(row.code + " " + row.field);
    assertThatThrownBy(row.policies::build)
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(row.code.name());
  }

  @Test
  void whatIsOddAboutAPlaceIsAWarning() {
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(
                PolicyScope.anywhere().domain("api.example.com").path("/a"),
                CorsPolicy.builder().origins("https://api.example.com"))
            .policy(
                PolicyScope.anywhere().stage("Prod"),
                CorsPolicy.builder().origins("http://localhost:3000").methods("PUT"))
            .build();

    assertThat(policies.warnings())
        .extracting(problem -> problem.code() + " " + problem.field())
        .containsExactly(
            "ORIGIN_OF_API policies[0].policy.origins",
            "ORIGIN_LOOPBACK policies[1].policy.origins");
    assertThat(policies.warnings()).hasSize(2);
  }

  @Test
  void aPlaceSaysWhatItAsksFor() {
    PolicyScope place =
        PolicyScope.anywhere().stage("prod").apiId("a1").domain("d.example").path("/x/*");
    assertThat(place).hasToString("stage prod, API a1, domain d.example, path /x/*");
    assertThat(PolicyScope.anywhere()).hasToString("anywhere");
    assertThat(PolicyScope.anywhere().stage("prod"))
        .isEqualTo(PolicyScope.anywhere().stage("prod"))
        .hasSameHashCodeAs(PolicyScope.anywhere().stage("prod"))
        .isNotEqualTo(PolicyScope.anywhere().stage("dev"))
        .isNotEqualTo(PolicyScope.anywhere());
  }
}
