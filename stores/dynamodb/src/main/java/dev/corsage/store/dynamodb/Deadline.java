package dev.corsage.store.dynamodb;

import java.util.concurrent.TimeUnit;

/** When a request has to be over. */
final class Deadline {
  private final long endNanos;
  private final int longestWaitMillis;

  private Deadline(int totalMillis, int longestWaitMillis) {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(totalMillis);
    this.longestWaitMillis = longestWaitMillis;
  }

  /**
   * Begins the 2 seconds of a request that a decision waits for; no single wait takes more than 1.
   */
  static Deadline ofDecision() {
    return new Deadline(2_000, 1_000);
  }

  /** Begins the 10 seconds of a request of an edit; no single wait takes more than 5. */
  static Deadline ofEdit() {
    return new Deadline(10_000, 5_000);
  }

  /**
   * Returns how long to wait for a connection, and then for a response: each may take half of the
   * time that is left. Less than 1 if none is.
   */
  int waitMillis() {
    return Math.min(millisLeft() / 2, longestWaitMillis);
  }

  boolean isOver() {
    return millisLeft() < 1;
  }

  int millisLeft() {
    return (int) TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
  }
}
