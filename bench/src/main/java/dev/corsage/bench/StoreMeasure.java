package dev.corsage.bench;

import java.util.Locale;

/** The measures of stores, in the order of the table. */
enum StoreMeasure {
  LOAD("origins into the store", Unit.SECONDS),
  COLD("first decision of a process, with the connection", Unit.NANOS),
  FIRST_ALLOWED("first decision on an origin, allowed", Unit.NANOS),
  FIRST_ALLOWED_99("  99 of 100 within", Unit.NANOS),
  FIRST_REFUSED("first decision on an origin, refused", Unit.NANOS),
  ROUND_TRIPS("  requests to the store for each", Unit.NUMBER),
  ROUND_TRIPS_NEXT("  requests for the next decisions", Unit.NUMBER),
  NEXT_PREFLIGHT_ALLOWED("next decision, preflight, allowed", Unit.NANOS),
  NEXT_PREFLIGHT_ALLOWED_BYTES("  the bytes it allocates", Unit.BYTES),
  NEXT_PREFLIGHT_REFUSED("next decision, preflight, refused", Unit.NANOS),
  NEXT_PREFLIGHT_REFUSED_BYTES("  the bytes it allocates", Unit.BYTES),
  NEXT_ACTUAL_ALLOWED("next decision, actual request, allowed", Unit.NANOS),
  NEXT_ACTUAL_ALLOWED_BYTES("  the bytes it allocates", Unit.BYTES),
  NEXT_ACTUAL_REFUSED("next decision, actual request, refused", Unit.NANOS),
  NEXT_ACTUAL_REFUSED_BYTES("  the bytes it allocates", Unit.BYTES),
  OWN_PREFLIGHT("one of ten entries of the policy itself, preflight", Unit.NANOS),
  OWN_ACTUAL("one of ten entries of the policy itself, actual", Unit.NANOS),
  CACHE_10_000("heap that the cache keeps after 10,000 origins", Unit.BYTES),
  CACHE_100_000("heap that the cache keeps after 100,000 origins", Unit.BYTES),
  CACHE_ALL_100_000("  with a cache of 100,000", Unit.BYTES),
  CROWD("different origins decided within -Xmx48m", Unit.COUNT),
  CROWD_RATE("  decisions a second", Unit.COUNT),
  CROWD_PEAK("  memory of the process at its most", Unit.MEMORY);

  final String title;
  private final Unit unit;

  private enum Unit {
    SECONDS,
    NANOS,
    BYTES,
    MEMORY,
    COUNT,
    NUMBER
  }

  StoreMeasure(String title, Unit unit) {
    this.title = title;
    this.unit = unit;
  }

  boolean isNextDecision() {
    return name().startsWith("NEXT_") && unit == Unit.NANOS;
  }

  /** Returns the measure of the bytes that such a decision allocates. */
  StoreMeasure bytes() {
    return valueOf(name() + "_BYTES");
  }

  /** Returns a value with its unit, for people. */
  String text(double value) {
    return switch (unit) {
      case SECONDS -> String.format(Locale.ROOT, "%.1f s", value);
      case NANOS -> Units.time(value);
      case BYTES -> Units.bytes(value);
      // As the kernel counts memory: by 1,024.
      case MEMORY -> String.format(Locale.ROOT, "%.1f MB", value / (1 << 20));
      case COUNT -> Units.count((int) Math.round(value));
      case NUMBER -> String.format(Locale.ROOT, "%.3f", value);
    };
  }
}
