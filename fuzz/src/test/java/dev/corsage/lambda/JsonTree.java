package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists and texts: what the oracles look at. */
final class JsonTree {
  /** A number, true or false, by its characters: as it is to be copied. */
  record Literal(String text) {}

  private JsonTree() {}

  /**
   * Returns the value.
   *
   * @throws IOException if it is no JSON, or has a name twice, which readers may take either way
   */
  static Object read(byte[] json) throws IOException {
    try (JsonParser parser = SharedJson.FACTORY.createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (parser.nextToken() == null) {
        throw new IOException("empty");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something behind");
      }
      return value;
    }
  }

  /**
   * Tells whether bytes are UTF-8 and look like nothing else: the reader here also takes UTF-16 and
   * UTF-32, a byte order mark, and UTF-8 that is longer than it need be.
   */
  static boolean isUtf8(byte[] json) {
    boolean mark = json.length > 0 && (json[0] & 0xff) == 0xef;
    for (byte b : json) {
      mark |= b == 0;
    }
    if (mark) {
      return false;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return true;
    } catch (CharacterCodingException other) {
      return false;
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
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> null;
      default -> new Literal(parser.getText());
    };
  }

  /** Returns the object of that name within another, or an empty one. */
  static Map<?, ?> object(Object value, String... names) {
    Object at = value;
    for (String name : names) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at instanceof Map<?, ?> map ? map : Map.of();
  }
}
