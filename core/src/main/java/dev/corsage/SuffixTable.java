package dev.corsage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values by what a host ends with. Of a host only the ends are looked at that have the length of
 * one in the table, each by a few of its characters.
 */
final class SuffixTable<V> {
  private final FewCharacters characters;
  private final int[] lengths;

  private final int buckets;

  /** Each suffix and behind it its value, so that they come from memory together. */
  private final Object[] slots;

  SuffixTable(Map<String, V> entries) {
    lengths = mostFrequentLengths(entries.keySet());
    int longest = Arrays.stream(lengths).max().orElse(0);
    characters = FewCharacters.telling(List.copyOf(entries.keySet()), longest);
    buckets = FewCharacters.buckets(entries.size());
    slots = new Object[2 * buckets];
    entries.forEach(this::put);
  }

  /** Most origins then match at the first length that is tried. */
  private static int[] mostFrequentLengths(Set<String> suffixes) {
    Map<Integer, Long> counts =
        suffixes.stream().collect(Collectors.groupingBy(String::length, Collectors.counting()));
    return counts.keySet().stream()
        .sorted(Comparator.comparing(counts::get).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void put(String suffix, V value) {
    int slot = 2 * characters.bucket(suffix, buckets);
    while (slots[slot] != null) {
      slot = next(slot);
    }
    slots[slot] = suffix;
    slots[slot + 1] = value;
  }

  private int next(int slot) {
    return (slot + 2) & (slots.length - 1);
  }

  /** Returns how many different lengths the suffixes have. */
  int lengths() {
    return lengths.length;
  }

  /** Returns one of the lengths; those of many suffixes come first. */
  int length(int index) {
    return lengths[index];
  }

  /** Returns the value of a suffix that stands in a text; null if there is none. */
  @SuppressWarnings("unchecked")
  V get(String text, int start, int end) {
    int length = end - start;
    int slot = 2 * characters.bucket(text, start, length, buckets);
    for (String suffix; (suffix = (String) slots[slot]) != null; slot = next(slot)) {
      if (suffix.length() == length && text.startsWith(suffix, start)) {
        return (V) slots[slot + 1];
      }
    }
    return null;
  }
}
