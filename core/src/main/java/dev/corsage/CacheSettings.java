package dev.corsage;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How long a policy trusts the answers of an {@link AllowList}, and how long it waits for them.
 *
 * <pre>{@code
 * CacheSettings settings = CacheSettings.defaults().allowedFor(Duration.ofMinutes(5));
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

  private final Duration allowedFor;
  private final Duration refusedFor;
  private final Duration grace;
  private final Duration timeBudget;
  private final int origins;
  private final Clock clock;

  private CacheSettings(
      Duration allowedFor,
      Duration refusedFor,
      Duration grace,
      Duration timeBudget,
      int origins,
      Clock clock) {
    this.allowedFor = allowedFor;
    this.refusedFor = refusedFor;
    this.grace = grace;
    this.timeBudget = timeBudget;
    this.origins = origins;
    this.clock = clock;
  }

  /**
   * Returns the settings that hold unless others are given: an allowed origin is kept for 60
   * seconds, a refused one for 10; when the store does not answer within a second, the last answer
   * counts for 10 minutes; 10,000 origins of each kind are kept.
   */
  public static CacheSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same settings with this time for which an answer that allows an origin is kept. An
   * origin that is removed from the store may be allowed for this long, unless the store tells of
   * changes.
   *
   * @param time from 1 second to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings allowedFor(Duration time) {
    check("allowedFor", time, Duration.ofSeconds(1), MAX_AGE);
    return new CacheSettings(time, refusedFor, grace, timeBudget, origins, clock);
  }

  /**
   * Returns the same settings with this time for which an answer that refuses an origin is kept. An
   * origin that is added to the store may be refused for this long.
   *
   * @param time from 0 to 1 day
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings refusedFor(Duration time) {
    check("refusedFor", time, Duration.ZERO, MAX_AGE);
    return new CacheSettings(allowedFor, time, grace, timeBudget, origins, clock);
  }

  /**
   * Returns the same settings with this time for which the last answer still counts when the store
   * does not answer, from when it was no longer kept.
   *
   * @param time from 0 to 7 days
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings grace(Duration time) {
    check("grace", time, Duration.ZERO, MAX_GRACE);
    return new CacheSettings(allowedFor, refusedFor, time, timeBudget, origins, clock);
  }

  /**
   * Returns the same settings with this time for which a decision waits for the store.
   *
   * @param time from 1 millisecond to 30 seconds
   * @throws IllegalArgumentException if it is not
   */
  public CacheSettings timeBudget(Duration time) {
    check("timeBudget", time, Duration.ofMillis(1), MAX_BUDGET);
    return new CacheSettings(allowedFor, refusedFor, grace, time, origins, clock);
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
    return new CacheSettings(allowedFor, refusedFor, grace, timeBudget, number, clock);
  }

  /** Returns the same settings with another clock, by which answers age and entries expire. */
  public CacheSettings clock(Clock other) {
    return new CacheSettings(
        allowedFor, refusedFor, grace, timeBudget, origins, Objects.requireNonNull(other, "clock"));
  }

  private static void check(String field, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + ": " + time + " is not from " + least + " to " + most + ".");
    }
  }

  long allowedMillis() {
    return allowedFor.toMillis();
  }

  long refusedMillis() {
    return refusedFor.toMillis();
  }

  long graceMillis() {
    return grace.toMillis();
  }

  long timeBudgetMillis() {
    return timeBudget.toMillis();
  }

  int origins() {
    return origins;
  }

  Clock clock() {
    return clock;
  }
}
