package dev.corsage;

import java.util.Arrays;
import java.util.List;

/**
 * Origins that are entries by themselves, found by their length and a few of their characters:
 * those that tell the entries apart. A hash of the whole text would take longer than everything
 * else.
 *
 * <p>Entries with the same hash stand together in alphabetical order and are found by halving: a
 * list that is made to collide costs the logarithm of its length in comparisons, and no more.
 */
final class ExactOrigins {
  static final int NOT_FOUND = -1;

  /**
   * Up to here the entries are in the processor's cache, where whole strings are compared faster.
   */
  static final int SMALL = 4_096;

  private final FewCharacters characters;

  private final int size;

  /** The entries, those of one bucket together, in alphabetical order; null if there are many. */
  private final String[] texts;

  /** The same where there are many; null if not. */
  private final PackedTexts packed;

  /** For each bucket where its entries begin; the next bucket begins where they end. */
  private final int[] starts;

  private final int longest;

  ExactOrigins(List<String> origins) {
    size = origins.size();
    int most = 0;
    for (String origin : origins) {
      most = Math.max(most, origin.length());
    }
    longest = most;
    characters = FewCharacters.telling(origins, longest);
    // At least twice as many buckets as entries: most texts that are not listed find none.
    starts = new int[FewCharacters.buckets(origins.size()) + 1];
    int[] buckets = new int[size];
    for (int i = 0; i < size; i++) {
      buckets[i] = characters.bucket(origins.get(i), starts.length - 1);
      starts[buckets[i]]++;
    }
    int end = 0;
    for (int bucket = 0; bucket < starts.length; bucket++) {
      end += starts[bucket];
      starts[bucket] = end;
    }
    String[] sorted = new String[size];
    for (int i = 0; i < size; i++) {
      sorted[--starts[buckets[i]]] = origins.get(i);
    }
    for (int bucket = 0; bucket + 1 < starts.length; bucket++) {
      if (starts[bucket + 1] - starts[bucket] > 1) {
        Arrays.sort(sorted, starts[bucket], starts[bucket + 1]);
      }
    }
    texts = size <= SMALL ? sorted : null;
    packed = size <= SMALL ? null : new PackedTexts(sorted);
  }

  /** Returns how many entries there are: {@link #find} returns a lower number. */
  int size() {
    return size;
  }

  /** Returns a number that only this origin has, or {@link #NOT_FOUND} if it is not an entry. */
  int find(String origin) {
    if (origin.length() > longest) {
      // What is longer is not read at all: a header may have a megabyte.
      return NOT_FOUND;
    }
    int bucket = characters.bucket(origin, starts.length - 1);
    int low = starts[bucket];
    int high = starts[bucket + 1];
    if (high - low == 1 && texts != null) {
      return origin.equals(texts[low]) ? low : NOT_FOUND;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = texts == null ? packed.compare(origin, middle) : origin.compareTo(texts[middle]);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return NOT_FOUND;
  }

  /** Returns how many comparisons an origin can cost: the halvings of the longest bucket. */
  int mostComparisons() {
    int longestBucket = 0;
    for (int bucket = 0; bucket + 1 < starts.length; bucket++) {
      longestBucket = Math.max(longestBucket, starts[bucket + 1] - starts[bucket]);
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(longestBucket);
  }
}
