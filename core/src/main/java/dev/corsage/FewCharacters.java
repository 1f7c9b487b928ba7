package dev.corsage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A hash of texts that reads their length and the characters at a few places: the places at which
 * the texts of a list differ, which are looked for once.
 *
 * <p>It promises nothing about texts that are made to collide; who uses it bounds what they cost.
 */
final class FewCharacters {
  /** As many as the digits and letters that tell a million entries apart; usually one or two do. */
  private static final int MAX_PLACES = 8;

  /** Stands for a place, where the length tells texts apart: it is a part of the hash anyway. */
  private static final int LENGTH = -1;

  /** Of longer lists only so many are compared with each other. */
  private static final int SAMPLE = 256;

  /** Code units of a serialized origin are ASCII; others only make the hash worse. */
  private static final int ALPHABET = 128;

  private static final int GOLDEN = 0x9e3779b9;

  private final int[] places;

  private FewCharacters(int[] places) {
    this.places = places;
  }

  /**
   * Returns the hash that tells these texts apart as well as it can.
   *
   * @param longest the length of the longest text
   */
  static FewCharacters telling(List<String> texts, int longest) {
    String[] sample = new String[Math.min(texts.size(), SAMPLE)];
    for (int i = 0; i < sample.length; i++) {
      int first = (int) ((long) i * texts.size() / sample.length);
      // Anywhere in its part of the list: at equal distances, numbered texts would have few digits.
      sample[i] = texts.get(first + ((i * GOLDEN) >>> 1) % (texts.size() / sample.length));
    }
    int[] places = new int[MAX_PLACES];
    int found = 0;
    BitSet taken = new BitSet();
    int[] groups = new int[sample.length];
    int count = regroup(sample, groups, LENGTH);
    while (found < MAX_PLACES) {
      if (count >= sample.length) {
        if (sample.length == texts.size()) {
          break;
        }
        // The sample is told apart, all of them are not: again, with the places that are left.
        groups = new int[sample.length];
        count = regroup(sample, groups, LENGTH);
      }
      int best = -1;
      int most = count;
      for (int place = 0; place < longest; place++) {
        int parts = taken.get(place) ? 0 : count(sample, groups, place);
        if (parts > most) {
          most = parts;
          best = place;
        }
      }
      if (best < 0) {
        break;
      }
      taken.set(best);
      places[found++] = best;
      count = regroup(sample, groups, best);
    }
    return new FewCharacters(Arrays.copyOf(places, found));
  }

  /** Returns into how many groups the texts fall if the character at a place counts, too. */
  private static int count(String[] texts, int[] groups, int place) {
    BitSet seen = new BitSet();
    for (int i = 0; i < groups.length; i++) {
      seen.set(key(texts[i], groups[i], place));
    }
    return seen.cardinality();
  }

  /** Numbers the groups anew, by the character at a place, too; returns how many there are. */
  private static int regroup(String[] texts, int[] groups, int place) {
    int[] numbers = new int[texts.length * ALPHABET];
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      int key = key(texts[i], groups[i], place);
      if (numbers[key] == 0) {
        numbers[key] = ++count;
      }
      groups[i] = numbers[key] - 1;
    }
    return count;
  }

  private static int key(String text, int group, int place) {
    return group * ALPHABET + at(text, place) % ALPHABET;
  }

  private static int at(String text, int place) {
    return place == LENGTH ? text.length() : place < text.length() ? text.charAt(place) : 0;
  }

  /** Returns how many buckets a list of this size has: a power of two, at least twice the size. */
  static int buckets(int size) {
    return Integer.highestOneBit(Math.max(1, size)) * 4;
  }

  /**
   * Returns the bucket of a text.
   *
   * @param buckets how many there are, as {@link #buckets} returns it
   */
  int bucket(String text, int buckets) {
    return bucket(text, 0, text.length(), buckets);
  }

  /** Returns the bucket of a part of a text. */
  int bucket(String text, int start, int length, int buckets) {
    int hash = 0;
    for (int place : places) {
      // Four bits tell digits apart, and shifting takes less time than multiplying.
      hash = (hash << 4) + (place < length ? text.charAt(start + place) : 0);
    }
    // The high bits of a product depend on all bits, the low ones do not.
    return ((hash ^ length << 16) * GOLDEN) >>> (Integer.numberOfLeadingZeros(buckets) + 1);
  }
}
