package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.io.StringWriter;

/** Looks up values in JSON by their JSON Pointer, for tables to compare with. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Returns a value as JSON without white space, or {@code absent}. */
  static String at(byte[] json, String pointer) throws IOException {
    try (JsonParser parser = parser(json, pointer)) {
      if (parser.nextToken() == null) {
        return "absent";
      }
      StringWriter text = new StringWriter();
      try (JsonGenerator out = JSON.createGenerator(text)) {
        out.copyCurrentStructure(parser);
      }
      return text.toString();
    }
  }

  /** Returns the characters of a string. */
  static String string(byte[] json, String pointer) throws IOException {
    try (JsonParser parser = parser(json, pointer)) {
      parser.nextToken();
      return parser.getText();
    }
  }

  private static JsonParser parser(byte[] json, String pointer) throws IOException {
    return new FilteringParserDelegate(
        JSON.createParser(json),
        new JsonPointerBasedFilter(pointer),
        Inclusion.ONLY_INCLUDE_ALL,
        false);
  }
}
