package dev.corsage.generate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;

/**
 * Writes values as JSON that can stand within other languages: in ASCII, and with every character
 * of a string escaped that ends a text, or begins something else, in JavaScript, Python, HTML, YAML
 * or a template.
 */
final class EmbeddedJson {
  private static final String ESCAPED = "'`<>&$#{}%\\";

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new Escapes())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private EmbeddedJson() {}

  /** Returns the JSON of maps, collections, strings, numbers, booleans and null, on one line. */
  static String of(Object value) {
    return write(value, false);
  }

  /** Returns the same on several lines, for people to read. */
  static String indented(Object value) {
    return write(value, true);
  }

  private static String write(Object value, boolean indented) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      if (indented) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        out.setPrettyPrinter(
            new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      }
      write(out, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName((String) entry.getKey());
        write(out, entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      out.writeStartArray();
      for (Object item : items) {
        write(out, item);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Boolean is) {
      out.writeBoolean(is);
    } else {
      out.writeNull();
    }
  }

  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private final int[] escapes = standardAsciiEscapesForJSON();

    Escapes() {
      for (int i = 0; i < ESCAPED.length(); i++) {
        escapes[ESCAPED.charAt(i)] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
