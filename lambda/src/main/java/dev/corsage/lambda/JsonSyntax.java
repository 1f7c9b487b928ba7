package dev.corsage.lambda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the values of a JSON text in UTF-8 end (RFC 8259): each function takes the position of the
 * first byte and returns the one after the last, and has no state. Most of an event is passed over
 * here, so this is what its reading costs.
 *
 * <p>All throw an {@link IllegalArgumentException}, with the position, where the bytes are not
 * JSON.
 */
final class JsonSyntax {
  /** More than any event has, and less than a thread's stack has room for. */
  static final int MAX_DEPTH = 512;

  static final int END = -1;

  /** Times a byte: that byte, eight times. */
  private static final long EACH = 0x0101010101010101L;

  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private JsonSyntax() {}

  /** Returns the byte at a position, from 0 to 255; {@link #END} at the end. */
  static int peek(byte[] json, int at, int limit) {
    return at < limit ? json[at] & 0xff : END;
  }

  /** Returns the position of the next byte that is not white space. */
  static int space(byte[] json, int at, int limit) {
    int i = at;
    while (i < limit) {
      byte b = json[i];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return i;
      }
      i++;
    }
    return i;
  }

  /**
   * Passes over any value.
   *
   * @param depth in how many objects and arrays the value is
   */
  static int value(byte[] json, int at, int limit, int depth) {
    return switch (peek(json, at, limit)) {
      case '"' -> {
        int end = string(json, at, limit);
        yield end < 0 ? ~end : end;
      }
      case '{' -> object(json, at, limit, depth + 1);
      case '[' -> array(json, at, limit, depth + 1);
      case 't' -> word("true", json, at, limit);
      case 'f' -> word("false", json, at, limit);
      case 'n' -> word("null", json, at, limit);
      case END -> throw malformed(at, "it ends too early");
      default -> number(json, at, limit);
    };
  }

  private static int object(byte[] json, int at, int limit, int depth) {
    int i = enter(json, at, limit, depth);
    if (peek(json, i, limit) == '}') {
      return i + 1;
    }
    while (true) {
      int key = key(json, i, limit);
      i = colon(json, key < 0 ? ~key : key, limit);
      i = space(json, value(json, i, limit, depth), limit);
      if (peek(json, i, limit) == '}') {
        return i + 1;
      }
      i = comma(json, i, limit, '}');
    }
  }

  private static int array(byte[] json, int at, int limit, int depth) {
    int i = enter(json, at, limit, depth);
    if (peek(json, i, limit) == ']') {
      return i + 1;
    }
    while (true) {
      i = space(json, value(json, i, limit, depth), limit);
      if (peek(json, i, limit) == ']') {
        return i + 1;
      }
      i = comma(json, i, limit, ']');
    }
  }

  /** Passes over the beginning of an object or an array, and the white space behind it. */
  static int enter(byte[] json, int at, int limit, int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed(at, "it is nested too deeply");
    }
    return space(json, at + 1, limit);
  }

  /** Passes over the key of a field; like {@link #string}. */
  static int key(byte[] json, int at, int limit) {
    if (peek(json, at, limit) != '"') {
      throw malformed(at, "a key is missing");
    }
    return string(json, at, limit);
  }

  /** Passes over the colon behind a key, and the white space around it. */
  static int colon(byte[] json, int at, int limit) {
    int i = space(json, at, limit);
    if (peek(json, i, limit) != ':') {
      throw malformed(i, "a colon is missing");
    }
    return space(json, i + 1, limit);
  }

  /** Passes over the comma before a value, and the white space behind it. */
  static int comma(byte[] json, int at, int limit, char end) {
    if (peek(json, at, limit) != ',') {
      throw malformed(at, "a comma is missing");
    }
    int i = space(json, at + 1, limit);
    if (peek(json, i, limit) == end) {
      throw malformed(i, "something is missing after the comma");
    }
    return i;
  }

  /**
   * Passes over a string with its quotes.
   *
   * @return the position after it; its complement, which is negative, if the string has escapes
   */
  static int string(byte[] json, int at, int limit) {
    boolean escapes = false;
    int i = at + 1;
    while (true) {
      i = plain(json, i, limit);
      int b = peek(json, i, limit);
      if (b == '"') {
        return escapes ? ~(i + 1) : i + 1;
      } else if (b == '\\') {
        escapes = true;
        i = escape(json, i, limit);
      } else if (b == END) {
        throw malformed(i, "a string does not end");
      } else if (b < 0x80) {
        throw malformed(i, "a control character is in a string");
      } else {
        i = character(json, i, limit);
      }
    }
  }

  /**
   * Passes over the ASCII characters that stand for themselves in a string.
   *
   * <p>Eight at a time, as one number: in each of its bytes the highest bit tells whether it is
   * another character. A bit may be wrong behind one that is right, so the first one counts. The
   * buffer, unlike a VarHandle, is part of what the JVM loads anyway.
   */
  static int plain(byte[] json, int at, int limit) {
    ByteBuffer words = ByteBuffer.wrap(json).order(ByteOrder.LITTLE_ENDIAN);
    int i = at;
    while (i + Long.BYTES <= limit) {
      long word = words.getLong(i);
      // The quote is made the number behind the control characters: both are then less than 0x21.
      long quoteOrControl = (word ^ 0x02 * EACH) - 0x21 * EACH;
      long backslash = (word ^ '\\' * EACH) - EACH;
      long others = (quoteOrControl | backslash | word) & HIGHEST_BITS;
      if (others != 0) {
        return i + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < limit && json[i] >= ' ' && json[i] != '"' && json[i] != '\\') {
      i++;
    }
    return i;
  }

  private static int escape(byte[] json, int at, int limit) {
    int b = peek(json, at + 1, limit);
    if (b == 'u') {
      for (int i = at + 2; i < at + 6; i++) {
        if (i >= limit || Character.digit(json[i], 16) < 0) {
          throw malformed(i, "an escape is malformed");
        }
      }
      return at + 6;
    }
    if (b <= 0 || "\"\\/bfnrt".indexOf(b) < 0) {
      throw malformed(at, "an escape is malformed");
    }
    return at + 2;
  }

  /** Passes over a character that is not ASCII. */
  private static int character(byte[] json, int at, int limit) {
    int end = JsonText.endOfCharacter(json, at, limit);
    if (end < 0) {
      throw malformed(at, "it is not UTF-8");
    }
    return end;
  }

  private static int word(String word, byte[] json, int at, int limit) {
    for (int i = 0; i < word.length(); i++) {
      if (peek(json, at + i, limit) != word.charAt(i)) {
        throw malformed(at + i, "it is not a value");
      }
    }
    return at + word.length();
  }

  private static int number(byte[] json, int at, int limit) {
    int i = peek(json, at, limit) == '-' ? at + 1 : at;
    i = peek(json, i, limit) == '0' ? i + 1 : digits(json, i, limit);
    if (peek(json, i, limit) == '.') {
      i = digits(json, i + 1, limit);
    }
    if (peek(json, i, limit) == 'e' || peek(json, i, limit) == 'E') {
      i++;
      if (peek(json, i, limit) == '+' || peek(json, i, limit) == '-') {
        i++;
      }
      i = digits(json, i, limit);
    }
    return i;
  }

  private static int digits(byte[] json, int at, int limit) {
    int i = at;
    while (i < limit && json[i] >= '0' && json[i] <= '9') {
      i++;
    }
    if (i == at) {
      throw malformed(at, "it is not a value");
    }
    return i;
  }

  /** Returns what says why a text is not JSON. */
  static IllegalArgumentException malformed(int at, String reason) {
    return new IllegalArgumentException("This is not valid JSON at byte " + at + ": " + reason);
  }
}
