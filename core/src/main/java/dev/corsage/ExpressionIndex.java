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

  private final SuffixTable<Entry> table;

  /**
   * The expressions with one suffix.
   *
   * @param beginnings of those that end with it; null if there are none
   * @param whole those that have a port behind it; null if there are none
   */
  private record Entry(RegexSet beginnings, RegexSet whole) {
    boolean matches(String origin, int suffixStart, int hostEnd) {
      return (beginnings != null
              && hostEnd == origin.length()
              && beginnings.matches(origin, suffixStart))
          || (whole != null && whole.matches(origin));
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
    Map<List<String>, RegexSet> shared = new HashMap<>();
    Map<Entry, Entry> known = new HashMap<>();
    Map<String, Entry> entries = new HashMap<>();
    for (String suffix : suffixes) {
      RegexSet begin = set(beginnings.get(suffix), shared, memory);
      Entry entry = new Entry(begin, set(whole.get(suffix), shared, memory));
      entries.put(suffix, known.computeIfAbsent(entry, first -> first));
    }
    table = new SuffixTable<>(entries);
  }

  private static RegexSet set(
      List<String> expressions, Map<List<String>, RegexSet> shared, StateMemory memory) {
    return expressions == null
        ? null
        : shared.computeIfAbsent(expressions, list -> RegexSet.of(list, memory));
  }

  /**
   * Tells whether an expression matches the origin, whose parts are those of {@link
   * Origin#outline}.
   */
  boolean matches(String origin, long parts) {
    int hostStart = Origin.schemeEnd(parts) + 3;
    int hostEnd = Origin.hostEnd(parts);
    for (int i = 0; i < table.lengths(); i++) {
      int start = hostEnd - table.length(i);
      Entry entry = start < hostStart ? null : table.get(origin, start, hostEnd);
      if (entry != null && entry.matches(origin, start, hostEnd)) {
        return true;
      }
    }
    return others != null && others.matches(origin);
  }
}
