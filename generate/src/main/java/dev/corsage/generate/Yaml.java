package dev.corsage.generate;

import java.util.Collection;
import java.util.Map;

/**
 * Writes values as YAML in blocks, for people to read: keys as they are, every string in quotation
 * marks, as in JSON, so that none becomes a number, a tag or a function.
 */
final class Yaml {
  /**
   * A value that is written as it is, such as {@code !Ref Api}.
   *
   * @param text YAML on one line
   */
  record Raw(String text) {}

  private final StringBuilder out = new StringBuilder();

  private Yaml() {}

  /** Returns the YAML of maps, collections, strings, numbers, booleans and {@link Raw} values. */
  static String of(Map<String, ?> value) {
    Yaml yaml = new Yaml();
    yaml.writeMap(value, "");
    return yaml.out.toString();
  }

  private void writeMap(Map<?, ?> map, String indent) {
    map.forEach(
        (key, value) -> {
          out.append(indent).append(key).append(':');
          writeValue(value, indent + "  ");
        });
  }

  private void writeValue(Object value, String indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      writeMap(map, indent);
    } else if (value instanceof Collection<?> items && !items.isEmpty()) {
      out.append('\n');
      for (Object item : items) {
        out.append(indent).append('-');
        writeItem(item, indent + "  ");
      }
    } else if (value instanceof Raw raw) {
      out.append(' ').append(raw.text).append('\n');
    } else if (value instanceof String text && text.indexOf('\n') >= 0) {
      out.append(" |\n");
      text.lines().forEach(line -> out.append((indent + line).stripTrailing()).append('\n'));
    } else {
      out.append(' ').append(EmbeddedJson.of(value)).append('\n');
    }
  }

  private void writeItem(Object item, String indent) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      int start = out.length();
      writeMap(map, indent);
      out.replace(start, start + indent.length(), " ");
    } else {
      writeValue(item, indent);
    }
  }
}
