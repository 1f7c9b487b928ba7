package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, false",
    "abc, ab, true",
    "abc, bc, true",
    "abc, ac, true",
    "abc, xabc, true",
    "abc, abcx, true",
    "abc, abx, true",
    "abc, xbc, true",
    "abc, acb, true",
    "abc, bac, true",
    "abc, cba, false",
    "abcd, badc, false",
    "abc, a, false",
    "abc, axy, false",
    "'', a, true",
    "'', '', false",
  })
  void oneEditApart(String a, String b, boolean expected) {
    assertThat(Spelling.isOneEditApart(a, b)).isEqualTo(expected);
    assertThat(Spelling.isOneEditApart(b, a)).isEqualTo(expected);
  }
}
