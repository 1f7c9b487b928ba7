package dev.corsage;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How long a policy trusts the responses of an {@link AllowList}, and how long it waits for them.
 *
 * <pre>{@code
 * CacheSettings settings = CacheSettings.defaults().allowedTtl(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CacheSettings {
  private static final Duration MAX_AGE = Duration.ofDays(1);
  private static final Duration MAX_GRACE = Duration.ofDays(7);
  private static final Duration MAX_BUDGET = Duration.ofSeconds(30);
  private static final int MAX_ORIGINS = 1_000_000;

  private static final CacheSettings DEFAULTS =
      new CacheSettings(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          10_000,
          Clock.systemUTC());

  private final Duration allowedTtl;
  private final Duration refusedTtl;
  private final Duration grace;
  private final Duration timeout;
  private final int origins;
  private final Clock clock;

  private CacheSettings(
      Duration allowedTtl,
      Duration refusedTtl,
      Duration grace,
      Duration timeout,
      int origins,
      Clock clock) {
    this.allowedTtl = allowedTtl;
    this.refusedTtl = refusedTtl;
    this.grace = grace;
    this.timeout = timeout;
    this.origins = origins;
    this.clock = clock;
  }

  /**
   * Returns the settings that hold unless others are given: an allowed origin is kept for 60
   * seconds, a refused one for 10; when the store does not answer within a second, the last
   * response counts for 10 minutes; 10,000 origins of each kind are kept.
   */
  public static CacheSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same settings with this time for which a response that allows an origin is kept. An
   * origin that is removed from the store may be allowed for this long, unless the store tells of
   * changes.
   *
   * @param time from 1 second to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings allowedTtl(Duration time) {
    check("allowedTtl", time, Duration.ofSeconds(1), MAX_AGE);
    return new CacheSettings(time, refusedTtl, grace, timeout, origins, clock);
  }

  /**
   * Returns the same settings with this time for which a response that refuses an origin is kept.
   * An origin that is added to the store may be refused for this long.
   *
   * @param time from 0 to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings refusedTtl(Duration time) {
    check("refusedTtl", time, Duration.ZERO, MAX_AGE);
    return new CacheSettings(allowedTtl, time, grace, timeout, origins, clock);
  }

  /**
   * Returns the same settings with this time for which the last response still counts when the
   * store does not answer, from when it was no longer kept.
   *
   * @param time from 0 to 7 days
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings staleIfError(Duration time) {
    check("grace", time, Duration.ZERO, MAX_GRACE);
    return new CacheSettings(allowedTtl, refusedTtl, time, timeout, origins, clock);
  }

  /**
   * Returns the same settings with this time for which a decision waits for the store.
   *
   * @param time from 1 millisecond to 30 seconds
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings timeout(Duration time) {
    check("timeout", time, Duration.ofMillis(1), MAX_BUDGET);
    return new CacheSettings(allowedTtl, refusedTtl, grace, time, origins, clock);
  }

  /**
   * Returns the same settings with this number of origins whose answers are kept: so many that are
   * allowed, and as many that are refused, so that those who ask with invented origins do not push
   * out the others. An origin takes about 200 bytes.
   *
   * @param number from 2 to 1,000,000
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings origins(int number) {
    if (number < 2 || number > MAX_ORIGINS) {
      throw new IllegalArgumentException(
          "origins: " + number + " is not from 2 to " + MAX_ORIGINS + ".");
    }
    return new CacheSettings(allowedTtl, refusedTtl, grace, timeout, number, clock);
  }

  /** Returns the same settings with another clock, by which answers age and entries expire. */
  public CacheSettings clock(Clock other) {
    return new CacheSettings(
        allowedTtl, refusedTtl, grace, timeout, origins, Objects.requireNonNull(other, "clock"));
  }

  private static void check(String field, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + ": " + time + " is not from " + least + " to " + most + ".");
    }
  }

  long allowedMillis() {
    return allowedTtl.toMillis();
  }

  long refusedMillis() {
    return refusedTtl.toMillis();
  }

  long staleIfErrorMillis() {
    return grace.toMillis();
  }

  long timeoutMillis() {
    return timeout.toMillis();
  }

  int origins() {
    return origins;
  }

  Clock clock() {
    return clock;
  }
}
