package dev.corsage.bench;

import java.util.Locale;

/**
 * One figure.
 *
 * @param ns the median time from the bytes of an event to those of its response
 * @param bytes the bytes that this allocated
 */
record EventFigure(
    Invoker invoker, EventKind kind, EventSubject.Name subject, double ns, double bytes) {

  /** Returns the figure as a JSON object. No name in it needs escaping. */
  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"events\",\"subject\":\"%s\",\"invoker\":\"%s\",\"kind\":\"%s\",\"ns\":%.1f,\"bytes\":%.0f}",
        name(subject),
        name(invoker),
        name(kind),
        ns,
        bytes);
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
