package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The expressions of an allow list, found by what the hosts end with that they match: of a thousand
 * of them one or two are then looked at, whatever an origin begins with.
 *
 * <p>Most expressions are a beginning and such an end, letter by letter. Of these the automaton
 * reads the beginning alone, and those with the same beginning share it: a thousand shops with
 * their previews fit into the processor's cache.
 */
final class ExpressionIndex {
  /** Expressions whose hosts have no common end; null if there are none. */
  private final RegexSet others;

  /** The entry, if there is only one: then it is compared at once. Else null. */
  private final Entry only;

  private final Entry[] table;

  /** For each length whether there is a suffix of it. */
  private final boolean[] lengths;

  /**
   * The expressions with one suffix.
   *
   * @param beginnings of those that end with it; null if there are none
   * @param whole those that have a port behind it; null if there are none
   */
  private record Entry(String suffix, RegexSet beginnings, RegexSet whole) {
    boolean matches(String origin, int suffixStart, int hostEnd) {
      return origin.startsWith(suffix, suffixStart)
          && ((beginnings != null
                  && hostEnd == origin.length()
                  && beginnings.matches(origin, suffixStart))
              || (whole != null && whole.matches(origin)));
    }
  }

  ExpressionIndex(List<String> expressions) {
    Map<String, List<String>> beginnings = new HashMap<>();
    Map<String, List<String>> whole = new HashMap<>();
    for (String expression : expressions) {
      String suffix = RegexSet.hostSuffix(expression);
      String beginning = RegexSet.withoutEnd(expression, suffix);
      boolean cut = !suffix.isEmpty() && beginning != null;
      (cut ? beginnings : whole)
          .computeIfAbsent(suffix, unused -> new ArrayList<>())
          .add(cut ? beginning : expression);
    }
    StateMemory memory = new StateMemory();
    List<String> rest = whole.remove("");
    others = rest == null ? null : RegexSet.of(rest, memory);
    Set<String> suffixes = new HashSet<>(beginnings.keySet());
    suffixes.addAll(whole.keySet());
    table = new Entry[Integer.highestOneBit(Math.max(1, suffixes.size())) * 4];
    lengths = new boolean[suffixes.stream().mapToInt(String::length).max().orElse(0) + 1];
    Map<List<String>, RegexSet> shared = new HashMap<>();
    Entry last = null;
    for (String suffix : suffixes) {
      last =
          new Entry(
              suffix,
              set(beginnings.get(suffix), shared, memory),
              set(whole.get(suffix), shared, memory));
      put(last);
    }
    only = suffixes.size() == 1 ? last : null;
  }

  private static RegexSet set(
      List<String> expressions, Map<List<String>, RegexSet> shared, StateMemory memory) {
    return expressions == null
        ? null
        : shared.computeIfAbsent(expressions, list -> RegexSet.of(list, memory));
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
   * Tells whether an expression matches the origin, whose parts are those of {@link
   * Origin#outline}.
   */
  boolean matches(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    return (only == null
            ? oneOfManyMatches(origin, hostStart, hostEnd)
            : only.suffix.length() <= hostEnd - hostStart
                && only.matches(origin, hostEnd - only.suffix.length(), hostEnd))
        || (others != null && others.matches(origin));
  }

  private boolean oneOfManyMatches(String origin, int hostStart, int hostEnd) {
    int longest = Math.min(hostEnd - hostStart, lengths.length - 1);
    int hash = 0;
    for (int length = 1; length <= longest; length++) {
      hash = hash * 31 + origin.charAt(hostEnd - length);
      if (lengths[length] && matches(origin, hostEnd - length, hostEnd, hash)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(String origin, int suffixStart, int hostEnd, int hash) {
    int slot = slot(hash);
    for (Entry entry; (entry = table[slot]) != null; slot = (slot + 1) & (table.length - 1)) {
      if (entry.suffix.length() == hostEnd - suffixStart
          && entry.matches(origin, suffixStart, hostEnd)) {
        return true;
      }
    }
    return false;
  }

  private int slot(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 16) & (table.length - 1);
  }
}
