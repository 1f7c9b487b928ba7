package dev.corsage.cli.origins;

import dev.corsage.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From when on an entry no longer counts, as people write it. */
final class Expiry {
  private static final Pattern FROM_NOW = Pattern.compile("([0-9]{1,6})([dhm])");

  /** The last that has four digits for its year, which is how far most readers of times go. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Expiry() {}

  /**
   * Returns the time that is written as an instant, or as a time from now; in whole seconds either
   * way, because some stores know no smaller ones.
   *
   * @throws IllegalArgumentException if it is neither; the message says what to write
   */
  static Instant parse(String text, Instant now) {
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
    return instant(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write a time from now such as 7d, 12h or 30m, or an instant such as"
                        + " 2026-12-01T00:00:00Z"));
  }

  /** Returns the instant that the text writes, or nothing. */
  static Optional<Instant> instant(String text) {
    try {
      // Rather a moment too early than too late.
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** Returns what is wrong with an expiry, or nothing. */
  static Optional<Problem> problem(Instant expires, Instant now, String field, String written) {
    if (!now.isBefore(expires)) {
      return Optional.of(
          problem(
              field,
              written,
              "It is in the past: the entry would count for nothing.",
              "Write a later one, or leave the entry out."));
    }
    if (expires.isAfter(LAST)) {
      return Optional.of(
          problem(
              field,
              written,
              "It is later than stores can tell.",
              "Leave the expiry out: the entry then counts until it is removed."));
    }
    return Optional.empty();
  }

  /** Returns the problem of an expiry in a file that is no instant. */
  static Problem malformed(String field, String written) {
    return problem(
        field,
        written,
        "What follows the origin is not the time it expires at.",
        "Write an instant such as 2026-12-01T00:00:00Z, or nothing.");
  }

  private static Problem problem(String field, String written, String message, String fix) {
    return Problem.of(EntryCode.STORE_EXPIRY, field, written, message, fix);
  }
}
