package dev.corsage.lambda;

/**
 * Reads selected values out of JSON in UTF-8 (RFC 8259), in one pass; the rest is validated and not
 * copied.
 *
 * <p>Why not a library: in a cold start, loading a general reader takes longer than all the
 * reading.
 *
 * <p>Every method throws an {@link IllegalArgumentException}, with the position, where the bytes
 * are not JSON.
 */
final class JsonBytes {
  /** More than any event has, and less than a thread's stack has room for. */
  private static final int MAX_DEPTH = 512;

  private static final int END = -1;

  private final byte[] bytes;

  /** Where the text ends. */
  private final int limit;

  private int at;
  private int depth;

  /** Whether an object or an array has begun and nothing of it was read yet. */
  private boolean fresh;

  // The position of the key last read, without its quotes, and its text if it has escapes.
  private int keyStart;
  private int keyEnd;
  private String escapedKey;

  JsonBytes(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads the bytes from one position to before another. */
  JsonBytes(byte[] bytes, int start, int limit) {
    this.bytes = bytes;
    this.limit = limit;
    at = start;
    skipSpace();
  }

  /** Enters an object and returns true; skips any other value. */
  boolean enterObject() {
    if (peek() != '{') {
      skip();
      return false;
    }
    enter();
    return true;
  }

  /** Tells whether the next value is an object. */
  boolean isObject() {
    return peek() == '{';
  }

  /** Tells whether the next value is a string. */
  boolean isString() {
    return peek() == '"';
  }

  /** Tells whether the next value is an array. */
  boolean isArray() {
    return peek() == '[';
  }

  /** Tells whether the next value is null. */
  boolean isNull() {
    return peek() == 'n';
  }

  /** Enters an array and returns true; does nothing before any other value. */
  boolean enterArray() {
    if (peek() != '[') {
      return false;
    }
    enter();
    return true;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("it is nested too deeply");
    }
    at++;
    fresh = true;
    skipSpace();
  }

  /** Moves to the next element; returns false after the last one. */
  boolean nextElement() {
    return next(']');
  }

  /** Moves to the value of the next key; returns false after the last one. */
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
        throw malformed("something is missing after the comma");
      }
    }
    fresh = false;
    return true;
  }

  /** Tells whether the key last read is this name, which is ASCII. */
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

  /** The same, ignoring the case of the key's ASCII letters; the name is in lower case. */
  boolean keyIsIgnoringCase(String name) {
    if (keyLength() != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (lowerCase(keyAt(i)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the key last read. */
  String key() {
    return escapedKey != null ? escapedKey : decode(keyStart, keyEnd);
  }

  /** Returns the next value if it is a string; skips any other value and returns null. */
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

  /** Returns the text of the next value if it is a string, number or boolean; else null. */
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

  /** Skips the next value. */
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

  /** Requires the end of the text. */
  void end() {
    if (peek() != END) {
      throw malformed("something follows it");
    }
  }

  /** Returns the length of the key last read, in bytes unless it has escapes. */
  int keyLength() {
    return escapedKey == null ? keyEnd - keyStart : escapedKey.length();
  }

  /** Tells whether the key last read is letters, digits and hyphens alone, as most header names. */
  boolean keyIsPlainName() {
    if (escapedKey != null || keyStart == keyEnd) {
      return false;
    }
    for (int i = keyStart; i < keyEnd; i++) {
      int c = lowerCase(bytes[i]);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  private int keyAt(int i) {
    return escapedKey == null ? bytes[keyStart + i] : escapedKey.charAt(i);
  }

  private static int lowerCase(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  /** Tells whether the next value is a string without escapes; where it is, skips it. */
  boolean skipPlainString() {
    if (peek() != '"') {
      return false;
    }
    int start = at;
    if (skipString()) {
      at = start;
      return false;
    }
    skipSpace();
    return true;
  }

  /** Returns the position of the key last read, at its quote. */
  int keyPosition() {
    return keyStart - 1;
  }

  /** Returns the position of the next byte to read, which is not white space. */
  int position() {
    return at;
  }

  private void skipWord(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw malformed("it is not a value");
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
      throw malformed("it is not a value");
    }
  }

  /** Skips a string with its quotes; tells whether it has escapes. */
  private boolean skipString() {
    boolean escapes = false;
    at++;
    while (true) {
      at = endOfPlain(at);
      int b = at < limit ? bytes[at] : END;
      if (b == '"') {
        at++;
        return escapes;
      } else if (b == '\\') {
        escapes = true;
        skipEscape();
      } else if (at >= limit) {
        throw malformed("a string does not end");
      } else if (b < 0) {
        skipUtf8();
      } else {
        throw malformed("a control character is in a string");
      }
    }
  }

  /** Returns the end of the ASCII characters without escapes; most of an event is these. */
  private int endOfPlain(int start) {
    byte[] all = bytes;
    int end = limit;
    int i = start;
    while (i < end && all[i] >= 0x20 && all[i] != '"' && all[i] != '\\') {
      i++;
    }
    return i;
  }

  private void skipEscape() {
    at++;
    int b = peek();
    if (b == 'u') {
      for (int i = 1; i <= 4; i++) {
        if (at + i >= limit || Character.digit(bytes[at + i], 16) < 0) {
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

  private void skipUtf8() {
    int next = JsonText.endOfCharacter(bytes, at, limit);
    if (next < 0) {
      throw malformed("it is not UTF-8");
    }
    at = next;
  }

  private String decode(int start, int end) {
    return JsonText.decode(bytes, start, end);
  }

  private int peek() {
    return at < limit ? bytes[at] & 0xff : END;
  }

  private void skipSpace() {
    while (at < limit) {
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
