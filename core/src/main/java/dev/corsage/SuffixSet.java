package dev.corsage;

import java.util.List;

/**
 * Subdomain wildcards and hosts with any port, found by the end of the host: one pass from right to
 * left, one look into a hash table at every dot, whatever the number of entries.
 */
final class SuffixSet {
  /**
   * One entry.
   *
   * @param suffix what the host ends with, beginning with a dot; or the whole host
   * @param port the port, {@link Origin#NO_PORT} or {@link OriginPattern#ANY_PORT}
   */
  record Entry(String scheme, String suffix, int port) {}

  private final Entry[] table;

  /** For each length whether there is a suffix of it. */
  private final boolean[] lengths;

  private final boolean anyPort;

  SuffixSet(List<Entry> entries) {
    table = new Entry[Integer.highestOneBit(Math.max(1, entries.size())) * 4];
    lengths = new boolean[entries.stream().mapToInt(e -> e.suffix.length()).max().orElse(0) + 1];
    anyPort = entries.stream().anyMatch(entry -> entry.port == OriginPattern.ANY_PORT);
    for (Entry entry : entries) {
      lengths[entry.suffix.length()] = true;
      int hash = 0;
      for (int i = entry.suffix.length() - 1; i >= 0; i--) {
        hash = hash * 31 + entry.suffix.charAt(i);
      }
      int slot = slot(hash, entry.port);
      while (table[slot] != null) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = entry;
    }
  }

  /** Tells whether an entry matches the origin, whose parts are those of {@link Origin#outline}. */
  boolean contains(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    int first = Math.max(hostStart, hostEnd - lengths.length + 1);
    int hash = 0;
    for (int i = hostEnd - 1; i >= first; i--) {
      char c = origin.charAt(i);
      hash = hash * 31 + c;
      // At the first character stands the whole host; there a dot would be an empty label.
      if (lengths[hostEnd - i] && (c == '.' || i == hostStart)) {
        if (contains(origin, parts, i, hash, Origin.port(parts))
            || (anyPort && contains(origin, parts, i, hash, OriginPattern.ANY_PORT))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean contains(String origin, long parts, int suffixStart, int hash, int port) {
    int schemeEnd = Origin.schemeEnd(parts);
    int length = Origin.hostEnd(parts) - suffixStart;
    int slot = slot(hash, port);
    for (Entry entry; (entry = table[slot]) != null; slot = (slot + 1) & (table.length - 1)) {
      if (entry.port == port
          && entry.suffix.length() == length
          && entry.scheme.length() == schemeEnd
          && origin.startsWith(entry.suffix, suffixStart)
          && origin.startsWith(entry.scheme)) {
        return true;
      }
    }
    return false;
  }

  private int slot(int hash, int port) {
    int mixed = (hash * 31 + port) * 0x9e3779b9;
    return (mixed ^ mixed >>> 16) & (table.length - 1);
  }
}
