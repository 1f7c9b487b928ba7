package dev.corsage.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes responses as JSON, in the shape that the invoker wants. */
final class ResponseWriter {
  private ResponseWriter() {}

  /** Returns a response of Corsage's own. */
  static byte[] write(EventShape shape, OwnResponse response) {
    StringBuilder json = new StringBuilder(512);
    json.append("{\"statusCode\":").append(response.status());
    if (shape.hasStatusDescription()) {
      json.append(",\"statusDescription\":\"")
          .append(EventShape.statusDescription(response.status()))
          .append('"');
    }
    json.append(',');
    if (shape.hasOnlyMultiValueHeaders()) {
      writeMap(json, "multiValueHeaders", response.multiValueHeaders());
    } else {
      writeMap(json, "headers", response.headers());
    }
    json.append(",\"body\":");
    writeString(json, response.body());
    json.append(",\"isBase64Encoded\":false}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes the headers of a handler's response, as the fields of a JSON object. */
  static void writeHeaders(StringBuilder json, ResponseHeaders headers) {
    Map<String, String> single = headers.single();
    if (single != null) {
      writeMap(json, "headers", single);
    }
    Map<String, List<String>> multiple = headers.multiple();
    if (multiple != null) {
      json.append(single == null ? "" : ",");
      writeMap(json, "multiValueHeaders", multiple);
    }
    if (!headers.cookies().isEmpty()) {
      json.append(",\"cookies\":");
      writeList(json, headers.cookies());
    }
  }

  /** Writes a field with an object of texts, or of lists of texts. */
  private static void writeMap(StringBuilder json, String field, Map<String, ?> headers) {
    json.append('"').append(field).append("\":{");
    headers.forEach(
        (name, value) -> {
          json.append(json.charAt(json.length() - 1) == '{' ? "" : ",");
          writeString(json, name);
          json.append(':');
          if (value instanceof List<?> values) {
            writeList(json, values);
          } else {
            writeString(json, (String) value);
          }
        });
    json.append('}');
  }

  private static void writeList(StringBuilder json, List<?> values) {
    json.append('[');
    for (int i = 0; i < values.size(); i++) {
      json.append(i == 0 ? "" : ",");
      writeString(json, (String) values.get(i));
    }
    json.append(']');
  }

  /** Writes a JSON string (RFC 8259, section 7). */
  private static void writeString(StringBuilder json, String text) {
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

  /** Tells whether no character needs an escape, as in nearly all headers. */
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
