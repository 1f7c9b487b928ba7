package dev.corsage;

/**
 * Many short texts in one string, the texts of a bucket together and in alphabetical order: with a
 * million of them the time goes into waiting for memory, so a bucket leads to characters at once.
 */
final class PackedTexts {
  /** Behind each text; no entry of an allow list has it. */
  private static final char END = '\n';

  /** So many characters are read one text after the other; what is longer is halved. */
  private static final int SHORT = 256;

  private final String all;

  /** For each bucket where its texts begin; the next bucket begins where they end. */
  private final int[] starts;

  /**
   * Packs texts.
   *
   * @param texts those of one bucket together, in alphabetical order
   * @param firsts for each bucket the number of its first text; one more for the end
   */
  PackedTexts(String[] texts, int[] firsts) {
    int length = texts.length;
    for (String text : texts) {
      length = Math.addExact(length, text.length());
    }
    StringBuilder packed = new StringBuilder(length);
    starts = new int[firsts.length];
    for (int bucket = 0; bucket + 1 < firsts.length; bucket++) {
      for (int i = firsts[bucket]; i < firsts[bucket + 1]; i++) {
        packed.append(texts[i]).append(END);
      }
      starts[bucket + 1] = packed.length();
    }
    all = packed.toString();
  }

  /** Returns where a text stands, or {@link ExactOrigins#NOT_FOUND} if it is not in its bucket. */
  int find(String text, int bucket) {
    int low = starts[bucket];
    int high = starts[bucket + 1];
    while (high - low > SHORT) {
      int middle = all.lastIndexOf(END, ((low + high) >>> 1) - 1) + 1;
      int end = all.indexOf(END, middle);
      int order = compare(text, middle, end);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle;
      } else {
        low = end + 1;
      }
    }
    while (low < high) {
      int end = all.indexOf(END, low);
      if (end - low == text.length() && all.startsWith(text, low)) {
        return low;
      }
      low = end + 1;
    }
    return ExactOrigins.NOT_FOUND;
  }

  /** Compares a text with the one between two places, in the order of {@link String#compareTo}. */
  private int compare(String text, int start, int end) {
    int common = Math.min(end - start, text.length());
    for (int i = 0; i < common; i++) {
      int difference = text.charAt(i) - all.charAt(start + i);
      if (difference != 0) {
        return difference;
      }
    }
    return text.length() - (end - start);
  }
}
