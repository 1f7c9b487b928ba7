package dev.corsage.cli.origins;

import dev.corsage.store.StoreException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Asks a store again that does not answer, with longer and longer pauses: a table that is written
 * to much faster than usual takes a moment to follow.
 */
final class Retries {
  private static final Set<StoreException.Kind> PASSING =
      EnumSet.of(
          StoreException.Kind.THROTTLED,
          StoreException.Kind.TIMED_OUT,
          StoreException.Kind.UNAVAILABLE);

  private static final long FIRST_PAUSE_MILLIS = 250;

  /** A quarter of a minute altogether. */
  private static final int PAUSES = 6;

  /** Waits. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /** What is asked. */
  interface Call {
    void run() throws StoreException;
  }

  private final Pause pause;

  Retries(Pause pause) {
    this.pause = pause;
  }

  /**
   * Asks until there is a response.
   *
   * @throws StoreException the last failure, or one that does not pass
   */
  void run(Call call) throws StoreException, InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        call.run();
        return;
      } catch (StoreException e) {
        if (failures == PAUSES || !PASSING.contains(e.kind())) {
          throw e;
        }
      }
      pause.millis(FIRST_PAUSE_MILLIS << failures);
    }
  }
}
