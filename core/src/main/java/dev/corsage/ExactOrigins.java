package dev.corsage;

import java.util.Arrays;
import java.util.List;

/**
 * Origins that are entries by themselves, found by their length and a few of their characters:
 * those that tell the entries apart. A hash of the whole text would take longer than everything
 * else.
 *
 * <p>Entries with the same hash stand together in alphabetical order and are found by halving: a
 * list that is made to collide costs the logarithm of its length in comparisons, and of long lists
 * a few lines that are read one by one.
 */
final class ExactOrigins {
  static final int NOT_FOUND = -1;

  /**
   * Up to here the entries are in the processor's cache, where whole strings are compared faster.
   */
  static final int SMALL = 4_096;

  private final FewCharacters characters;

  private final int size;

  /** For each bucket the number of its first entry; one more for the end. */
  private final int[] firsts;

  /** The entries, those of one bucket together, in alphabetical order; null if there are many. */
  private final String[] texts;

  /** The same where there are many; null if not. */
  private final PackedTexts packed;

  private final int buckets;
  private final int longest;

  ExactOrigins(List<String> origins) {
    this(origins, SMALL);
  }

  /**
   * Sorts origins into buckets.
   *
   * @param small up to how many are kept as strings
   */
  ExactOrigins(List<String> origins, int small) {
    size = origins.size();
    int most = 0;
    for (String origin : origins) {
      most = Math.max(most, origin.length());
    }
    longest = most;
    characters = FewCharacters.telling(origins, longest);
    // At least twice as many buckets as entries: most texts that are not listed find none.
    buckets = FewCharacters.buckets(size);
    int[] bucketOf = new int[size];
    int[] starts = new int[buckets + 1];
    for (int i = 0; i < size; i++) {
      bucketOf[i] = characters.bucket(origins.get(i), buckets);
      starts[bucketOf[i]]++;
    }
    int end = 0;
    for (int bucket = 0; bucket <= buckets; bucket++) {
      end += starts[bucket];
      starts[bucket] = end;
    }
    String[] sorted = new String[size];
    for (int i = 0; i < size; i++) {
      sorted[--starts[bucketOf[i]]] = origins.get(i);
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (starts[bucket + 1] - starts[bucket] > 1) {
        Arrays.sort(sorted, starts[bucket], starts[bucket + 1]);
      }
    }
    boolean isSmall = size <= small;
    texts = isSmall ? sorted : null;
    firsts = isSmall ? starts : null;
    packed = isSmall ? null : new PackedTexts(sorted, starts);
  }

  /** Returns how many entries there are. */
  int size() {
    return size;
  }

  /**
   * Returns a number that only this origin has, lower than {@link #size} where the list is small;
   * or {@link #NOT_FOUND} if it is not an entry.
   */
  int find(String origin) {
    if (origin.length() > longest) {
      // What is longer is not read at all: a header may have a megabyte.
      return NOT_FOUND;
    }
    int bucket = characters.bucket(origin, buckets);
    return texts == null ? packed.find(origin, bucket) : findAmongTexts(origin, bucket);
  }

  private int findAmongTexts(String origin, int bucket) {
    int low = firsts[bucket];
    int high = firsts[bucket + 1];
    if (high - low == 1) {
      return origin.equals(texts[low]) ? low : NOT_FOUND;
    }
    int found = low == high ? NOT_FOUND : Arrays.binarySearch(texts, low, high, origin);
    return found < 0 ? NOT_FOUND : found;
  }
}
