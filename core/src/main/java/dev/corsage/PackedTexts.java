package dev.corsage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Many serialized origins in one array, those of a bucket together and in alphabetical order: with
 * a million of them the time goes into waiting for memory, so a bucket leads to characters at once.
 *
 * <p>What is looked for is copied into bytes: they are compared eight at a time, parts of strings
 * character by character, which takes longer than the copy.
 */
final class PackedTexts {
  /** Before each text its length, in bytes that are negative, as no byte of ASCII is. */
  private static final int LENGTH_BYTES = 2;

  private static final int LENGTH_BITS = 7;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** So many bytes are read one text after the other; what is longer is halved. */
  private static final int SHORT = 256;

  private final byte[] all;

  /** For each bucket where its texts begin; the next bucket begins where they end. */
  private final int[] starts;

  /**
   * Packs texts.
   *
   * @param texts origins, ASCII and of at most {@link Origin#MAX_LENGTH} characters; those of one
   *     bucket together, in alphabetical order
   * @param firsts for each bucket the number of its first text; one more for the end
   */
  PackedTexts(String[] texts, int[] firsts) {
    int length = 0;
    for (String text : texts) {
      length = Math.addExact(length, LENGTH_BYTES + text.length());
    }
    all = new byte[length];
    starts = new int[firsts.length];
    int end = 0;
    for (int bucket = 0; bucket + 1 < firsts.length; bucket++) {
      for (int i = firsts[bucket]; i < firsts[bucket + 1]; i++) {
        byte[] text = texts[i].getBytes(ISO_8859_1);
        all[end++] = (byte) ~(text.length >>> LENGTH_BITS);
        all[end++] = (byte) ~(text.length & LENGTH_MASK);
        System.arraycopy(text, 0, all, end, text.length);
        end += text.length;
      }
      starts[bucket + 1] = end;
    }
  }

  /** Returns where a text stands, or {@link ExactOrigins#NOT_FOUND} if it is not in its bucket. */
  int find(String text, int bucket) {
    int low = starts[bucket];
    int high = starts[bucket + 1];
    if (low == high) {
      return ExactOrigins.NOT_FOUND;
    }
    // What is not in Latin-1 becomes a question mark, which no origin has.
    byte[] bytes = text.getBytes(ISO_8859_1);
    return high - low <= SHORT ? findByReading(bytes, low, high) : findByHalving(bytes, low, high);
  }

  private int findByReading(byte[] text, int low, int high) {
    int end;
    for (int start = low; start < high; start = end) {
      end = end(start);
      if (end - start == LENGTH_BYTES + text.length && isAt(start + LENGTH_BYTES, text)) {
        return start;
      }
    }
    return ExactOrigins.NOT_FOUND;
  }

  /** For texts as short as an origin, faster than the JDK's method for parts of arrays. */
  private boolean isAt(int start, byte[] text) {
    int last = text.length - Long.BYTES;
    if (last < 0) {
      return Arrays.equals(text, 0, text.length, all, start, start + text.length);
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONGS.get(text, i) != (long) LONGS.get(all, start + i)) {
        return false;
      }
    }
    // The last eight, some of which may have been compared before.
    return (long) LONGS.get(text, last) == (long) LONGS.get(all, start + last);
  }

  private int findByHalving(byte[] text, int from, int to) {
    int low = from;
    int high = to;
    while (high - low > SHORT) {
      int middle = (low + high) >>> 1;
      // Back to the bytes of a length, of which the first one may be the middle itself.
      while (middle > low && (all[middle] >= 0 || all[middle - 1] < 0)) {
        middle--;
      }
      int end = end(middle);
      int order = Arrays.compare(text, 0, text.length, all, middle + LENGTH_BYTES, end);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle;
      } else {
        low = end;
      }
    }
    return findByReading(text, low, high);
  }

  /** Returns where the text ends whose length stands here. */
  private int end(int start) {
    int length = ~all[start] << LENGTH_BITS | ~all[start + 1];
    return start + LENGTH_BYTES + length;
  }
}
