package dev.corsage;

import dev.corsage.store.StoreException;
import java.util.concurrent.TimeUnit;

/**
 * After several failures in a row, lets a store rest for a time that doubles with each failure:
 * requests do not wait for it, and it has time to recover.
 *
 * <p>Safe for use by many threads.
 */
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_DOUBLINGS = 5;

  /** A single failure does not count: the connection may have been idle for too long. */
  private static final int FORGIVEN = 1;

  private record Failed(int times, StoreException last, long since) {}

  private volatile Failed state;

  /** Returns the failure because of which the store is not asked now, or null if it is asked. */
  StoreException failure() {
    Failed failed = state;
    if (failed == null || failed.times <= FORGIVEN) {
      return null;
    }
    long pause = FIRST_NANOS << Math.min(failed.times - FORGIVEN - 1, MAX_DOUBLINGS);
    return System.nanoTime() - failed.since < pause ? failed.last : null;
  }

  void succeeded() {
    state = null;
  }

  synchronized void failed(StoreException failure) {
    Failed before = state;
    state = new Failed(before == null ? 1 : before.times + 1, failure, System.nanoTime());
  }
}
