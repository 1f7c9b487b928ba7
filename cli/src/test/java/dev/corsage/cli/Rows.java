package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The measured tables: JSON objects, one a line. */
final class Rows {
  private Rows() {}

  /** Returns the table beside the checkout if it is there, which may have more rows; else ours. */
  static List<Map<String, Object>> of(String table) throws IOException {
    Path shared =
        Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("../../shared/data/browser-truth")
            .resolve(table)
            .normalize();
    if (Files.isReadable(shared)) {
      return parse(Files.readString(shared));
    }
    try (InputStream in = Rows.class.getResourceAsStream("browser-truth/" + table)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<Map<String, Object>> parse(String ndjson) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String line : ndjson.lines().filter(text -> !text.isBlank()).toList()) {
      rows.add(object(line));
    }
    return rows;
  }

  /** Returns a JSON object as maps, lists, strings, longs, booleans and null. */
  static Map<String, Object> object(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return map(value(parser));
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object value) {
    return (List<Map<String, Object>>) value;
  }

  @SuppressWarnings("unchecked")
  static List<String> strings(Object value) {
    return value instanceof String one ? List.of(one) : (List<String>) value;
  }
}
