package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Expressions of the documented dialect, beside the JDK's engine. */
class RegexPropertyTest {

  @Property(tries = 3_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void matchesAsTheJdkDoes(
      @ForAll("expressions") List<String> expressions, @ForAll("texts") List<String> texts) {
    assertThat(expressions).allMatch(expression -> RegexSet.check(expression) == null);
    RegexSet set = RegexSet.of(expressions);
    List<Pattern> oracles = expressions.stream().map(Pattern::compile).toList();
    for (String text : texts) {
      boolean expected = oracles.stream().anyMatch(oracle -> oracle.matcher(text).matches());

      assertThat(set.matches(text)).as("%s on \"%s\"", expressions, text).isEqualTo(expected);
      Statistics.collect(expected);
    }
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 7));
  }

  @Property
  void manyMatchWhatOneOfThemDoes(
      @ForAll("expressions") List<String> expressions, @ForAll("texts") List<String> texts) {
    RegexSet together = RegexSet.of(expressions);
    List<RegexSet> apart = expressions.stream().map(one -> RegexSet.of(List.of(one))).toList();
    for (String text : texts) {
      assertThat(together.matches(text))
          .isEqualTo(apart.stream().anyMatch(one -> one.matches(text)));
    }
  }

  @Property
  void anchorsAtTheEndsMeanNothing(
      @ForAll("expressions") List<String> expressions, @ForAll("texts") List<String> texts) {
    String expression = "(?:" + expressions.get(0) + ")";
    RegexSet plain = RegexSet.of(List.of(expression));
    RegexSet anchored = RegexSet.of(List.of("^" + expression + "$"));

    assertThat(texts).allMatch(text -> plain.matches(text) == anchored.matches(text));
  }

  @Property(edgeCases = EdgeCasesMode.MIXIN)
  void junkIsRefusedWithAReason(@ForAll("junk") String junk, @ForAll String text) {
    RegexSyntaxException refused = RegexSet.check(junk);
    if (refused == null) {
      // It must be usable then.
      RegexSet.of(List.of(junk)).matches(text);
    } else {
      assertThat(refused.code().name()).startsWith("REGEX_");
      assertThat(refused.getMessage()).matches("[ -~]+[.]");
      assertThat(refused.fix()).endsWith(".");
    }
  }

  @Provide
  Arbitrary<List<String>> expressions() {
    return expression(3).list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<String> expression(int depth) {
    Arbitrary<String> atoms =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of("a", "b", "a", "ab", "ba", "1", "-", ":", "/")),
            Tuple.of(3, Arbitraries.of(".", "\\.", "\\d", "\\w", "\\-", "\\/", "\\[", "\\\\")),
            Tuple.of(
                3,
                Arbitraries.of(
                    "[ab]", "[^a]", "[^b-z]", "[a-c.]", "[-a]", "[a-]", "[\\d.]", "[^\\w]",
                    "[\\-a]", "[^.:]", "[]a]", "[a\\]]")));
    if (depth == 0) {
      return atoms;
    }
    Arbitrary<String> inner = expression(depth - 1);
    Arbitrary<String> quantifiers =
        Arbitraries.of(
            "*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}", "{0,}", "*?", "+?", "??",
            "{1,3}?");
    Arbitrary<String> groups =
        Combinators.combine(Arbitraries.of("(", "(?:"), inner).as((open, in) -> open + in + ")");
    return Arbitraries.frequencyOf(
        Tuple.of(3, atoms),
        Tuple.of(4, Combinators.combine(inner, inner).as((one, other) -> one + other)),
        Tuple.of(2, Combinators.combine(inner, inner).as((a, b) -> "(" + a + "|" + b + ")")),
        Tuple.of(1, Combinators.combine(inner, inner).as((a, b) -> "(?:" + a + "|" + b + "|)")),
        Tuple.of(3, Combinators.combine(groups, quantifiers).as((group, q) -> group + q)));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings().withChars("aaabb1.-:/").ofMaxLength(7).list().ofSize(12);
  }

  @Provide
  Arbitrary<String> junk() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("ab01(){}[]|*+?^$.\\-,:<>=!dwk/&").ofMaxLength(20),
        Arbitraries.strings());
  }
}
