package dev.corsage.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints blocks of {@code map}, and values as nginx reads them. */
final class NginxMaps {
  private final String prefix;
  private final List<String> blocks = new ArrayList<>();
  private boolean hasDollar;

  /**
   * Creates an empty file.
   *
   * @param prefix what the name of each variable begins with
   */
  NginxMaps(String prefix) {
    this.prefix = prefix;
  }

  /** Returns a reference to a variable. */
  String variable(String name) {
    return "$" + prefix + name;
  }

  /** Adds a block without lines, whose value is always the same. */
  void add(String name, String value) {
    add("\"\"", name, value, Map.of());
  }

  /**
   * Adds a block.
   *
   * @param source with references to variables, as it is to be written
   * @param name of the variable, without the prefix
   * @param otherwise the value where no line matches, as it is to be written
   * @param lines values by what matches, both as they are to be written
   */
  void add(String source, String name, String otherwise, Map<String, String> lines) {
    StringBuilder block = new StringBuilder();
    block.append("map ").append(source).append(' ').append(variable(name)).append(" {\n");
    block.append("    default ").append(otherwise).append(";\n");
    lines.forEach(
        (key, value) -> block.append("    ").append(key).append(' ').append(value).append(";\n"));
    blocks.add(block.append("}\n").toString());
  }

  /** Returns an expression, as a key; it is compared with regard to case. */
  static String expression(String expression) {
    return quoted("~" + expression);
  }

  /** Returns an expression, as a key; it is compared without regard to case. */
  static String expressionIgnoringCase(String expression) {
    return quoted("~*" + expression);
  }

  /** Returns a text, as a key: it is compared without regard to case. */
  static String quoted(String text) {
    if (text.indexOf('"') >= 0 || text.indexOf('\n') >= 0) {
      // No origin, method, name or expression has one.
      throw new IllegalArgumentException(text);
    }
    return '"' + text + '"';
  }

  /** Returns a text, as a value. nginx knows no escape for a dollar in it, but for a variable. */
  String value(String text) {
    if (text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(text);
    }
    hasDollar |= text.indexOf('$') >= 0;
    return quoted(text.replace("$", "${" + prefix + "dollar}"));
  }

  /** Returns a map of lines to fill. */
  static Map<String, String> lines() {
    return new LinkedHashMap<>();
  }

  /** Returns all blocks. */
  @Override
  public String toString() {
    String dollar = hasDollar ? "geo " + variable("dollar") + " {\n    default \"$\";\n}\n\n" : "";
    return dollar + String.join("\n", blocks);
  }
}
