package dev.corsage.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When an entry of an allow list expires: a time from 1970 to the end of the year 9999, or null for
 * never. Stores keep the second that it is in, so an entry expires up to a second too early, never
 * too late.
 *
 * <p>Later times are errors, not "never": most of them are milliseconds that were taken for
 * seconds, and mean a time that is near.
 */
public final class Expiry {
  private static final long LAST_SECOND = 253_402_300_799L;

  /** The latest expiry, {@code 9999-12-31T23:59:59Z}. */
  public static final Instant LATEST = Instant.ofEpochSecond(LAST_SECOND);

  private static final Pattern STORED = Pattern.compile("[0-9]{1,12}");
  private static final Pattern FROM_NOW = Pattern.compile("([0-9]{1,6})([dhm])");

  private Expiry() {}

  /** Tells whether a time can be an expiry. */
  public static boolean isPossible(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() <= LAST_SECOND;
  }

  /**
   * Returns what a user means: a time from now in days, hours or minutes ({@code 7d}, {@code 12h},
   * {@code 30m}), or an instant of ISO 8601, in whole seconds.
   *
   * @param text what the user wrote; not null
   * @param now what a time from now is added to; not null
   * @return a time that may be in the past, and later than {@link #LATEST}; not null
   * @throws IllegalArgumentException if it is neither; the message says what to write
   */
  public static Instant parse(String text, Instant now) {
    Matcher fromNow = FROM_NOW.matcher(text);
    if (fromNow.matches()) {
      long number = Long.parseLong(fromNow.group(1));
      Duration duration =
          switch (fromNow.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
          };
      return now.plus(duration).truncatedTo(ChronoUnit.SECONDS);
    }
    return parseInstant(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write a time from now such as 7d, 12h or 30m, or an instant such as"
                        + " 2026-12-01T00:00:00Z"));
  }

  /** Returns the instant of ISO 8601 that a text is, in whole seconds, or nothing. */
  public static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Returns an expiry as stores keep it: the seconds since 1970, in decimal digits.
   *
   * @param expires the expiry of an {@link AllowList.Entry}, not null
   */
  public static String stored(Instant expires) {
    return Long.toString(expires.getEpochSecond());
  }

  /**
   * Returns the expiry that a store has, or nothing if it cannot be one: milliseconds, fractions,
   * negative numbers, words.
   *
   * @param text what the store has in the place of the seconds since 1970; not null
   */
  public static Optional<Instant> ofStored(String text) {
    if (!STORED.matcher(text).matches()) {
      return Optional.empty();
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(text));
    return isPossible(time) ? Optional.of(time) : Optional.empty();
  }
}
