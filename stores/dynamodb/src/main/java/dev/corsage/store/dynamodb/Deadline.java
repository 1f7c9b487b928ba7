package dev.corsage.store.dynamodb;

import java.util.concurrent.TimeUnit;

/** When something has to be over. */
final class Deadline {
  private final long endNanos;

  Deadline(int millis) {
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Returns the milliseconds that are left, less than 1 if none are. */
  int millisLeft() {
    return (int) TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
  }

  boolean isOver() {
    return millisLeft() < 1;
  }
}
