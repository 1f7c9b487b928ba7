package dev.corsage.runtime;

/** Writes JSON strings (RFC 8259, section 7). */
final class JsonText {
  private JsonText() {}

  /** Appends a string, in ASCII. */
  static void append(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7f) {
        json.append(c);
      } else {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          json.append(Character.forDigit(c >> shift & 15, 16));
        }
      }
    }
    json.append('"');
  }
}
