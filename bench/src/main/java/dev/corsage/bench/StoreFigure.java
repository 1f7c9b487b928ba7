package dev.corsage.bench;

import java.util.Locale;

/**
 * One figure of a store.
 *
 * @param origins the number of listed origins
 * @param value seconds of {@link StoreMeasure#LOAD}, nanoseconds of all other times, bytes, or a
 *     number
 */
record StoreFigure(StoreKind kind, StoreMeasure measure, int origins, double value) {

  /** Returns the figure as a JSON object. No name in it needs escaping. */
  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"stores\",\"store\":\"%s\",\"measure\":\"%s\",\"origins\":%d,\"value\":%.3f}",
        EventFigure.name(kind),
        EventFigure.name(measure),
        origins,
        value);
  }
}
