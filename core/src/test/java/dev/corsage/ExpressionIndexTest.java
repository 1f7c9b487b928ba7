package dev.corsage;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionIndexTest {
  /** Others than those that are looked for. */
  private static final List<String> FILL =
      IntStream.range(0, 20).mapToObj(i -> "https://x" + i + "\\.test").toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "https:\\/\\/qa-[0-9]+\\.shop\\.example\\.com  ~ .shop.example.com",
        "https://[a-z]+-shop\\.example\\.com(:\\d+)?   ~ -shop.example.com",
        "https://[a-z]+\\.example\\.com:(8080|8443)    ~ .example.com",
        "https://[a-z]+\\.example\\.com:8080           ~ .example.com",
        "^https?://app\\.example\\.com$                ~ app.example.com",
        "https://([a-z]+\\.)*example\\.com\\.          ~ example.com.",
        "(https://[a-z]+\\.example\\.com)              ~ .example.com",
        "https://x(\\.example\\.com){2}                ~ ''",
        "https://[a-z]+\\.(com|org)                    ~ ''",
        "https://a\\.com|https://b\\.com               ~ ''",
        "http://\\[::1\\]                              ~ ''",
        "http://\\[::1\\]:3000                         ~ ''",
        "http://localhost                              ~ localhost",
      })
  void everyHostEndsWith(String expression, String suffix) {
    assertThat(RegexSet.hostSuffix(expression)).isEqualTo(suffix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "https://qa-[0-9]+\\.example\\.com ~ .example.com ~ https://qa-[0-9]+",
        "^https://qa-[0-9]+[.]a$            ~ .a           ~ ^https://qa-[0-9]+",
        "https://app\\.a                    ~ app.a        ~ https://",
        "https://x(\\.example\\.com)       ~ .example.com ~",
        "https://[a-z]+\\.a(:\\d+)?        ~ .a           ~",
        "https://[a-z]+\\.a:80             ~ .a           ~",
        "https://b\\.a|https://c\\.a       ~ .a           ~",
        "https://b\\.a?                    ~ .            ~",
      })
  void isCutWhereTheEndIsLetterByLetter(String expression, String end, String beginning) {
    assertThat(RegexSet.withoutEnd(expression, end)).isEqualTo(beginning);
  }

  @Property
  void manyMatchWhatOneOfThemDoes(
      @ForAll("expressions") List<String> expressions, @ForAll("origins") List<String> origins) {
    List<String> all = new ArrayList<>(FILL);
    all.addAll(expressions);
    ExpressionIndex index = new ExpressionIndex(all);
    List<RegexSet> apart = expressions.stream().map(one -> RegexSet.of(List.of(one))).toList();
    for (String origin : origins) {
      long parts = Origin.scan(origin);
      if (parts != Origin.NOT_WELL_FORMED) {
        assertThat(index.matches(origin, parts))
            .as("%s on %s", expressions, origin)
            .isEqualTo(apart.stream().anyMatch(one -> one.matches(origin)));
      }
    }
  }

  @Provide
  Arbitrary<List<String>> expressions() {
    Arbitrary<String> hosts =
        Arbitraries.of(
                "a", "b", "[ab]", "(a|b)", "a?", "[ab]+", "\\.", ".", "(\\.a)*", "(a\\.)?", "ab")
            .list()
            .ofMinSize(1)
            .ofMaxSize(5)
            .map(parts -> String.join("", parts));
    return Combinators.combine(
            Arbitraries.of("https://", "https?://", ".*://", "", "http:\\/\\/"),
            hosts,
            Arbitraries.of("", ":1", "(:\\d+)?", ":[12]", ":(1|2)", ".*", "(:1|\\.a)"))
        .as((scheme, host, port) -> scheme + host + port)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> origins() {
    return Combinators.combine(
            Arbitraries.of("https://", "http://"),
            Arbitraries.strings().withChars("aab.").ofMinLength(1).ofMaxLength(6),
            Arbitraries.of("", "", ":1", ":2"))
        .as((scheme, host, port) -> scheme + host + port)
        .list()
        .ofSize(20);
  }
}
