package dev.corsage.lambda;

import java.nio.charset.StandardCharsets;

/** The characters of a string in JSON: UTF-8 (RFC 3629), with escapes (RFC 8259, section 7). */
final class JsonText {
  private JsonText() {}

  /**
   * Returns the position after a character of more than one byte (RFC 3629, section 4), or a
   * negative number if the bytes are no such character.
   *
   * @param limit where the bytes end
   */
  static int endOfCharacter(byte[] bytes, int at, int limit) {
    int first = bytes[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    boolean good = first >= 0xc2 && first <= 0xf4 && at + length <= limit;
    for (int i = 1; good && i < length; i++) {
      int b = bytes[at + i] & 0xff;
      good = b >= 0x80 && b <= 0xbf;
    }
    if (good && length > 2) {
      int second = bytes[at + 1] & 0xff;
      // No overlong forms, no surrogates, nothing beyond U+10FFFF.
      good =
          switch (first) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
          };
    }
    return good ? at + length : -1;
  }

  /** Returns the text of a string that was validated; its quotes are outside of the positions. */
  static String decode(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        decoded.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'u' -> {
          decoded.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        case 'b' -> decoded.append('\b');
        case 'f' -> decoded.append('\f');
        case 'n' -> decoded.append('\n');
        case 'r' -> decoded.append('\r');
        case 't' -> decoded.append('\t');
        default -> decoded.append(escape);
      }
    }
    return decoded.toString();
  }
}
