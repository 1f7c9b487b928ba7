package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryProblemTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:00:00.250Z,    It is in the past: the entry would not count.",
    "2026-11-21T12:00:00.251Z,",
    "9999-12-31T23:59:59Z,",
    "+10000-01-01T00:00:00Z,      It is after the year 9999.",
    "+1000000000-12-31T23:59:59Z, It is after the year 9999.",
    "-1000000000-01-01T00:00:00Z, It is in the past: the entry would not count.",
  })
  void anExpiryIsInTheFutureUpToTheYear9999(Instant expires, String message) {
    assertThat(ExpiryProblem.of(expires, NOW, "line 1", "x").map(Problem::message))
        .isEqualTo(Optional.ofNullable(message));
  }
}
