package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a response's problems, for tables to compare with. */
final class Problems {
  private Problems() {}

  /** Returns code, severity, field and value of each, separated by {@code &}. */
  static String in(String response) throws IOException {
    List<String> problems = new ArrayList<>();
    StringBuilder problem = new StringBuilder();
    try (JsonParser parser = new JsonFactory().createParser(response)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token == JsonToken.END_OBJECT && !problem.isEmpty()) {
          problems.add(problem.toString().strip());
          problem.setLength(0);
        } else if (token == JsonToken.VALUE_STRING
            && !List.of("message", "fix").contains(parser.currentName())) {
          problem.append(parser.getText()).append(' ');
        }
      }
    }
    return String.join(" & ", problems);
  }
}
