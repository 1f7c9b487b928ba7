package dev.corsage;

import java.nio.charset.StandardCharsets;

/**
 * Many short ASCII texts in one array, by their numbers: with a million of them the time goes into
 * waiting for memory, and a string is two objects on the way to its characters.
 */
final class PackedTexts {
  private final byte[] characters;

  /** For each text where it begins; the next one begins where it ends. */
  private final int[] starts;

  PackedTexts(String[] texts) {
    starts = new int[texts.length + 1];
    for (int i = 0; i < texts.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], texts[i].length());
    }
    characters = new byte[starts[texts.length]];
    for (int i = 0; i < texts.length; i++) {
      byte[] text = texts[i].getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, characters, starts[i], text.length);
    }
  }

  /** Compares a text with the one of this number, in the order of {@link String#compareTo}. */
  int compare(String text, int number) {
    int start = starts[number];
    int length = starts[number + 1] - start;
    int common = Math.min(length, text.length());
    for (int i = 0; i < common; i++) {
      int difference = text.charAt(i) - characters[start + i];
      if (difference != 0) {
        return difference;
      }
    }
    return text.length() - length;
  }
}
