package dev.corsage.bench;

import java.util.Locale;

/** Writes figures for people. */
final class Units {
  private Units() {}

  static String time(double ns) {
    if (ns < 999.5) {
      return String.format(Locale.ROOT, "%.0f ns", ns);
    }
    return ns < 999_500 ? scaled(ns / 1e3, "µs") : scaled(ns / 1e6, "ms");
  }

  static String bytes(double bytes) {
    if (bytes < 999.5) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    return bytes < 999_500 ? scaled(bytes / 1e3, "kB") : scaled(bytes / 1e6, "MB");
  }

  static String ratio(double ratio) {
    if (ratio < 99.5) {
      return String.format(Locale.ROOT, "%.1f×", ratio);
    }
    return ratio < 9_999.5
        ? String.format(Locale.ROOT, "%,.0f×", ratio)
        : String.format(Locale.ROOT, "%,.0fk×", ratio / 1e3);
  }

  static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a power of ten for an axis, such as {@code 100k}. */
  static String shortCount(double number) {
    if (number < 999.5) {
      return String.format(Locale.ROOT, "%.0f", number);
    }
    return number < 999_500
        ? String.format(Locale.ROOT, "%.0fk", number / 1e3)
        : String.format(Locale.ROOT, "%.0fM", number / 1e6);
  }

  /** Returns a time for an axis: without a fraction that is zero. */
  static String shortTime(double ns) {
    return time(ns).replace(".0 ", " ");
  }

  private static String scaled(double number, String unit) {
    return String.format(Locale.ROOT, number < 99.5 ? "%.1f %s" : "%.0f %s", number, unit);
  }
}
