package dev.corsage.bench;

import java.util.Locale;

/**
 * One figure.
 *
 * @param ns the median time of a response
 * @param bytes the bytes that a response allocated
 */
record Figure(Subject.Name subject, Case asked, double ns, double bytes) {

  /** Returns the figure as a JSON object. No name in it needs escaping. */
  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"%s\",\"subject\":\"%s\",\"origins\":%d,\"kind\":\"%s\",\"ns\":%.1f,\"bytes\":%.0f}",
        asked.bench(),
        subject,
        asked.origins(),
        asked.kind(),
        ns,
        bytes);
  }
}
