package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

  @ParameterizedTest(name = "{0}, {1} times")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          THROTTLED     | 0 | -             | -
          THROTTLED     | 1 | 250           | -
          TIMED_OUT     | 2 | 250 500       | -
          UNAVAILABLE   | 3 | 250 500 1000  | -
          THROTTLED     | 6 | 250 500 1000 2000 4000 8000 | -
          THROTTLED     | 7 | 250 500 1000 2000 4000 8000 | THROTTLED
          ACCESS_DENIED | 1 | -             | ACCESS_DENIED
          NOT_FOUND     | 1 | -             | NOT_FOUND
          CORRUPT       | 1 | -             | CORRUPT
          """)
  void whatPassesIsWaitedFor(Kind kind, int failures, String pauses, Kind outcome)
      throws InterruptedException {
    List<String> paused = new ArrayList<>();
    Retries retries = new Retries(millis -> paused.add(Long.toString(millis)));
    int[] calls = new int[1];
    Kind failed = null;
    try {
      retries.run(
          () -> {
            if (calls[0]++ < failures) {
              throw new StoreException(kind, "It fails.", null);
            }
          });
    } catch (StoreException e) {
      failed = e.kind();
    }

    assertThat(String.join(" ", paused)).isEqualTo(pauses == null ? "" : pauses);
    assertThat(failed).isEqualTo(outcome);
  }
}
