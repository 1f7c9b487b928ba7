package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The expressions of an allow list, found by what the hosts end with that they match: of a thousand
 * of them one or two are then looked at, whatever an origin begins with.
 */
final class ExpressionIndex {
  /** Fewer than this are as fast in one automaton. */
  private static final int MIN_INDEXED = 16;

  /** Expressions whose hosts have no common end; null if there are none. */
  private final RegexSet others;

  private final Entry[] table;

  /** For each length whether there is a suffix of it. */
  private final boolean[] lengths;

  private record Entry(String suffix, RegexSet expressions) {}

  ExpressionIndex(List<String> expressions) {
    Map<String, List<String>> bySuffix = new HashMap<>();
    for (String expression : expressions) {
      String suffix = expressions.size() < MIN_INDEXED ? "" : RegexSet.hostSuffix(expression);
      bySuffix.computeIfAbsent(suffix, unused -> new ArrayList<>()).add(expression);
    }
    StateMemory memory = new StateMemory();
    List<String> rest = bySuffix.remove("");
    others = rest == null ? null : RegexSet.of(rest, memory);
    table = new Entry[Integer.highestOneBit(Math.max(1, bySuffix.size())) * 4];
    lengths = new boolean[bySuffix.keySet().stream().mapToInt(String::length).max().orElse(0) + 1];
    bySuffix.forEach((suffix, list) -> put(new Entry(suffix, RegexSet.of(list, memory))));
  }

  private void put(Entry entry) {
    int hash = 0;
    for (int i = entry.suffix.length() - 1; i >= 0; i--) {
      hash = hash * 31 + entry.suffix.charAt(i);
    }
    int slot = slot(hash);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = entry;
    lengths[entry.suffix.length()] = true;
  }

  /**
   * Tells whether an expression matches the origin, whose parts are those of {@link Origin#scan}.
   */
  boolean matches(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    int longest = Math.min(hostEnd - hostStart, lengths.length - 1);
    int hash = 0;
    for (int length = 1; length <= longest; length++) {
      hash = hash * 31 + origin.charAt(hostEnd - length);
      if (lengths[length] && matches(origin, hostEnd - length, hostEnd, hash)) {
        return true;
      }
    }
    return others != null && others.matches(origin);
  }

  private boolean matches(String origin, int suffixStart, int hostEnd, int hash) {
    int slot = slot(hash);
    for (Entry entry; (entry = table[slot]) != null; slot = (slot + 1) & (table.length - 1)) {
      if (entry.suffix.length() == hostEnd - suffixStart
          && origin.startsWith(entry.suffix, suffixStart)) {
        return entry.expressions.matches(origin);
      }
    }
    return false;
  }

  private int slot(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 16) & (table.length - 1);
  }
}
