package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "7d,                        2026-11-28T12:00:00Z",
    "12h,                       2026-11-22T00:00:00Z",
    "30m,                       2026-11-21T12:30:00Z",
    "0m,                        2026-11-21T12:00:00Z",
    "2026-12-01T00:00:00Z,      2026-12-01T00:00:00Z",
    "2026-12-01T00:00:00+01:00, 2026-11-30T23:00:00Z",
    "2026-12-01T00:00:00.9Z,    2026-12-01T00:00:00Z",
    "2020-01-01T00:00:00Z,      2020-01-01T00:00:00Z",
  })
  void isATimeFromNowOrAnInstant(String text, Instant instant) {
    assertThat(Expiry.parse(text, NOW)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "d",
        "7 d",
        "7x",
        "-7d",
        "+7d",
        "1.5h",
        "1234567d",
        "2026-12-01",
        "tomorrow",
        "2026-12-01T00:00:00",
        "2026-13-01T00:00:00Z",
        "٧d"
      })
  void otherwiseItSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> Expiry.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7d")
        .hasMessageContaining("2026-12-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:00:00.250Z,  It is in the past: the entry would count for nothing.",
    "2026-11-21T12:00:00.251Z,",
    "9999-12-31T23:59:59Z,",
    "+10000-01-01T00:00:00Z,    It is later than stores can tell.",
    "-1000000000-01-01T00:00:00Z, It is in the past: the entry would count for nothing.",
  })
  void mustBeAhead(Instant expires, String message) {
    assertThat(Expiry.problem(expires, NOW, "line 1", "x").map(problem -> problem.message()))
        .isEqualTo(java.util.Optional.ofNullable(message));
  }
}
