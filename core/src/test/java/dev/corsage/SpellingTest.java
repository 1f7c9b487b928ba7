package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "'', '', 0",
    "'', a, 1",
    "'', abc, 3",
    "abc, abc, 0",
    "abc, ab, 1",
    "abc, bc, 1",
    "abc, ac, 1",
    "abc, xabc, 1",
    "abc, abcx, 1",
    "abc, abx, 1",
    "abc, xbc, 1",
    "abc, acb, 1",
    "abc, bac, 1",
    "abc, cba, 2",
    "abcd, badc, 2",
    "abc, a, 2",
    "abc, axy, 2",
    "abc, xyz, 3",
    "abc, bca, 2",
    "ALLOWED_ORIGINS, ALOWED_ORIGIN, 2",
    "ALLOWED_ORIGINS, ALLOW_ORIGINS, 2",
    "ALLOW_CREDENTIALS, ALLOW_CREDENTAILS, 1",
    "kitten, sitting, 3",
  })
  void isTheNumberOfEdits(String a, String b, int edits) {
    for (int most = 1; most <= 4; most++) {
      assertThat(Spelling.edits(a, b, most)).isEqualTo(Math.min(edits, most + 1));
      assertThat(Spelling.edits(b, a, most)).isEqualTo(Math.min(edits, most + 1));
    }
  }

  /** The definition, without a table. */
  private static int naive(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String restA = a.substring(1);
    String restB = b.substring(1);
    int edits = naive(restA, restB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
    edits = Math.min(edits, Math.min(naive(restA, b), naive(a, restB)) + 1);
    boolean swapped =
        a.length() > 1
            && b.length() > 1
            && a.charAt(0) == b.charAt(1)
            && a.charAt(1) == b.charAt(0);
    return swapped ? Math.min(edits, naive(a.substring(2), b.substring(2)) + 1) : edits;
  }

  @Property
  void isWhatTheDefinitionSays(@ForAll("words") String a, @ForAll("words") String b) {
    assertThat(Spelling.edits(a, b, 9)).isEqualTo(naive(a, b));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("ab_").ofMaxLength(5);
  }
}
