package dev.corsage;

import static dev.corsage.PolicyCode.SCOPE_SHADOWED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** A request is decided by the policy of the first place it is in, and by none if in doubt. */
class PolicyScopePropertyTest {
  private static final String[] ALLOWED = {"Access-Control-Allow-Origin", "Vary"};
  private static final String[] REFUSED = {"Vary"};

  @Property(tries = 5_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void aPathHasTheFormThatTheOracleFinds(@ForAll("paths") String sent) {
    String resolved = RequestPath.resolve(sent);

    assertThat(resolved).isEqualTo(NaivePath.resolve(sent));
    if (resolved != null) {
      assertThat(resolved).startsWith("/").doesNotContain("//");
      assertThat(List.of(resolved.split("/", -1))).doesNotContain(".", "..");
    }
    Statistics.collect(resolved != null);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 20));
  }

  @Property
  void whatIsResolvedStaysAsItIs(@ForAll("paths") String sent) {
    String resolved = RequestPath.resolve(sent);
    // A percent sign that is there by itself begins an escape when it is read again.
    if (resolved != null && resolved.indexOf('%') < 0) {
      assertThat(RequestPath.resolve(resolved)).isEqualTo(resolved);
    }
  }

  /** Where a request was sent to, and from which origin; null is not known. */
  record Sent(String stage, String apiId, String domain, String path, String origin)
      implements HttpRequest {
    Sent(String stage, String apiId, String domain, String path) {
      this(stage, apiId, domain, path, "https://evil.test");
    }

    Sent from(String otherOrigin) {
      return new Sent(stage, apiId, domain, path, otherOrigin);
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public List<String> header(String name) {
      return name.equals("origin") ? List.of(origin) : List.of();
    }
  }

  /** A place, part by part; null is not asked for. */
  record Part(String stage, String apiId, String domain, String path) {
    PolicyScope place() {
      PolicyScope place = PolicyScope.anywhere();
      place = stage == null ? place : place.stage(stage);
      place = apiId == null ? place : place.apiId(apiId);
      place = domain == null ? place : place.domain(domain);
      return path == null ? place : place.path(path);
    }

    PolicyScope.Match matches(Sent sent) {
      List<PolicyScope.Match> all = new ArrayList<>();
      all.add(equal(stage, sent.stage));
      all.add(equal(apiId, sent.apiId));
      // Names of hosts have no case, and these here no letters beyond ASCII.
      String lowerCase =
          sent.domain == null ? null : sent.domain.replace("API", "api").replace("test.", "test");
      all.add(equal(domain, lowerCase));
      if (path != null) {
        all.add(sent.path == null ? PolicyScope.Match.UNKNOWN : NaivePath.match(path, sent.path));
      }
      return all.contains(PolicyScope.Match.NO)
          ? PolicyScope.Match.NO
          : all.contains(PolicyScope.Match.UNKNOWN)
              ? PolicyScope.Match.UNKNOWN
              : PolicyScope.Match.YES;
    }

    private static PolicyScope.Match equal(String wanted, String value) {
      if (wanted == null) {
        return PolicyScope.Match.YES;
      }
      return value == null
          ? PolicyScope.Match.UNKNOWN
          : wanted.equals(value) ? PolicyScope.Match.YES : PolicyScope.Match.NO;
    }
  }

  @Property(tries = 3_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void theFirstPlaceDecides(@ForAll("places") List<Part> places, @ForAll("sent") List<Sent> sent) {
    CorsPolicies.Builder builder = CorsPolicies.builder();
    for (int i = 0; i < places.size(); i++) {
      builder.policy(places.get(i).place(), CorsPolicy.builder().origins(origin(i)));
    }
    List<String> shadowed =
        builder.problems().stream().filter(Problem::isError).map(Problem::field).toList();
    assertThat(builder.problems())
        .filteredOn(Problem::isError)
        .allMatch(PolicyScopePropertyTest::isShadow);
    for (Sent request : sent) {
      int expected = first(places, request);
      assertThat(shadowed).doesNotContain("policies[" + expected + "]");
      if (shadowed.isEmpty()) {
        CorsPolicies policies = builder.build();
        for (int i = 0; i < places.size(); i++) {
          assertThat(policies.decide(request.from(origin(i))).headers())
              .containsOnlyKeys(i == expected ? ALLOWED : REFUSED);
        }
        Statistics.collect(expected >= 0);
      }
    }
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 10));
  }

  private static boolean isShadow(Problem problem) {
    return problem.code() == SCOPE_SHADOWED;
  }

  private static String origin(int number) {
    return "https://p" + number + ".test";
  }

  /** Returns the number of the first place that the request is in; -1 if none is, or in doubt. */
  private static int first(List<Part> places, Sent sent) {
    return IntStream.range(0, places.size())
        .filter(i -> places.get(i).matches(sent) != PolicyScope.Match.NO)
        .findFirst()
        .stream()
        .filter(i -> places.get(i).matches(sent) == PolicyScope.Match.YES)
        .findFirst()
        .orElse(-1);
  }

  @Provide
  Arbitrary<String> paths() {
    return Paths.sent();
  }

  @Provide
  Arbitrary<List<Part>> places() {
    return Combinators.combine(
            Arbitraries.of("prod", "dev", "$default").injectNull(0.6),
            Arbitraries.of("a1", "b2").injectNull(0.8),
            Arbitraries.of("api.a.test", "b.test").injectNull(0.8),
            Paths.places().injectNull(0.3))
        .as(Part::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Sent>> sent() {
    return Combinators.combine(
            Arbitraries.of("prod", "dev", "$default", "Prod").injectNull(0.1),
            Arbitraries.of("a1", "b2", "A1").injectNull(0.1),
            Arbitraries.of("api.a.test", "API.a.test", "b.test", "b.test.").injectNull(0.1),
            Paths.sent().injectNull(0.05))
        .as(Sent::new)
        .list()
        .ofSize(5);
  }
}
