package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, xabc, 1",
    "abc, acb, 2",
    "abc, xyz, 3",
    "ALLOWED_ORIGINS, ALOWED_ORIGIN, 2",
    "ALLOWED_ORIGINS, ALLOW_ORIGINS, 2",
    "kitten, sitting, 3",
  })
  void isTheNumberOfChanges(String a, String b, int distance) {
    assertThat(EditDistance.between(a, b)).isEqualTo(distance);
    assertThat(EditDistance.between(b, a)).isEqualTo(distance);
  }
}
