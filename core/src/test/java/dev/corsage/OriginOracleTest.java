package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins made up of what origins are made of, against the {@link NaivePattern}. */
class OriginOracleTest {
  private static final List<String> PATTERNS =
      List.of(
          "https://a.b",
          "https://a.b.",
          "https://a.b:8080",
          "https://a.b:*",
          "https://*.b",
          "https://*.a.b",
          "https://*.a.b.",
          "https://*.a.b:8080",
          "https://*.b:*",
          "https://a*.b",
          "https://a-*.b",
          "https://a*-b.a.b",
          "https://a-*.a.b:*",
          "http://localhost:*",
          "http://*.localhost:8080",
          "http://127.0.0.1:*",
          "http://[::1]:8080",
          "http://[::1]:*",
          "app://a.b",
          "app://*.b",
          "app://a*.b:*",
          "null",
          "*");

  private static final List<String> SEEDS =
      List.of(
          "https://a.b",
          "https://a.a.b",
          "https://a.b.",
          "https://a.b:8080",
          "https://a-a.b",
          "https://ab-b.a.b",
          "https://a.a.b:8080",
          "https://a.a.b.",
          "https://a-1.a.b:8080",
          "https://a.b.a.b.",
          "http://localhost:8080",
          "http://a.localhost:8080",
          "http://127.0.0.1:8080",
          "http://[::1]:8080",
          "app://a.b",
          "app://a-.b",
          "null");

  private static final String[] PIECES =
      ("https://|http://|app://|file://|localhost|127.0.0.1|[::1]|:8080|:80|:443|:65535|:65536|:0"
              + "|null|example|a|b|a|b|A|1|0|0x1|255|256|-|_|.|.|.|.a.b|-b.a.b|:|/|?|#|@|\\|%| |*"
              + "|\n|ä|\u212a")
          .split("\\|", -1);

  private static final List<String> ORIGINS = origins(new Random(20261120), 40_000);

  private static List<String> origins(Random random, int count) {
    return Stream.concat(SEEDS.stream(), IntStream.range(0, count).mapToObj(i -> changed(random)))
        // Other IPv6 addresses are beyond the oracle.
        .filter(origin -> origin.replace("[::1]", "").indexOf('[') < 0)
        .toList();
  }

  private static String changed(Random random) {
    StringBuilder origin = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(origin.length() + 1);
      int end = Math.min(origin.length(), at + random.nextInt(3));
      String piece = random.nextInt(4) == 0 ? "" : PIECES[random.nextInt(PIECES.length)];
      origin.replace(at, end, piece);
    }
    return origin.toString();
  }

  static List<String> patterns() {
    return PATTERNS;
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void patternMatchesWhatTheOracleSays(String text) {
    NaivePattern oracle = NaivePattern.of(text);
    OriginSet set = new OriginSet(List.of(OriginPattern.parse(text)));

    assertSame(oracle::matches, set::contains);
  }

  @Test
  void setMatchesWhatOneOfItsPatternsDoes() {
    List<String> some = PATTERNS.stream().filter(pattern -> !pattern.equals("*")).toList();
    List<NaivePattern> oracles = some.stream().map(NaivePattern::of).toList();
    OriginSet set = new OriginSet(some.stream().map(OriginPattern::parse).toList());

    assertSame(origin -> oracles.stream().anyMatch(o -> o.matches(origin)), set::contains);
  }

  @Test
  void originParsesIfTheOracleSaysSo() {
    assertSame(NaivePattern::isWellFormed, origin -> Origin.parse(origin).isPresent());
  }

  private static void assertSame(Predicate<String> oracle, Predicate<String> subject) {
    int matched = 0;
    for (String origin : ORIGINS) {
      boolean expected = oracle.test(origin);
      matched += expected ? 1 : 0;
      if (subject.test(origin) != expected) {
        assertThat(subject.test(origin)).as(origin).isEqualTo(expected);
      }
    }
    // The origins must not all be strangers, or nothing was compared.
    assertThat(matched).isGreaterThan(40);
  }
}
