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
    at = JsonSyntax.space(bytes, start, limit);
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
    at = JsonSyntax.enter(bytes, at, limit, ++depth);
    fresh = true;
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
    keyStart = at + 1;
    int end = JsonSyntax.key(bytes, at, limit);
    boolean escapes = end < 0;
    keyEnd = (escapes ? ~end : end) - 1;
    escapedKey = escapes ? decode(keyStart, keyEnd) : null;
    at = JsonSyntax.colon(bytes, keyEnd + 1, limit);
    return true;
  }

  private boolean next(char end) {
    if (peek() == end) {
      at = JsonSyntax.space(bytes, at + 1, limit);
      depth--;
      fresh = false;
      return false;
    }
    if (!fresh) {
      at = JsonSyntax.comma(bytes, at, limit, end);
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
    // From the end: names of one length often begin alike, such as those of Fetch metadata.
    for (int i = name.length() - 1; i >= 0; i--) {
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
    int start = at;
    int end = JsonSyntax.value(bytes, at, limit, depth);
    at = JsonSyntax.space(bytes, end, limit);
    return decode(start + 1, end - 1);
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
    at = JsonSyntax.space(bytes, JsonSyntax.value(bytes, at, limit, depth), limit);
  }

  /** Requires the end of the text. */
  void end() {
    if (peek() != JsonSyntax.END) {
      throw JsonSyntax.malformed(at, "something follows it");
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
    int end = JsonSyntax.string(bytes, at, limit);
    if (end < 0) {
      return false;
    }
    at = JsonSyntax.space(bytes, end, limit);
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

  private String decode(int start, int end) {
    return JsonText.decode(bytes, start, end);
  }

  /** Returns the first byte of the next value; {@link JsonSyntax#END} at the end of the text. */
  int peek() {
    return JsonSyntax.peek(bytes, at, limit);
  }
}
