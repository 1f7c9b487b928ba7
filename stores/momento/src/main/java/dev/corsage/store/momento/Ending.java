package dev.corsage.store.momento;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When an entry ends, as the dictionary has it: a hyphen for never, or a second of the epoch from
 * 1970 to the year 9999.
 *
 * @param expires null for never
 */
record Ending(Instant expires) {
  private static final String NEVER = "-";
  private static final Pattern SECOND = Pattern.compile("[0-9]{1,12}");
  private static final long MAX_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** Returns the text of an end: rather a moment too early than too late. */
  static String text(Instant expires) {
    return expires == null || expires.getEpochSecond() > MAX_SECOND
        ? NEVER
        : Long.toString(Math.max(0, expires.getEpochSecond()));
  }

  /** Returns what a text means, or nothing if it means no end. */
  static Optional<Ending> parse(String text) {
    if (text.equals(NEVER)) {
      return Optional.of(new Ending(null));
    }
    if (!SECOND.matcher(text).matches() || Long.parseLong(text) > MAX_SECOND) {
      return Optional.empty();
    }
    return Optional.of(new Ending(Instant.ofEpochSecond(Long.parseLong(text))));
  }
}
