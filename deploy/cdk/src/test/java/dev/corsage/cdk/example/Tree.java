package dev.corsage.cdk.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** JSON as maps and lists, and the ways through them. What is not there is null. */
final class Tree {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Tree() {}

  static Map<String, Object> parse(String json) {
    try {
      return object(JSON.readValue(json, Map.class));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }

  /** Follows names, and into the only element of a list. */
  static Object at(Object value, String... path) {
    Object here = value;
    for (String name : path) {
      if (here instanceof List<?> elements) {
        here = elements.get(0);
      }
      here = here == null ? null : object(here).get(name);
    }
    return here;
  }

  static String text(Object value, String... path) {
    Object found = at(value, path);
    return found == null ? null : String.valueOf(found);
  }
}
