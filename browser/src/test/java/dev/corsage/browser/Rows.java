package dev.corsage.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The measured tables: JSON objects, one a line. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

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
      rows.add(map(JSON.readValue(line, Map.class)));
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<String> strings(Object value) {
    return value instanceof String one ? List.of(one) : (List<String>) value;
  }
}
