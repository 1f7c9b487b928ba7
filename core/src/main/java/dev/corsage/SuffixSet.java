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
  record Entry(String scheme, String suffix, int port) {
    private boolean matches(String origin, long parts) {
      return (port == Origin.port(parts) || port == OriginPattern.ANY_PORT)
          && scheme.length() == Origin.schemeEnd(parts)
          && origin.startsWith(scheme);
    }
  }

  /** Nearly always there is one entry with a suffix. */
  private final SuffixTable<Entry[]> table;

  SuffixSet(List<Entry> entries) {
    Map<String, List<Entry>> bySuffix = new HashMap<>();
    for (Entry entry : entries) {
      bySuffix.computeIfAbsent(entry.suffix, unused -> new ArrayList<>(1)).add(entry);
    }
    Map<String, Entry[]> arrays = new HashMap<>();
    bySuffix.forEach((suffix, list) -> arrays.put(suffix, list.toArray(Entry[]::new)));
    table = new SuffixTable<>(arrays);
  }

  /** Tells whether an entry matches the origin, whose parts are those of {@link Origin#outline}. */
  boolean contains(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    for (int i = 0; i < table.lengths(); i++) {
      int start = hostEnd - table.length(i);
      if (start < hostStart) {
        return false;
      }
      // At the first character stands the whole host; there a dot would be an empty label.
      if (start == hostStart || origin.charAt(start) == '.') {
        Entry[] entries = table.get(origin, start, hostEnd);
        if (entries != null && matches(entries, origin, parts)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(Entry[] entries, String origin, long parts) {
    for (Entry entry : entries) {
      if (entry.matches(origin, parts)) {
        return true;
      }
    }
    return false;
  }
}
