package dev.corsage.store.dynamodb;

import java.util.concurrent.TimeUnit;

/** When something has to be over. */
final class Deadline {
  private final long endNanos;

  private final int longestWaitMillis;

  /**
   * Begins now: it is all over after the first time, and no single wait is longer than the other.
   */
  Deadline(int millis, int longestWaitMillis) {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    this.longestWaitMillis = longestWaitMillis;
  }

  /**
   * Returns for how long to wait for a connection, and then for a response: each may take half of
   * what is left. Less than 1 if nothing is.
   */
  int waitMillis() {
    return Math.min(millisLeft() / 2, longestWaitMillis);
  }

  /** Returns the milliseconds that are left, less than 1 if none are. */
  int millisLeft() {
    return (int) TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
  }

  boolean isOver() {
    return millisLeft() < 1;
  }
}
