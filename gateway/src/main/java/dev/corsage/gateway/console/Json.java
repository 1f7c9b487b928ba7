package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** JSON for the console. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes a value, or the fields of one. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  /** Returns an object with some fields. */
  static String object(Writer fields) throws IOException {
    return value(
        out -> {
          out.writeStartObject();
          fields.write(out);
          out.writeEndObject();
        });
  }

  static String value(Writer value) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(json)) {
      value.write(out);
    }
    return json.toString();
  }
}
