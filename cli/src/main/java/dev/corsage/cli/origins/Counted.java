package dev.corsage.cli.origins;

import java.util.Locale;

/** Numbers of things, for messages. */
final class Counted {
  private Counted() {}

  /** Returns such as {@code 1 line} and {@code 1,000 lines}. */
  static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /** Returns such as {@code 1 entry} and {@code 1,000 entries}. */
  static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  /** Returns such as {@code 1 entry} and {@code 1,000 entries}. */
  static String entries(long number) {
    return of(number, "entry", "entries");
  }
}
