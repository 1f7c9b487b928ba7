package dev.corsage.gateway.template;

import java.util.stream.Collectors;

/** Writes values as JSON, as {@code Fn::ToJsonString} does. */
final class JsonText {
  private JsonText() {}

  static String of(Value value) {
    if (value instanceof Value.Items items) {
      return items.values().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Value.Fields fields) {
      return fields.values().entrySet().stream()
          .map(entry -> quoted(entry.getKey()) + ":" + of(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (!value.isPresent()) {
      return "null";
    }
    return value instanceof Value.Text text && !text.string()
        ? text.text()
        : quoted(value.written());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }
}
