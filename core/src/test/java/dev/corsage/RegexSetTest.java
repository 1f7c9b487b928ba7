package dev.corsage;

import static dev.corsage.PolicyCode.REGEX_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The automaton of all expressions; beside the JDK's engine it is in RegexPropertyTest. */
@Timeout(60)
class RegexSetTest {

  @ParameterizedTest(name = "{0} {2} {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          https://a\\.b                ~ https://a.b           ~ true
          https://a\\.b                ~ https://axb           ~ false
          https://a\\.b                ~ https://a.b.c         ~ false
          https://a\\.b                ~ xhttps://a.b          ~ false
          ^https://a\\.b$              ~ https://a.b           ~ true
          ^https://a$|^https://b$      ~ https://a             ~ true
          ^https://a$|^https://b$      ~ https://b             ~ true
          ^https://a|https://b$        ~ https://a.evil        ~ false
          ^https://a|https://b$        ~ evil.https://b        ~ false
          https:\\/\\/a                ~ https://a             ~ true
          https?://a                   ~ http://a              ~ true
          https?://a                   ~ https://a             ~ true
          https://[a-c]+               ~ https://abcabc        ~ true
          https://[a-c]+               ~ https://              ~ false
          https://[a-c]+               ~ https://abd           ~ false
          https://[^.]+\\.a            ~ https://b.a           ~ true
          https://[^.]+\\.a            ~ https://b.c.a         ~ false
          https://[\\d-]+              ~ https://1-2           ~ true
          https://[a-]+                ~ https://a-            ~ true
          https://\\w+                 ~ https://a_1           ~ true
          https://\\w+                 ~ https://a-1           ~ false
          https://(a|b)\\.c            ~ https://b.c           ~ true
          https://(?:a|b)\\.c          ~ https://a.c           ~ true
          https://(?<x>a)\\.c          ~ https://a.c           ~ true
          https://a{2}                 ~ https://aa            ~ true
          https://a{2}                 ~ https://a             ~ false
          https://a{2,}                ~ https://aaaa          ~ true
          https://a{1,3}               ~ https://aaaa          ~ false
          https://a{0}b                ~ https://b             ~ true
          https://a+?                  ~ https://aaa           ~ true
          https://.*                   ~ https://x.y:80        ~ true
          https://a(:[0-9]+)?          ~ https://a:8080        ~ true
          ()                           ~ ``                    ~ true
          a||b                         ~ ``                    ~ true
          [^a]                         ~ \u00e9                ~ false
          .                            ~ \u00e9                ~ false
          """)
  void matchesTheWholeOrNothing(String expression, String text, boolean matches) {
    assertThat(RegexSet.check(expression)).isNull();
    assertThat(RegexSet.of(List.of(expression)).matches(text)).isEqualTo(matches);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          (a)\\1          ~ REGEX_NOT_LINEAR
          (?<x>a)\\k<x>   ~ REGEX_NOT_LINEAR
          (?=a)a          ~ REGEX_NOT_LINEAR
          (?!a)b          ~ REGEX_NOT_LINEAR
          (?<=a)b         ~ REGEX_NOT_LINEAR
          (?<!a)b         ~ REGEX_NOT_LINEAR
          (?>a)b          ~ REGEX_NOT_LINEAR
          a++             ~ REGEX_NOT_LINEAR
          a*+             ~ REGEX_NOT_LINEAR
          (?i)a           ~ REGEX_FLAGS
          (?im:a)         ~ REGEX_FLAGS
          a{1001}         ~ REGEX_TOO_LARGE
          ((a{99}){99}){99} ~ REGEX_TOO_LARGE
          (a?{0,9}@){90}  ~ REGEX_TOO_LARGE
          ((a{0}){99}){99} ~ REGEX_TOO_LARGE
          (a              ~ REGEX_SYNTAX
          a)              ~ REGEX_SYNTAX
          [a              ~ REGEX_SYNTAX
          [               ~ REGEX_SYNTAX
          [b-a]           ~ REGEX_SYNTAX
          [[:alpha:]]     ~ REGEX_SYNTAX
          [a&&b]          ~ REGEX_SYNTAX
          *a              ~ REGEX_SYNTAX
          a|+             ~ REGEX_SYNTAX
          a{              ~ REGEX_SYNTAX
          a{2,1}          ~ REGEX_SYNTAX
          a{x}            ~ REGEX_SYNTAX
          a^b             ~ REGEX_SYNTAX
          a$b             ~ REGEX_SYNTAX
          (^a)            ~ REGEX_SYNTAX
          \\b             ~ REGEX_SYNTAX
          \\p{L}          ~ REGEX_SYNTAX
          \\x61           ~ REGEX_SYNTAX
          a\\             ~ REGEX_SYNTAX
          \u00e9          ~ REGEX_SYNTAX
          """)
  void refusesWhatIsNotOfTheDialect(String expression, PolicyCode code) {
    RegexSyntaxException refused = RegexSet.check(expression);

    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused).message().endsWith(".");
    assertThat(refused.fix()).endsWith(".");
  }

  @Test
  void longExpressionsHaveAnEnd() {
    assertThat(RegexSet.check("a".repeat(2_000))).isNull();
    assertThat(RegexSet.check("a|".repeat(999) + "a")).isNull();
    assertThat(RegexSet.check("(".repeat(99) + "a" + ")".repeat(99))).isNull();
    for (String tooLong : List.of("a".repeat(2_001), "(".repeat(1_000), "a|".repeat(100_000))) {
      assertThat(RegexSet.check(tooLong)).extracting("code").isEqualTo(REGEX_TOO_LARGE);
    }
  }

  /** Forks are states, too: a choice that is repeated has more of them than characters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1000}",
        "(a?{0,9}@){90}",
        "(a?{0,9}@){385}|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "(a?{0,9}){0,99}",
        "(a|b|){400}",
        "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}example\\.com"
      })
  void theAutomatonHasNoMoreStatesThanItsLengthAllows(String expression) {
    Nfa nfa = new Nfa();
    int accept = nfa.addFork();
    int most = Math.min(10_000, 500 + 100 * expression.length());
    try {
      RegexParser.compile(expression, nfa, accept);
    } catch (RegexSyntaxException refused) {
      assertThat(refused.code()).isEqualTo(REGEX_TOO_LARGE);
    }
    assertThat(nfa.size()).isLessThanOrEqualTo(most + 1);
  }

  /** CVE-class ReDoS: what costs other engines exponential time costs one look a character. */
  @ParameterizedTest
  @CsvSource({"(a+)+b", "(a|a)*b", "(a*)*b", "(a|aa)+b", "a*a*a*a*a*a*b"})
  void catastrophicExpressionsCostNothing(String expression) {
    RegexSet set = RegexSet.of(List.of("https://" + expression));

    assertThat(set.matches("https://" + "a".repeat(100_000))).isFalse();
    assertThat(set.matches("https://" + "a".repeat(100_000) + "b")).isTrue();
  }

  /** The deterministic automaton has 2^14 states, more than are kept. */
  @Test
  void droppedStatesAreMadeAgain() {
    String expression = "[ab]*a[ab]{13}";
    RegexSet set = RegexSet.of(List.of(expression));
    Pattern oracle = Pattern.compile(expression);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 60; j++) {
        text.append(random.nextBoolean() ? 'a' : 'b');
      }
      assertThat(set.matches(text.toString())).isEqualTo(oracle.matcher(text).matches());
    }
  }

  @Test
  void aThousandExpressionsAreOne() {
    RegexSet set =
        RegexSet.of(
            IntStream.range(0, 1_000)
                .mapToObj(i -> "https://qa-" + i + "-[0-9a-f]+\\.example\\.com")
                .toList());

    assertThat(set.matches("https://qa-999-beef.example.com")).isTrue();
    assertThat(set.matches("https://qa-0-1.example.com")).isTrue();
    assertThat(set.matches("https://qa-1000-1.example.com")).isFalse();
    assertThat(set.matches("https://qa-999-.example.com")).isFalse();
  }

  @Test
  void manyThreadsAgree() throws Exception {
    RegexSet set = RegexSet.of(List.of("[ab]*a[ab]{9}", "(ab)+"));
    Pattern oracle = Pattern.compile("[ab]*a[ab]{9}|(ab)+");
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        wrong.add(
            threads.submit(
                () -> {
                  Random random = new Random(seed);
                  start.await();
                  int count = 0;
                  for (int i = 0; i < 20_000; i++) {
                    String text = Integer.toBinaryString(random.nextInt(1 << 14));
                    text = text.replace('0', 'a').replace('1', 'b');
                    count += set.matches(text) == oracle.matcher(text).matches() ? 0 : 1;
                  }
                  return count;
                }));
      }
      start.countDown();
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
