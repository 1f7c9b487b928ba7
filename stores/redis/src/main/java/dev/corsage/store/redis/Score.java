package dev.corsage.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An end of an entry as the sorted set has it: a second of the epoch, from 1970 to the year 9999.
 * Who writes milliseconds gets no entry that lasts for ever, but one that cannot be read.
 */
final class Score {
  private static final long MAX_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Score() {}

  /** Tells whether the end is so far away that the entry is as good as without. */
  static boolean isNever(Instant expires) {
    return expires == null || expires.getEpochSecond() > MAX_SECOND;
  }

  /** Returns the second the end is in: rather a moment too early than too late. */
  static long of(Instant expires) {
    return Math.max(0, expires.getEpochSecond());
  }

  /** Returns the second that a score means, or nothing if it is none. */
  static OptionalLong second(byte[] score) {
    double value = Double.parseDouble(text(score));
    return value >= 0 && value <= MAX_SECOND ? OptionalLong.of((long) value) : OptionalLong.empty();
  }

  /** The server writes infinity as C does. */
  private static String text(byte[] score) {
    String text = new String(score, StandardCharsets.US_ASCII);
    return text.toLowerCase(Locale.ROOT).replace("inf", "Infinity");
  }
}
