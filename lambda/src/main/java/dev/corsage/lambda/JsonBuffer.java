package dev.corsage.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** JSON in UTF-8 that is being written, in one array from the first byte to the last. */
final class JsonBuffer extends OutputStream implements ReadyResponse {
  /** Enough for the headers of a decision; nearly all responses of functions are no longer. */
  static final int USUAL = 1_024;

  private byte[] bytes;
  private int length;

  JsonBuffer(int expected) {
    bytes = new byte[expected];
  }

  /** Returns the array, which has more than what was written; valid until more is written. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream output) throws IOException {
    output.write(bytes, 0, length);
  }

  @Override
  public void write(int b) {
    ensure(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    ensure(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      int twice = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), twice));
    }
  }

  /** Writes text that is JSON already, all of it ASCII. */
  @SuppressWarnings("deprecation")
  JsonBuffer ascii(String json) {
    ensure(json.length());
    // Deprecated because it takes the low bytes of characters alone, which is all that ASCII has.
    json.getBytes(0, json.length(), bytes, length);
    length += json.length();
    return this;
  }

  /** Writes a JSON string (RFC 8259, section 7). */
  JsonBuffer string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (JsonSyntax.plain(utf8, 0, utf8.length) < utf8.length) {
      return stringWithEscapes(utf8);
    }
    ensure(utf8.length + 2);
    bytes[length++] = '"';
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    bytes[length++] = '"';
    return this;
  }

  private JsonBuffer stringWithEscapes(byte[] utf8) {
    write('"');
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        write('\\');
        write(b);
      } else if (b >= 0 && b < 0x20) {
        ascii("\\u00");
        write(Character.forDigit(b >> 4, 16));
        write(Character.forDigit(b & 15, 16));
      } else {
        write(b);
      }
    }
    write('"');
    return this;
  }

  /** Writes a list of strings. */
  JsonBuffer strings(List<String> values) {
    write('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        write(',');
      }
      string(values.get(i));
    }
    write(']');
    return this;
  }

  /** Writes a comma, unless an object has just begun. */
  JsonBuffer comma() {
    if (bytes[length - 1] != '{') {
      write(',');
    }
    return this;
  }

  /**
   * Begins a field of an object.
   *
   * @param name ASCII without a character that is escaped, as the names of headers are
   */
  JsonBuffer field(String name) {
    comma().write('"');
    ascii(name).ascii("\":");
    return this;
  }

  /** Writes an object of strings. */
  JsonBuffer object(Map<String, String> values) {
    write('{');
    values.forEach((name, value) -> field(name).string(value));
    write('}');
    return this;
  }

  /** Writes an object of lists. */
  JsonBuffer lists(Map<String, List<String>> values) {
    write('{');
    values.forEach((name, list) -> field(name).strings(list));
    write('}');
    return this;
  }
}
