package dev.corsage.cli.lint;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.Problem;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The text of a file, to find lines and columns in it. */
final class SourceText {
  private final List<String> lines;

  private SourceText(List<String> lines) {
    this.lines = lines;
  }

  static SourceText of(String text) {
    return new SourceText(text.lines().toList());
  }

  /** Returns that of a file; of none if it cannot be read again. */
  static SourceText of(Path file) {
    try {
      return of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return of("");
    }
  }

  /** Returns the column where the text of a line begins, from 1; 0 if there is no such line. */
  int column(int line) {
    if (line < 1 || line > lines.size()) {
      return 0;
    }
    String text = lines.get(line - 1);
    return text.length() - text.stripLeading().length() + 1;
  }

  /**
   * Returns where the fields of a JSON document are, by their paths as problems name them ({@code
   * policies[0].policy.origins}), and where scalars are in them: {@code path "value"}.
   */
  static Map<String, JsonLocation> places(String document) {
    Map<String, JsonLocation> places = new HashMap<>();
    try (JsonParser json = Json.FACTORY.createParser(document)) {
      read(json, json.nextToken(), "", json.currentTokenLocation(), places);
    } catch (IOException malformed) {
      // What comes before the error has its place.
      return places;
    }
    return places;
  }

  private static void read(
      JsonParser json,
      JsonToken token,
      String path,
      JsonLocation place,
      Map<String, JsonLocation> places)
      throws IOException {
    places.putIfAbsent(path, place);
    if (token == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        JsonLocation key = json.currentTokenLocation();
        String name = json.currentName();
        read(json, json.nextToken(), path.isEmpty() ? name : path + "." + name, key, places);
      }
    } else if (token == JsonToken.START_ARRAY) {
      int index = 0;
      for (JsonToken next; (next = json.nextToken()) != JsonToken.END_ARRAY; index++) {
        if (next.isScalarValue()) {
          places.putIfAbsent(path + " " + json.getText(), json.currentTokenLocation());
        }
        read(json, next, path + "[" + index + "]", json.currentTokenLocation(), places);
      }
    }
  }

  /** Returns the place of a problem of a JSON document: its value, its field, or what is around. */
  static JsonLocation place(Problem problem, Map<String, JsonLocation> places) {
    String field = problem.field();
    JsonLocation place = places.get(field + " " + problem.value());
    while (place == null && !field.isEmpty()) {
      place = places.get(field);
      field = field.substring(0, Math.max(0, field.lastIndexOf('.')));
    }
    return place == null ? places.get("") : place;
  }
}
