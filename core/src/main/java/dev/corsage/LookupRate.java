package dev.corsage;

import java.util.concurrent.TimeUnit;

/**
 * How many lookups a process may make: so many a second, and ten times as many at once after a
 * calm. Without a bound, whoever invents origins could make a table throttle, for all who use it.
 *
 * <p>It is the generic cell rate algorithm: each lookup moves a point in time on by its share of a
 * second, and that point may be ten seconds ahead at most. Safe for use by many threads.
 */
final class LookupRate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_AHEAD = 10 * SECOND;

  private long point;

  /** Creates one that nothing was taken of. */
  LookupRate(long now) {
    point = now;
  }

  /**
   * Takes one lookup; false if there is none left.
   *
   * @param perSecond how many there are in a second, 1 or more
   * @param now in nanoseconds, as {@link System#nanoTime}
   */
  synchronized boolean take(int perSecond, long now) {
    long ahead = Math.max(0, point - now) + SECOND / perSecond;
    if (ahead > MOST_AHEAD) {
      return false;
    }
    point = now + ahead;
    return true;
  }
}
