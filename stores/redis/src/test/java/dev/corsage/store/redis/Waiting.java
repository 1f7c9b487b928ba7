package dev.corsage.store.redis;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and processes do. */
final class Waiting {
  private static final long AT_MOST_NANOS = Duration.ofSeconds(30).toNanos();

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > AT_MOST_NANOS) {
        throw new AssertionError("It has not come true in time.");
      }
      Thread.onSpinWait();
    }
  }
}
