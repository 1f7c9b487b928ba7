package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the answers that are Corsage's own. Both payload formats have this form. */
final class Answer {
  private Answer() {}

  /** Writes an answer without a body. */
  static void write(OutputStream output, int status, Map<String, String> headers)
      throws IOException {
    write(output, status, headers, null);
  }

  /** Writes an answer whose body, if not null, is JSON. */
  static void write(OutputStream output, int status, Map<String, String> headers, String json)
      throws IOException {
    try (JsonGenerator out = Json.FACTORY.createGenerator(output, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeNumberField("statusCode", status);
      out.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        out.writeStringField(header.getKey(), header.getValue());
      }
      if (json != null) {
        out.writeStringField("Content-Type", "application/json");
      }
      out.writeEndObject();
      out.writeStringField("body", json == null ? "" : json);
      out.writeBooleanField("isBase64Encoded", false);
      out.writeEndObject();
    }
  }
}
