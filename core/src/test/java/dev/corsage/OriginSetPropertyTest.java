package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Any allow list, asked for the neighbours of the origins it was written for. */
class OriginSetPropertyTest {

  /** A list, and origins that may be on it. */
  record Asked(List<String> patterns, List<String> origins) {}

  @Property(tries = 2_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void decidesAsTheOracleDoes(@ForAll("asked") Asked asked) {
    List<NaivePattern> oracles = asked.patterns.stream().map(NaivePattern::of).toList();
    CorsPolicy policy = policy(asked.patterns);
    for (String origin : asked.origins) {
      boolean expected = oracles.stream().anyMatch(oracle -> oracle.matches(origin));

      assertThat(isAllowed(policy, origin)).as(origin).isEqualTo(expected);
      Statistics.collect(expected);
    }
    // Were all of them strangers, nothing would have been compared.
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 10));
  }

  @Property(tries = 500)
  void aPatternMatchesAsTheOracleDoes(@ForAll("asked") Asked asked) {
    for (String pattern : asked.patterns) {
      OriginPattern subject = OriginPattern.parse(pattern);
      NaivePattern oracle = NaivePattern.of(pattern);
      for (String text : asked.origins) {
        Origin.parse(text)
            .ifPresent(
                origin ->
                    assertThat(subject.matches(origin))
                        .as(pattern + " on " + text)
                        .isEqualTo(oracle.matches(text)));
      }
    }
  }

  @Property(tries = 500)
  void anotherEntryTakesNothingAway(@ForAll("asked") Asked asked, @ForAll("asked") Asked other) {
    List<String> more = new ArrayList<>(other.patterns);
    more.addAll(asked.patterns);
    CorsPolicy policy = policy(asked.patterns);
    CorsPolicy wider = policy(more);
    for (String origin : asked.origins) {
      if (isAllowed(policy, origin)) {
        assertThat(isAllowed(wider, origin)).as(origin).isTrue();
      }
    }
  }

  @Property(tries = 500)
  void orderAndRepetitionMeanNothing(@ForAll("asked") Asked asked, @ForAll long seed) {
    List<String> shuffled = new ArrayList<>(asked.patterns);
    shuffled.addAll(asked.patterns);
    Collections.shuffle(shuffled, new Random(seed));
    CorsPolicy policy = policy(asked.patterns);
    CorsPolicy other = policy(shuffled);
    for (String origin : asked.origins) {
      assertThat(isAllowed(other, origin)).as(origin).isEqualTo(isAllowed(policy, origin));
    }
  }

  @Property(tries = 500)
  void aStarAllowsWhateverCame(@ForAll("asked") Asked asked, @ForAll String junk) {
    List<String> withStar = new ArrayList<>(asked.patterns);
    withStar.add("*");
    CorsPolicy policy = policy(withStar);

    assertThat(asked.origins).allMatch(origin -> isAllowed(policy, origin));
    assertThat(isAllowed(policy, junk)).isTrue();
    // Without the star nobody is let in who is no origin.
    assertThat(isAllowed(policy(asked.patterns), junk)).isEqualTo(isOpaque(asked, junk));
  }

  private static boolean isOpaque(Asked asked, String origin) {
    return origin.equals("null") && asked.patterns.contains("null");
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

  private static CorsPolicy policy(List<String> patterns) {
    return CorsPolicy.builder().origins(patterns).tolerateNullOrigin(true).build();
  }

  private static boolean isAllowed(CorsPolicy policy, String origin) {
    return policy.decide(Requests.actual("GET", origin)).isAllowed();
  }
}
