package dev.corsage.lambda;

import java.nio.charset.StandardCharsets;

/**
 * Reads the few values that matter out of JSON in UTF-8, in one pass and without a copy of the
 * rest, which is checked and left behind (RFC 8259).
 *
 * <p>A cold start is short: loading a general reader costs more than all the reading it would do.
 *
 * <p>Every method fails with an {@link IllegalArgumentException} that says at which byte it is no
 * JSON.
 */
final class JsonBytes {
  /** Deeper than any event, shallower than a stack. */
  private static final int MAX_DEPTH = 512;

  private static final int END = -1;

  private final byte[] bytes;
  private int at;
  private int depth;

  /** Whether a collection has begun and nothing of it was read. */
  private boolean fresh;

  // The key last read, without its quotes, and what it says if it has escapes.
  private int keyStart;
  private int keyEnd;
  private String escapedKey;

  JsonBytes(byte[] bytes) {
    this.bytes = bytes;
    skipSpace();
  }

  /** Begins an object, or skips a value that is none. */
  boolean enterObject() {
    if (peek() != '{') {
      skip();
      return false;
    }
    enter();
    return true;
  }

  /** Tells whether an object comes next. */
  boolean isObject() {
    return peek() == '{';
  }

  /** Begins an array, or leaves a value that is none for who comes next. */
  boolean enterArray() {
    if (peek() != '[') {
      return false;
    }
    enter();
    return true;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("it is nested too deep");
    }
    at++;
    fresh = true;
    skipSpace();
  }

  /** Goes on to the next element; false behind the last one. */
  boolean nextElement() {
    return next(']');
  }

  /** Goes on to the value of the next key; false behind the last one. */
  boolean nextKey() {
    if (!next('}')) {
      return false;
    }
    if (peek() != '"') {
      throw malformed("a key is missing");
    }
    keyStart = at + 1;
    boolean escapes = skipString();
    keyEnd = at - 1;
    escapedKey = escapes ? decode(keyStart, keyEnd) : null;
    skipSpace();
    if (peek() != ':') {
      throw malformed("a colon is missing");
    }
    at++;
    skipSpace();
    return true;
  }

  private boolean next(char end) {
    if (peek() == end) {
      at++;
      depth--;
      fresh = false;
      skipSpace();
      return false;
    }
    if (!fresh) {
      if (peek() != ',') {
        throw malformed("a comma is missing");
      }
      at++;
      skipSpace();
      if (peek() == end) {
        throw malformed("something is missing behind the comma");
      }
    }
    fresh = false;
    return true;
  }

  /** Tells whether the key last read is this one, which is ASCII. */
  boolean keyIs(String name) {
    if (escapedKey != null) {
      return escapedKey.equals(name);
    }
    if (keyEnd - keyStart != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (bytes[keyStart + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Tells the same of a name in lower-case ASCII, whatever the case of the key's ASCII letters. */
  boolean keyIsIgnoringCase(String name) {
    int length = escapedKey == null ? keyEnd - keyStart : escapedKey.length();
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = escapedKey == null ? bytes[keyStart + i] : escapedKey.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the key last read. */
  String key() {
    return escapedKey != null ? escapedKey : decode(keyStart, keyEnd);
  }

  /** Returns the string that comes next, or null if the value is none, which is skipped. */
  String stringOrNull() {
    if (peek() != '"') {
      skip();
      return null;
    }
    int start = at + 1;
    skipString();
    String text = decode(start, at - 1);
    skipSpace();
    return text;
  }

  /** Returns the text of the string, number or boolean that comes next, or null for all others. */
  String scalarOrNull() {
    int c = peek();
    if (c == '"') {
      return stringOrNull();
    }
    int start = at;
    skip();
    boolean scalar = c != '{' && c != '[' && c != 'n';
    return scalar ? decode(start, at).stripTrailing() : null;
  }

  /** Skips the value that comes next. */
  void skip() {
    switch (peek()) {
      case '{' -> {
        enter();
        while (nextKey()) {
          skip();
        }
      }
      case '[' -> {
        enter();
        while (nextElement()) {
          skip();
        }
      }
      case '"' -> {
        skipString();
        skipSpace();
      }
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      case END -> throw malformed("it ends too early");
      default -> skipNumber();
    }
  }

  /** Requires that nothing follows. */
  void end() {
    if (peek() != END) {
      throw malformed("something is behind it");
    }
  }

  /** Returns where the key last read begins, at its quote. */
  int keyPosition() {
    return keyStart - 1;
  }

  /** Returns the position of the next byte that was not read; no white space is there. */
  int position() {
    return at;
  }

  private void skipWord(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw malformed("it is no value");
      }
    }
    skipSpace();
  }

  private void skipNumber() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (peek() == '.') {
      at++;
      skipDigits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      skipDigits();
    }
    skipSpace();
  }

  private void skipDigits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed("it is no value");
    }
  }

  /** Skips a string with its quotes; tells whether it has escapes. */
  private boolean skipString() {
    boolean escapes = false;
    at++;
    while (true) {
      at = endOfPlain(at);
      int b = at < bytes.length ? bytes[at] : END;
      if (b == '"') {
        at++;
        return escapes;
      } else if (b == '\\') {
        escapes = true;
        skipEscape();
      } else if (at >= bytes.length) {
        throw malformed("a string does not end");
      } else if (b < 0) {
        skipUtf8();
      } else {
        throw malformed("a control character is in a string");
      }
    }
  }

  /** Returns where the characters end that stand for themselves. Most of an event is these. */
  private int endOfPlain(int start) {
    byte[] all = bytes;
    int i = start;
    while (i < all.length && all[i] >= 0x20 && all[i] != '"' && all[i] != '\\') {
      i++;
    }
    return i;
  }

  private void skipEscape() {
    at++;
    int b = peek();
    if (b == 'u') {
      for (int i = 1; i <= 4; i++) {
        if (at + i >= bytes.length || Character.digit(bytes[at + i], 16) < 0) {
          throw malformed("an escape is malformed");
        }
      }
      at += 5;
    } else if (b > 0 && "\"\\/bfnrt".indexOf(b) >= 0) {
      at++;
    } else {
      throw malformed("an escape is malformed");
    }
  }

  /** Skips one character of more than one byte (RFC 3629, section 4). */
  private void skipUtf8() {
    int first = bytes[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    boolean good = first >= 0xc2 && first <= 0xf4 && at + length <= bytes.length;
    for (int i = 1; good && i < length; i++) {
      int b = bytes[at + i] & 0xff;
      good = b >= 0x80 && b <= 0xbf;
    }
    if (good && length > 2) {
      int second = bytes[at + 1] & 0xff;
      // Overlong forms, surrogates, and what is beyond Unicode.
      good =
          switch (first) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
          };
    }
    if (!good) {
      throw malformed("it is not UTF-8");
    }
    at += length;
  }

  /** Returns the text of a string whose bytes were checked. */
  private String decode(int start, int end) {
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

  private int peek() {
    return at < bytes.length ? bytes[at] & 0xff : END;
  }

  private void skipSpace() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  private IllegalArgumentException malformed(String reason) {
    return new IllegalArgumentException("This is not valid JSON at byte " + at + ": " + reason);
  }
}
