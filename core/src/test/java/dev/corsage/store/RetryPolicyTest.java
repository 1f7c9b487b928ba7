package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.StoreException.Kind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  /** Returns how many attempts there are at something that always fails. */
  private static int attempts(RetryPolicy policy, Kind kind) {
    RetryPolicy.Attempts attempts = policy.begin();
    for (int made = 1; ; made++) {
      try {
        attempts.pause(new StoreException(kind, "It failed.", null));
      } catch (StoreException last) {
        assertThat(last.kind()).isEqualTo(kind);
        return made;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,   2",
    "THROTTLED,     1",
    "TIMED_OUT,     1",
    "ACCESS_DENIED, 1",
    "NOT_FOUND,     1",
    "CORRUPT,       1",
  })
  void aDecisionIsTriedAgainWhereTheConnectionFailed(Kind kind, int attempts) {
    assertThat(attempts(RetryPolicy.DECISION, kind)).isEqualTo(attempts);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,   4",
    "THROTTLED,     4",
    "TIMED_OUT,     4",
    "ACCESS_DENIED, 1",
    "NOT_FOUND,     1",
    "CORRUPT,       1",
  })
  void anEditIsTriedAgainWhereTheFailureMayPass(Kind kind, int attempts) {
    RetryPolicy quick =
        new RetryPolicy(4, 1, 60_000, EnumSet.of(Kind.UNAVAILABLE, Kind.THROTTLED, Kind.TIMED_OUT));
    assertThat(attempts(quick, kind)).isEqualTo(attempts);
  }

  @Test
  void noAttemptIsMadeWhenTheTimeIsUsedUp() {
    RetryPolicy noTime = new RetryPolicy(10, 50, 0, EnumSet.of(Kind.THROTTLED));
    assertThat(attempts(noTime, Kind.THROTTLED)).isEqualTo(1);
  }

  @Test
  void anInterruptedThreadMakesNoFurtherAttempt() {
    RetryPolicy.Attempts attempts = RetryPolicy.EDIT.begin();
    Thread.currentThread().interrupt();
    StoreException failure = new StoreException(Kind.THROTTLED, "It failed.", null);
    assertThatThrownBy(() -> attempts.pause(failure)).isSameAs(failure);
    assertThat(Thread.interrupted()).isTrue();
  }
}
