package dev.corsage;

import java.util.List;
import java.util.Map;

/**
 * Values by what a host ends with. Of a host only the ends are looked at that have the length of
 * one in the table, each by a few of its characters.
 */
final class SuffixTable<V> {
  private final FewCharacters characters;
  private final int[] lengths;

  /** At least twice as long as there are suffixes; null where there is none. */
  private final String[] suffixes;

  /** At the places of their suffixes. */
  private final Object[] values;

  SuffixTable(Map<String, V> entries) {
    lengths = entries.keySet().stream().mapToInt(String::length).distinct().sorted().toArray();
    int longest = lengths.length == 0 ? 0 : lengths[lengths.length - 1];
    characters = FewCharacters.telling(List.copyOf(entries.keySet()), longest);
    suffixes = new String[FewCharacters.buckets(entries.size())];
    values = new Object[suffixes.length];
    entries.forEach(this::put);
  }

  private void put(String suffix, V value) {
    int slot = characters.bucket(suffix, suffixes.length);
    while (suffixes[slot] != null) {
      slot = next(slot);
    }
    suffixes[slot] = suffix;
    values[slot] = value;
  }

  private int next(int slot) {
    return (slot + 1) & (suffixes.length - 1);
  }

  /** Returns how many different lengths the suffixes have. */
  int lengths() {
    return lengths.length;
  }

  /** Returns one of the lengths; the longer ones come last. */
  int length(int index) {
    return lengths[index];
  }

  /** Returns the value of a suffix that stands in a text; null if there is none. */
  @SuppressWarnings("unchecked")
  V get(String text, int start, int end) {
    int length = end - start;
    int slot = characters.bucket(text, start, length, suffixes.length);
    for (String suffix; (suffix = suffixes[slot]) != null; slot = next(slot)) {
      if (suffix.length() == length && text.startsWith(suffix, start)) {
        return (V) values[slot];
      }
    }
    return null;
  }
}
