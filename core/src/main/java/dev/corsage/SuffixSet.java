package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subdomain wildcards and hosts with any port, found by the end of the host. */
final class SuffixSet {
  /**
   * One entry.
   *
   * @param suffix what the host ends with, beginning with a dot; or the whole host
   * @param port the port, {@link Origin#NO_PORT} or {@link OriginPattern#ANY_PORT}
   */
  record Entry(String scheme, String suffix, int port) {}

  /** What else an origin must have than the end of its host. */
  private record Rest(String scheme, int port) {
    boolean matches(String origin, long parts) {
      return (port == Origin.port(parts) || port == OriginPattern.ANY_PORT)
          && scheme.length() == Origin.schemeEnd(parts)
          && origin.startsWith(scheme);
    }
  }

  /** Nearly always there is one rest to a suffix, and nearly all suffixes have the same. */
  private final SuffixTable<Rest[]> table;

  SuffixSet(List<Entry> entries) {
    Map<String, List<Rest>> bySuffix = new HashMap<>();
    for (Entry entry : entries) {
      bySuffix
          .computeIfAbsent(entry.suffix, unused -> new ArrayList<>(1))
          .add(new Rest(entry.scheme, entry.port));
    }
    Map<List<Rest>, Rest[]> shared = new HashMap<>();
    Map<String, Rest[]> values = new HashMap<>();
    bySuffix.forEach(
        (suffix, rests) ->
            values.put(suffix, shared.computeIfAbsent(rests, list -> list.toArray(Rest[]::new))));
    table = new SuffixTable<>(values);
  }

  /** Tells whether an entry matches the origin, whose parts are those of {@link Origin#outline}. */
  boolean contains(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    for (int i = 0; i < table.lengths(); i++) {
      int start = hostEnd - table.length(i);
      // At the first character stands the whole host; there a dot would be an empty label.
      if (start == hostStart || (start > hostStart && origin.charAt(start) == '.')) {
        Rest[] rests = table.get(origin, start, hostEnd);
        if (rests != null && matches(rests, origin, parts)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(Rest[] rests, String origin, long parts) {
    for (Rest rest : rests) {
      if (rest.matches(origin, parts)) {
        return true;
      }
    }
    return false;
  }
}
