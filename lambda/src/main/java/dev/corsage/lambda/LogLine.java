package dev.corsage.lambda;

import java.util.List;

/**
 * One line of the log: a JSON object of printable ASCII, whatever its values are. No value can end
 * the line or its own string, contain control or direction characters, or grow without bound.
 */
final class LogLine {
  /** Longer than any origin, because a host name has 253 characters at most. */
  private static final int MAX_LENGTH = 300;

  /** For sentences of our own, which quote little. */
  private static final int MAX_LONG_LENGTH = 1_000;

  private static final String CUT = "...";

  private final StringBuilder json = new StringBuilder(256);

  /** Begins a line about what happened, such as {@code refused}. */
  LogLine(String happened) {
    json.append("{\"corsage\":\"").append(happened).append('"');
  }

  /** Adds a field; nothing if the value is null. */
  LogLine add(String name, String value) {
    return add(name, value, MAX_LENGTH);
  }

  /** Adds a field of which no more than this is written; nothing if the value is null. */
  LogLine add(String name, String value, int maxLength) {
    if (value != null) {
      json.append(",\"").append(name).append("\":");
      writeString(value, maxLength);
    }
    return this;
  }

  /** Adds a field with a list. */
  LogLine add(String name, List<String> values) {
    return add(name, values, MAX_LENGTH);
  }

  /** Adds a field with a list of sentences, which may be longer than values of a request. */
  LogLine addLong(String name, List<String> values) {
    return add(name, values, MAX_LONG_LENGTH);
  }

  private LogLine add(String name, List<String> values, int maxLength) {
    json.append(",\"").append(name).append("\":[");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      writeString(values.get(i), maxLength);
    }
    json.append(']');
    return this;
  }

  /** Returns the line without an end. */
  String json() {
    return json + "}";
  }

  /** Returns the line with its end. */
  @Override
  public String toString() {
    return json() + "\n";
  }

  private void writeString(String text, int maxLength) {
    int length = Math.min(text.length(), maxLength);
    json.append('"');
    for (int i = 0; i < length; i++) {
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
    json.append(length < text.length() ? CUT : "").append('"');
  }
}
