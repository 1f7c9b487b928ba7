package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, strings, longs, booleans and null. */
public final class JsonValues {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private JsonValues() {}

  /** Returns the object that a text is. */
  public static Map<String, Object> object(String json) throws JsonProcessingException {
    return map(JSON.readValue(json, Map.class));
  }

  /** Returns a value that is an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** Returns a value that is a list of objects. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> maps(Object value) {
    return (List<Map<String, Object>>) value;
  }
}
