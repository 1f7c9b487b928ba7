package dev.corsage.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How often a store is asked again after a failure, and when.
 *
 * <pre>{@code
 * RetryPolicy.Attempts attempts = RetryPolicy.EDIT.begin();
 * while (true) {
 *   try {
 *     return send(request);
 *   } catch (StoreException e) {
 *     attempts.pause(e);
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class RetryPolicy {
  /**
   * For a request that waits for its decision: one lost connection is replaced at once. A store
   * that throttles or is slow is not asked again, because the request cannot wait.
   */
  public static final RetryPolicy DECISION =
      new RetryPolicy(2, 0, 500, EnumSet.of(StoreException.Kind.UNAVAILABLE));

  /**
   * For a person or a pipeline: up to 10 attempts within 30 seconds, with random pauses whose limit
   * doubles from 50 milliseconds to 2 seconds.
   */
  public static final RetryPolicy EDIT =
      new RetryPolicy(
          10,
          50,
          30_000,
          EnumSet.of(
              StoreException.Kind.UNAVAILABLE,
              StoreException.Kind.THROTTLED,
              StoreException.Kind.TIMED_OUT));

  private static final int MAX_PAUSE_MILLIS = 2_000;

  private final int maxAttempts;
  private final int firstPauseMillis;
  private final int maxMillis;
  private final Set<StoreException.Kind> retried;

  RetryPolicy(
      int maxAttempts, int firstPauseMillis, int maxMillis, Set<StoreException.Kind> retried) {
    this.maxAttempts = maxAttempts;
    this.firstPauseMillis = firstPauseMillis;
    this.maxMillis = maxMillis;
    this.retried = retried;
  }

  /** Begins the time in which attempts may be made. */
  public Attempts begin() {
    return new Attempts();
  }

  /** The attempts at one thing. For use by one thread. */
  public final class Attempts {
    private final long beganNanos = System.nanoTime();
    private int failed;

    private Attempts() {}

    /**
     * Returns when the next attempt may be made.
     *
     * @param failure what the last attempt failed with; not null
     * @throws StoreException that failure, if there is to be no further attempt: its kind is not
     *     one that passes, the attempts or the time are used up, or the thread was interrupted
     */
    public void pause(StoreException failure) throws StoreException {
      failed++;
      if (failed >= maxAttempts || !retried.contains(failure.kind())) {
        throw failure;
      }
      int most = Math.min(MAX_PAUSE_MILLIS, firstPauseMillis << Math.min(failed - 1, 16));
      int millis = most == 0 ? 0 : ThreadLocalRandom.current().nextInt(most) + 1;
      if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos) + millis >= maxMillis) {
        throw failure;
      }
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure;
      }
    }
  }
}
