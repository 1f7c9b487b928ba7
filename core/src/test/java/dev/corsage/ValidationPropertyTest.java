package dev.corsage;

import static dev.corsage.Problem.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever stands in a policy: problems are told, and nothing dangerous is built. */
class ValidationPropertyTest {
  private static final Set<String> FIELDS =
      Set.of(
          "origins",
          "methods",
          "requestHeaders",
          "exposedHeaders",
          "maxAgeSeconds",
          "preflightStatus",
          "refused.status",
          "refused.origin");

  /** What somebody wrote into a policy. */
  record Written(
      List<String> origins,
      List<String> methods,
      List<String> requestHeaders,
      List<String> exposedHeaders,
      List<Integer> numbers,
      List<Boolean> flags) {

    CorsPolicy.Builder builder() {
      CorsPolicy.Builder builder =
          CorsPolicy.builder()
              .methods(methods)
              .requestHeaders(requestHeaders)
              .exposedHeaders(exposedHeaders)
              .maxAgeSeconds(numbers.get(0))
              .preflightStatus(numbers.get(1))
              .refusedStatus(numbers.get(2))
              .credentials(flags.get(0))
              .tolerateInsecureOrigins(flags.get(1))
              .toleratePublicSuffixes(flags.get(2))
              .tolerateNullOrigin(flags.get(3));
      if (flags.get(4)) {
        builder.refusedOrigin(origins.isEmpty() ? "" : origins.get(0));
      }
      // Whether anything is said of the origins, or not.
      return origins.isEmpty() && flags.get(5) ? builder : builder.origins(origins);
    }
  }

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void whatIsWrongIsTold(@ForAll("junk") Written written) {
    CorsPolicy.Builder builder = written.builder();
    List<Problem> problems = builder.problems();
    boolean wrong = problems.stream().anyMatch(Problem::isError);

    assertThat(problems).allSatisfy(ValidationPropertyTest::isComplete);
    if (wrong) {
      assertThatThrownBy(builder::build)
          .isInstanceOfSatisfying(
              InvalidPolicyException.class,
              refused -> assertThat(refused.problems()).isEqualTo(problems));
    } else {
      assertThat(builder.build().warnings())
          .isEqualTo(problems.stream().filter(p -> p.severity() == WARNING).toList());
    }
    Statistics.collect(wrong);
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 3));
  }

  private static void isComplete(Problem problem) {
    assertThat(FIELDS).contains(problem.field());
    assertThat(problem.message()).matches("(?s)[A-Z].*[.]");
    assertThat(problem.fix()).matches("(?s)[A-Z].*[.]");
    // One line of a log, whatever was written.
    assertThat(problem.toString()).doesNotContain("\n", "\r", "\u001b", "\u2028");
  }

  /** Every origin written below ends in one of two domains; these are somebody else's. */
  private static final List<String> STRANGERS =
      List.of(
          "null",
          "https://evil.test",
          "https://evilexample.com",
          "https://a.evilexample.com",
          "https://evil-example.com",
          "https://evilexample.org",
          "https://example.com.evil.test",
          "https://app.example.com.evil.test",
          "https://examplexcom",
          "https://app-example.com",
          "https://evil.com",
          "https://example.community",
          "https://appxexample.com",
          "https://evil.test/.example.com",
          "https://evil.test?.example.com",
          "https://user@example.com",
          "https://example.com@evil.test",
          "https://EXAMPLE.com",
          "http://example.com",
          "http://app.example.com",
          "http://a.example.com",
          "http://a.b.example.org:8080",
          "ws://app.example.com",
          "app://app.example.com",
          "");

  @Property(tries = 2_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void nothingThatLetsStrangersInIsBuilt(@ForAll("tempting") List<String> origins) {
    CorsPolicy.Builder builder = CorsPolicy.builder().origins(origins).credentials(true);
    boolean builds = builder.problems().stream().noneMatch(Problem::isError);
    if (builds) {
      CorsPolicy policy = builder.build();
      for (String stranger : STRANGERS) {
        boolean allowed = policy.decide(Requests.actual("GET", stranger)).isAllowed();
        // A packaged application may be listed; nobody on the network has its origin.
        boolean listed = stranger.startsWith("app:") && origins.contains(stranger);
        assertThat(allowed).as(stranger).isEqualTo(listed);
      }
    }
    Statistics.collect(builds);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 3));
  }

  @Provide
  Arbitrary<Written> junk() {
    Arbitrary<String> written = AllowedEntry.all().map(AllowedEntry::pattern);
    Arbitrary<String> expressions =
        Arbitraries.strings().withChars("/(a[b.*\\)]+?{1,}|^$&-:").ofMaxLength(12);
    Arbitrary<String> strange =
        Arbitraries.oneOf(
            written.flatMap(Origins::near),
            Origins.wellFormed().flatMap(Origins::near),
            expressions.map(expression -> "/" + expression + "/"),
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of("*", "null", "", " ", "https://*", "https://*.com", "https://*.co.uk"));
    Arbitrary<List<String>> origins = mostly(written, strange).list().ofMaxSize(3);
    Arbitrary<String> names =
        mostly(
            Arbitraries.of("PUT", "put", "x-a", "X-A", "etag", "range", "authorization"),
            Arbitraries.oneOf(
                Arbitraries.of("TRACE", "cookie", "sec-a", "*", "", "set-cookie", "origin"),
                Arbitraries.strings().ofMaxLength(6)));
    Arbitrary<Integer> odd =
        Arbitraries.of(-2, -1, 0, 199, 300, 399, 400, 499, 500, 7_201, 86_401, 1 << 31);
    Arbitrary<List<Integer>> numbers = mostly(Arbitraries.of(200, 204, 299), odd).list().ofSize(3);
    Arbitrary<List<String>> few = names.list().ofMaxSize(2);
    return Combinators.combine(origins, few, few, few, numbers, flags()).as(Written::new);
  }

  private static <T> Arbitrary<T> mostly(Arbitrary<T> good, Arbitrary<T> strange) {
    return Arbitraries.frequencyOf(Tuple.of(6, good), Tuple.of(1, strange));
  }

  private static Arbitrary<List<Boolean>> flags() {
    return Arbitraries.of(false, true).list().ofSize(6);
  }

  /** Entries that somebody could write for his own example.com and example.org. */
  @Provide
  Arbitrary<List<String>> tempting() {
    Arbitrary<String> schemes = Arbitraries.of("https", "https", "https", "http", "https?", "app");
    Arbitrary<String> hosts =
        Arbitraries.of(
            "", "app.", "*.", "qa-*.", "*", "a.b.", "app", "*app.", "app*.", "*-", "evil*", "*.*.");
    Arbitrary<String> bases =
        Arbitraries.of(
            "example.com",
            "example.org",
            "example.com",
            "com",
            "example.com.",
            "*",
            "example.*",
            "example.com*",
            "localhost");
    Arbitrary<String> ports = Arbitraries.of("", "", ":8080", ":*", "/", "*");
    Arbitrary<String> written =
        Combinators.combine(schemes, hosts, bases, ports)
            .as((scheme, host, base, port) -> scheme + "://" + host + base + port);
    Arbitrary<String> free =
        Arbitraries.of(
            "app\\.",
            "",
            ".*\\.",
            ".*",
            "[a-z]+\\.",
            "[a-z.-]+",
            "\\w*",
            "(app|qa-\\d+)\\.",
            "(.*\\.)?",
            "[^/]+",
            "app.",
            "[^.]+\\.",
            "(a|b\\.)*");
    Arbitrary<String> ends =
        Arbitraries.of(
            "example\\.com",
            "example.com",
            "example\\.org",
            "example\\.com.*",
            "example\\.com(:\\d+)?",
            "example\\.com\\.?",
            "example\\.[a-z]+",
            "example\\.com\\..*",
            "example\\.com(\\.[a-z]+)*",
            "example\\.com|https://.*\\.example\\.[a-z]+",
            "(com|org|.*)");
    Arbitrary<String> expressions =
        Combinators.combine(Arbitraries.of("https", "https", "https?", "[a-z]+"), free, ends)
            .as((scheme, host, end) -> "/" + scheme + "://" + host + end + "/");
    return Arbitraries.frequencyOf(
            Tuple.of(5, written),
            Tuple.of(5, expressions),
            Tuple.of(1, Arbitraries.of("*", "null", "")))
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }
}
