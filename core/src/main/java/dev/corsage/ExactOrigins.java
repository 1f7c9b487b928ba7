package dev.corsage;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Origins that are entries by themselves, found by their hash.
 *
 * <p>With a million entries the time goes into waiting for memory, so there are no objects on the
 * way: one read of the table and one of the text, both arrays, where a hash map has four objects
 * that each point to the next.
 */
final class ExactOrigins {
  static final int NOT_FOUND = -1;

  /** Two bytes in front of each text hold its length, which is enough for any origin. */
  private static final int LENGTH_BYTES = 2;

  /** In each slot that is taken the hash, and where the text is; 0 where none is. */
  private final long[] table;

  private final byte[] texts;

  private final int longest;

  ExactOrigins(List<String> origins) {
    table = new long[Integer.highestOneBit(Math.max(1, origins.size())) * 4];
    int size = 1;
    int longestLength = 0;
    for (String origin : origins) {
      size += LENGTH_BYTES + origin.length();
      longestLength = Math.max(longestLength, origin.length());
    }
    longest = longestLength;
    texts = new byte[size];
    int end = 1;
    for (String origin : origins) {
      table[freeSlot(origin)] = (long) origin.hashCode() << 32 | end;
      texts[end++] = (byte) (origin.length() >> 8);
      texts[end++] = (byte) origin.length();
      byte[] text = origin.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, texts, end, text.length);
      end += text.length;
    }
  }

  private int freeSlot(String origin) {
    int slot = slot(origin.hashCode());
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  /** Returns how many slots there are: an upper bound of what {@link #find} returns. */
  int slots() {
    return table.length;
  }

  /** Returns a number that only this origin has, or {@link #NOT_FOUND} if it is not an entry. */
  int find(String origin) {
    if (origin.length() > longest) {
      // The hash of a header of a megabyte would read all of it.
      return NOT_FOUND;
    }
    int hash = origin.hashCode();
    int slot = slot(hash);
    for (long entry; (entry = table[slot]) != 0; slot = (slot + 1) & (table.length - 1)) {
      if ((int) (entry >>> 32) == hash && isAt((int) entry, origin)) {
        return slot;
      }
    }
    return NOT_FOUND;
  }

  private boolean isAt(int start, String origin) {
    int length = (texts[start] & 0xff) << 8 | (texts[start + 1] & 0xff);
    if (length != origin.length()) {
      return false;
    }
    int text = start + LENGTH_BYTES;
    for (int i = 0; i < length; i++) {
      if (texts[text + i] != origin.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int slot(int hash) {
    int mixed = hash * 0x9e3779b9;
    return (mixed ^ mixed >>> 16) & (table.length - 1);
  }
}
