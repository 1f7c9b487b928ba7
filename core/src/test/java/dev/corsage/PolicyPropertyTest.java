package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Any policy and any requests, beside {@link NaiveCors}. */
class PolicyPropertyTest {

  /** A policy, by its oracle, and what it is asked. */
  record Asked(NaiveCors oracle, List<NaiveCors.Request> requests) {}

  @Property(tries = 2_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void decidesAsTheOracleDoes(@ForAll("asked") Asked asked) {
    CorsPolicy policy = asked.oracle.policy();
    for (NaiveCors.Request request : asked.requests) {
      Decision decision = policy.decide(request.http());

      assertThat(NaiveCors.text(decision)).isEqualTo(asked.oracle.decide(request));
      Statistics.collect(decision.kind(), decision.isAllowed());
    }
    for (Decision.Kind kind : List.of(Decision.Kind.PREFLIGHT, Decision.Kind.ACTUAL)) {
      Statistics.coverage(all -> all.check(kind, true).percentage(share -> share > 4));
      Statistics.coverage(all -> all.check(kind, false).percentage(share -> share > 4));
    }
  }

  /** What must hold whatever the oracle says. */
  @Property
  void keepsItsPromises(@ForAll("asked") Asked asked) {
    CorsPolicy policy = asked.oracle.policy();
    boolean any = asked.oracle.origins().contains("*");
    for (NaiveCors.Request request : asked.requests) {
      Decision decision = policy.decide(request.http());
      Map<String, String> headers = decision.headers();
      String allowOrigin = headers.get("Access-Control-Allow-Origin");

      assertThat(NaiveCors.text(policy.decide(request.http()))).isEqualTo(NaiveCors.text(decision));
      if (decision.kind() != Decision.Kind.NON_CORS && decision.isAllowed()) {
        assertThat(allowOrigin).isEqualTo(any ? "*" : String.join(", ", request.origin()));
        assertThat(decision.reason()).isEqualTo(Decision.Reason.ALLOWED);
      }
      if (!decision.isAllowed()) {
        assertThat(allowOrigin).isEqualTo(fallback(asked.oracle, decision));
        assertThat(headers).hasSizeLessThanOrEqualTo(2);
      }
      if (!any) {
        assertThat(headers.get("Vary")).startsWith("Origin");
        assertThat(allowOrigin).isNotEqualTo("*");
      }
      // A header of the request must not become a line of the response or of the log.
      assertThat(headers.keySet()).allMatch(name -> name.matches("[A-Za-z-]+"));
      assertThat(headers.values()).allMatch(value -> value.matches("[ -~]+"));
      assertThat(decision.explanation()).matches("[ -~\u2026]+").hasSizeLessThan(3_000);
    }
  }

  private static String fallback(NaiveCors oracle, Decision decision) {
    return decision.kind() == Decision.Kind.PREFLIGHT ? oracle.refusedOrigin() : null;
  }

  @Provide
  Arbitrary<Asked> asked() {
    return policies()
        .flatMap(
            policy ->
                policy
                    .requests
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(5)
                    .map(requests -> new Asked(policy.oracle, requests)));
  }

  /** A policy and requests that are near to what it allows. */
  private record Near(NaiveCors oracle, Arbitrary<NaiveCors.Request> requests) {}

  private static Arbitrary<Near> policies() {
    Arbitrary<List<AllowedEntry>> entries = AllowedEntry.all().list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<List<String>> methods =
        Arbitraries.of("PUT", "DELETE", "PATCH", "patch", "x-Any", "GET", "*").list().ofMaxSize(3);
    Arbitrary<List<String>> headers =
        Arbitraries.of("authorization", "Content-Type", "x-a", "X-B", "x-kk", "x", "*")
            .list()
            .ofMaxSize(4);
    Arbitrary<List<String>> exposed = Arbitraries.of("etag", "X-A", "*").list().ofMaxSize(2);
    Arbitrary<Integer> maxAges = Arbitraries.of(-1, 0, 600, 86_400).injectNull(0.5);
    return Combinators.combine(
            entries, methods, headers, exposed, booleans(), maxAges, booleans(), booleans())
        .as(
            (list, method, header, expose, credentials, maxAge, blocks, fallback) -> {
              List<AllowedEntry> kept = new ArrayList<>(list);
              kept.removeIf(entry -> credentials && entry.pattern().equals("null"));
              List<String> origins = new ArrayList<>();
              kept.forEach(entry -> origins.add(entry.pattern()));
              if (method.contains("*") && !credentials && blocks) {
                origins.add("*");
              }
              List<String> exposes = new ArrayList<>(expose);
              exposes.removeIf(name -> credentials && name.equals("*"));
              String refused =
                  origins.stream()
                      .filter(o -> fallback && NaivePattern.isWellFormed(o))
                      .findFirst()
                      .orElse(null);
              NaiveCors oracle =
                  new NaiveCors(
                      origins, method, header, exposes, credentials, maxAge, blocks, refused);
              return new Near(oracle, requests(kept, oracle));
            });
  }

  private static Arbitrary<NaiveCors.Request> requests(
      List<AllowedEntry> entries, NaiveCors oracle) {
    Arbitrary<String> near =
        entries.isEmpty()
            ? Origins.wellFormed()
            : Arbitraries.of(entries).flatMap(AllowedEntry::members).flatMap(Origins::near);
    Arbitrary<String> exact =
        entries.isEmpty() ? near : Arbitraries.of(entries).flatMap(AllowedEntry::members);
    Arbitrary<List<String>> origins = lines(Arbitraries.oneOf(exact, near));
    List<String> allowed = new ArrayList<>(oracle.methods());
    allowed.add("GET");
    Arbitrary<String> strange =
        Arbitraries.of("PUT", "patch", "x-Any", "get", "", "TRACE", "Connect", "PUT ", "A B", "\n");
    Arbitrary<List<String>> methods =
        lines(Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(allowed)), Tuple.of(1, strange)));
    Arbitrary<List<String>> headers =
        oracle.requestHeaders().isEmpty()
            ? Arbitraries.just(List.of())
            : RequestedHeaders.linesOf(oracle.requestHeaders());
    return Combinators.combine(
            Arbitraries.of("OPTIONS", "OPTIONS", "OPTIONS", "GET", "PUT", "options"),
            origins,
            methods,
            Arbitraries.oneOf(headers, headers, RequestedHeaders.lines()),
            Arbitraries.oneOf(exact, near).injectNull(0.5))
        .as(NaiveCors.Request::new);
  }

  /** Mostly one line, as browsers send. */
  private static Arbitrary<List<String>> lines(Arbitrary<String> line) {
    return Arbitraries.frequencyOf(
        Tuple.of(12, line.list().ofSize(1)),
        Tuple.of(1, line.list().ofSize(0)),
        Tuple.of(1, line.list().ofSize(2)));
  }

  private static Arbitrary<Boolean> booleans() {
    return Arbitraries.of(false, true);
  }
}
