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
 *
 * @param allowedTtl the time to live of a result that allows an origin; not null
 * @param refusedTtl the time to live of a result that refuses an origin; not null
 * @param staleIfError for how long the last result counts when the store does not respond; not null
 * @param timeout for how long a decision waits for the store; not null
 * @param cachedOrigins how many allowed origins, and how many refused ones, are cached
 * @param lookupsPerSecond how many origins that are not known are looked up in a second
 * @param clock the clock by which results age and entries expire; not null
 */
public record CacheSettings(
    Duration allowedTtl,
    Duration refusedTtl,
    Duration staleIfError,
    Duration timeout,
    int cachedOrigins,
    int lookupsPerSecond,
    Clock clock) {
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

  /**
   * Creates settings.
   *
   * @throws IllegalArgumentException if a value is out of the range that its own method names
   */
  public CacheSettings {
    check("allowedTtl", allowedTtl, Duration.ofSeconds(1), Duration.ofDays(1));
    check("refusedTtl", refusedTtl, Duration.ZERO, Duration.ofDays(1));
    check("staleIfError", staleIfError, Duration.ZERO, Duration.ofDays(7));
    check("timeout", timeout, Duration.ofMillis(1), Duration.ofSeconds(30));
    check("cachedOrigins", cachedOrigins, 2, MAX_CACHED_ORIGINS);
    check("lookupsPerSecond", lookupsPerSecond, 1, MAX_LOOKUPS_PER_SECOND);
    Objects.requireNonNull(clock, "clock");
  }

  private static <T extends Comparable<T>> void check(String field, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + ": " + value + " is not from " + least + " to " + most + ".");
    }
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
        allowedTtl, refusedTtl, staleIfError, timeout, cachedOrigins, lookupsPerSecond, other);
  }
}
