package dev.corsage;

import dev.corsage.store.StoreException;
import java.util.concurrent.TimeUnit;

/**
 * Keeps from asking a store that has failed several times in a row, for a while that doubles each
 * time: it is answered for at once, and gets time to recover.
 *
 * <p>Safe for use by many threads.
 */
final class Backoff {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_DOUBLINGS = 5;

  /** A single failure is forgiven: it may be the connection that was idle for too long. */
  private static final int FORGIVEN = 1;

  private record Failed(int times, StoreException last, long since) {}

  private volatile Failed state;

  /** Returns why the store is not to be asked now, or null if it may be. */
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
