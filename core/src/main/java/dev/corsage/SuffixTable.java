package dev.corsage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    int longest = 0;
    for (String suffix : entries.keySet()) {
      longest = Math.max(longest, suffix.length());
    }
    lengths = mostFrequentFirst(entries.keySet(), longest);
    characters = FewCharacters.telling(List.copyOf(entries.keySet()), longest);
    buckets = FewCharacters.buckets(entries.size());
    slots = new Object[2 * buckets];
    entries.forEach(this::put);
  }

  /** Returns the lengths of texts; most origins then match at the first one that is tried. */
  private static int[] mostFrequentFirst(Set<String> texts, int longest) {
    int[] counts = new int[longest + 1];
    for (String text : texts) {
      counts[text.length()]++;
    }
    // A number that sorts by how often a length comes, and the length itself in its lower half.
    long[] order = new long[counts.length];
    int found = 0;
    for (int length = 0; length <= longest; length++) {
      if (counts[length] > 0) {
        order[found++] = (long) -counts[length] << Integer.SIZE | length;
      }
    }
    Arrays.sort(order, 0, found);
    int[] lengths = new int[found];
    for (int i = 0; i < found; i++) {
      lengths[i] = (int) order[i];
    }
    return lengths;
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
