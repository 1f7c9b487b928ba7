package dev.corsage.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How long a policy trusts what an {@link AllowList} returned, and how long it waits for it.
 *
 * <pre>{@code
 * CacheSettings settings = CacheSettings.defaults().allowedTtl(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CacheSettings {
  private static final Duration MAX_TTL = Duration.ofDays(1);
  private static final Duration MAX_STALE_IF_ERROR = Duration.ofDays(7);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_CACHED_ORIGINS = 1_000_000;
  private static final int MAX_LOOKUPS_PER_SECOND = 1_000_000;

  private static final CacheSettings DEFAULTS =
      new CacheSettings(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          10_000,
          50,
          Clock.systemUTC());

  private final Duration allowedTtl;
  private final Duration refusedTtl;
  private final Duration staleIfError;
  private final Duration timeout;
  private final int cachedOrigins;
  private final int lookupsPerSecond;
  private final Clock clock;

  private CacheSettings(
      Duration allowedTtl,
      Duration refusedTtl,
      Duration staleIfError,
      Duration timeout,
      int cachedOrigins,
      int lookupsPerSecond,
      Clock clock) {
    this.allowedTtl = allowedTtl;
    this.refusedTtl = refusedTtl;
    this.staleIfError = staleIfError;
    this.timeout = timeout;
    this.cachedOrigins = cachedOrigins;
    this.lookupsPerSecond = lookupsPerSecond;
    this.clock = clock;
  }

  /**
   * Returns the settings that hold unless others are given: an allowed origin is cached for 60
   * seconds, a refused one for 10; when the store does not respond within a second, the last result
   * counts for 10 minutes; 10,000 origins of each kind are cached; 50 origins that are not known
   * are looked up in a second.
   */
  public static CacheSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same settings with this time to live of a result that allows an origin. An origin
   * that is removed from the store may be allowed for this long, unless the store tells of changes.
   *
   * @param time from 1 second to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings allowedTtl(Duration time) {
    check("allowedTtl", time, Duration.ofSeconds(1), MAX_TTL);
    return new CacheSettings(
        time, refusedTtl, staleIfError, timeout, cachedOrigins, lookupsPerSecond, clock);
  }

  /**
   * Returns the same settings with this time to live of a result that refuses an origin. An origin
   * that is added to the store may be refused for this long.
   *
   * @param time from 0 to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings refusedTtl(Duration time) {
    check("refusedTtl", time, Duration.ZERO, MAX_TTL);
    return new CacheSettings(
        allowedTtl, time, staleIfError, timeout, cachedOrigins, lookupsPerSecond, clock);
  }

  /**
   * Returns the same settings with this time for which the last result still counts when the store
   * does not respond, measured from the end of its time to live (compare {@code stale-if-error} in
   * RFC 5861, section 4).
   *
   * @param time from 0 to 7 days
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings staleIfError(Duration time) {
    check("staleIfError", time, Duration.ZERO, MAX_STALE_IF_ERROR);
    return new CacheSettings(
        allowedTtl, refusedTtl, time, timeout, cachedOrigins, lookupsPerSecond, clock);
  }

  /**
   * Returns the same settings with this time for which a decision waits for the store.
   *
   * @param time from 1 millisecond to 30 seconds
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings timeout(Duration time) {
    check("timeout", time, Duration.ofMillis(1), MAX_TIMEOUT);
    return new CacheSettings(
        allowedTtl, refusedTtl, staleIfError, time, cachedOrigins, lookupsPerSecond, clock);
  }

  /**
   * Returns the same settings with this number of cached origins, of allowed ones and of refused
   * ones each, so that requests with invented origins do not evict allowed ones. An origin takes
   * about 200 bytes.
   *
   * @param number from 2 to 1,000,000
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings cachedOrigins(int number) {
    if (number < 2 || number > MAX_CACHED_ORIGINS) {
      throw new IllegalArgumentException(
          "cachedOrigins: " + number + " is not from 2 to " + MAX_CACHED_ORIGINS + ".");
    }
    return new CacheSettings(
        allowedTtl, refusedTtl, staleIfError, timeout, number, lookupsPerSecond, clock);
  }

  /**
   * Returns the same settings with this number of origins that are looked up in a second at most,
   * by all policies of a decider that have the same list; after a calm ten times as many at once.
   * It is for origins that the store did not list before, so that requests with invented origins do
   * not make it throttle for others. Those beyond are refused, with a failure of the kind {@link
   * StoreException.Kind#LIMITED}.
   *
   * @param number from 1 to 1,000,000
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings lookupsPerSecond(int number) {
    if (number < 1 || number > MAX_LOOKUPS_PER_SECOND) {
      throw new IllegalArgumentException(
          "lookupsPerSecond: " + number + " is not from 1 to " + MAX_LOOKUPS_PER_SECOND + ".");
    }
    return new CacheSettings(
        allowedTtl, refusedTtl, staleIfError, timeout, cachedOrigins, number, clock);
  }

  /**
   * Returns the same settings with another clock, by which results age and entries expire.
   *
   * @param other the clock; not null
   */
  public CacheSettings clock(Clock other) {
    return new CacheSettings(
        allowedTtl,
        refusedTtl,
        staleIfError,
        timeout,
        cachedOrigins,
        lookupsPerSecond,
        Objects.requireNonNull(other, "clock"));
  }

  private static void check(String field, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + ": " + time + " is not from " + least + " to " + most + ".");
    }
  }

  /** Returns the time to live of a result that allows an origin; not null. */
  public Duration allowedTtl() {
    return allowedTtl;
  }

  /** Returns the time to live of a result that refuses an origin; not null. */
  public Duration refusedTtl() {
    return refusedTtl;
  }

  /** Returns for how long the last result counts when the store does not respond; not null. */
  public Duration staleIfError() {
    return staleIfError;
  }

  /** Returns for how long a decision waits for the store; not null. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns how many allowed origins, and how many refused ones, are cached. */
  public int cachedOrigins() {
    return cachedOrigins;
  }

  /** Returns how many origins that are not known are looked up in a second. */
  public int lookupsPerSecond() {
    return lookupsPerSecond;
  }

  /** Returns the clock by which results age and entries expire; not null. */
  public Clock clock() {
    return clock;
  }
}
