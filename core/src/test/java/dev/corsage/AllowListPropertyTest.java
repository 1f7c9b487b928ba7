package dev.corsage;

import static dev.corsage.PolicyCode.PUBLIC_SUFFIX;
import static dev.corsage.PolicyCode.SHARED_SUFFIX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever is in a store, it allows what the same entries would in the policy itself. */
class AllowListPropertyTest {
  /** Without credentials a policy may have these, with a warning; a store is not asked for them. */
  private static final Set<ProblemCode> SHARED = Set.of(PUBLIC_SUFFIX, SHARED_SUFFIX);

  private static final Memory STORE = new Memory();

  /** What is in the store, and origins that may be allowed by it. */
  record Asked(List<String> patterns, List<String> origins) {}

  /** What a policy says of credentials, and what it tolerates. */
  record Says(boolean credentials, boolean insecure, boolean suffixes) {
    CorsPolicy.Builder builder() {
      return CorsPolicy.builder()
          .methods("PUT")
          .credentials(credentials)
          .tolerateInsecureOrigins(insecure)
          .toleratePublicSuffixes(suffixes);
    }

    /**
     * Tells whether a store is asked for such an entry: then it counts as the policy's own does.
     */
    boolean takes(String pattern) {
      List<Problem> problems = builder().origins(pattern).problems();
      return isLookedUp(pattern)
          && problems.stream().noneMatch(Problem::isError)
          && (suffixes || problems.stream().noneMatch(p -> SHARED.contains(p.code())));
    }
  }

  @Property(tries = 2_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void aStoreAllowsWhatTheSameEntriesOfThePolicyWould(
      @ForAll("asked") Asked asked,
      @ForAll boolean credentials,
      @ForAll boolean insecure,
      @ForAll boolean suffixes) {
    Says says = new Says(credentials, insecure, suffixes);
    CorsPolicy own = says.builder().origins(taken(asked.patterns, says)).build();
    CorsPolicy stored = says.builder().allowList(STORE).build();
    STORE.entries = Set.copyOf(asked.patterns);
    for (String origin : asked.origins) {
      Decision expected = own.decide(Requests.preflight(origin, "PUT"));
      Decision decided = stored.decide(Requests.preflight(origin, "PUT"));

      assertThat(decided.storeFailure()).as(origin).isEmpty();
      assertThat(decided.reason()).as(origin).isEqualTo(expected.reason());
      assertThat(decided.headers()).as(origin).isEqualTo(expected.headers());
      assertThat(stored.decide(Requests.actual("GET", origin)).headers())
          .as(origin)
          .isEqualTo(own.decide(Requests.actual("GET", origin)).headers());
      Statistics.collect(expected.isAllowed());
    }
    // Were all of them strangers, nothing would have been compared.
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 10));
  }

  /** Neither a star within a label nor an expression, which no origin can be looked up by. */
  private static boolean isLookedUp(String pattern) {
    String host = pattern.replaceFirst(":\\*$", "").replaceFirst("://\\*\\.", "://");
    return host.contains("://") && !host.contains("*") && !host.startsWith("/");
  }

  private static Set<String> taken(List<String> patterns, Says says) {
    return patterns.stream().filter(says::takes).collect(Collectors.toSet());
  }

  @Provide
  Arbitrary<Asked> asked() {
    return AllowedEntry.all()
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .flatMap(
            entries -> {
              List<Arbitrary<String>> near = new ArrayList<>();
              entries.forEach(entry -> near.add(entry.members().flatMap(Origins::near)));
              near.add(Origins.wellFormed());
              return Combinators.combine(near)
                  .as(
                      origins ->
                          new Asked(entries.stream().map(AllowedEntry::pattern).toList(), origins));
            });
  }

  /** The simplest store there is. */
  private static final class Memory implements AllowList {
    volatile Set<String> entries = Set.of();

    @Override
    public List<Entry> find(List<String> patterns) {
      return patterns.stream().filter(entries::contains).map(p -> new Entry(p, null)).toList();
    }
  }
}
