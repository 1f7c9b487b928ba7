package dev.corsage.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes answers, in the form that each invoker wants; also the parts that a rewriter needs. */
final class ResponseWriter {
  private final EventShape shape;
  private final StringBuilder json = new StringBuilder(512);

  private ResponseWriter(EventShape shape) {
    this.shape = shape;
  }

  /**
   * Returns a response of Corsage's own.
   *
   * @param headers names and values
   * @param body JSON, or null for none
   */
  static byte[] write(EventShape shape, int status, Map<String, String> headers, String body) {
    ResponseWriter writer = new ResponseWriter(shape);
    writer.writeResponse(status, headers, body);
    return writer.json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeResponse(int status, Map<String, String> headers, String body) {
    json.append("{\"statusCode\":").append(status);
    if (shape.hasStatusDescription()) {
      json.append(",\"statusDescription\":\"")
          .append(EventShape.statusDescription(status))
          .append('"');
    }
    boolean multi = shape.hasOnlyMultiValueHeaders();
    json.append(multi ? ",\"multiValueHeaders\":{" : ",\"headers\":{");
    boolean first = true;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      writeHeader(first, header.getKey(), header.getValue());
      first = false;
    }
    if (body != null) {
      writeHeader(first, "Content-Type", "application/json");
    }
    json.append("},\"body\":");
    writeString(json, body == null ? "" : body);
    json.append(",\"isBase64Encoded\":false}");
  }

  private void writeHeader(boolean first, String name, String value) {
    if (!first) {
      json.append(',');
    }
    boolean multi = shape.hasOnlyMultiValueHeaders();
    writeString(json, name);
    json.append(multi ? ":[" : ":");
    writeString(json, value);
    json.append(multi ? "]" : "");
  }

  /** Writes a JSON string (RFC 8259, section 7). */
  static void writeString(StringBuilder json, String text) {
    json.append('"');
    if (isPlain(text)) {
      json.append(text).append('"');
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= 0x20) {
        json.append(c);
      } else {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      }
    }
    json.append('"');
  }

  /** Tells whether every character stands for itself, as in all headers that are any good. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
