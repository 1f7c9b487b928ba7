package dev.corsage.cli.options;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.template.YamlNodes;
import dev.corsage.gateway.template.YamlNodes.MalformedYamlException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a policy document of YAML as JSON, so that one reader decides on what a document may have.
 * Every value stands on the line, and where there is room in the column, of the YAML: the places of
 * problems are right for both. Keys that are there twice are so in the JSON, too.
 */
final class YamlPolicy {
  /** More than a policy that Lambda could load has. */
  private static final int MAX_CHARACTERS = 16 << 20;

  private static final int MAX_DEPTH = 50;

  /** Numbers as JSON has them: others, such as 0x10 or .inf, are passed on as text. */
  private static final String NUMBER = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";

  /** Others with the tag !!bool are passed on as text, too. */
  private static final Set<String> BOOLEANS = Set.of("true", "false");

  private static final Set<Tag> NUMBERS = Set.of(Tag.INT, Tag.FLOAT);

  private final StringBuilder json = new StringBuilder();
  private int line;
  private int lineStart;

  private YamlPolicy() {}

  /** Tells by its name whether a file is YAML. */
  static boolean isYaml(Path file) {
    return file.toString().matches("(?i).*\\.ya?ml");
  }

  /**
   * Returns the document as JSON.
   *
   * @throws IllegalArgumentException if it is not YAML, or nested too deep; the message says where
   */
  static String toJson(String text) {
    try {
      Optional<Node> root = YamlNodes.read(text, MAX_CHARACTERS);
      YamlPolicy policy = new YamlPolicy();
      if (root.isPresent()) {
        policy.write(root.get(), 0, text.length());
      }
      return policy.json.toString();
    } catch (MalformedYamlException malformed) {
      throw new IllegalArgumentException(
          "this is not YAML: line "
              + malformed.line()
              + ": "
              + Terminal.value(malformed.getMessage()),
          malformed);
    }
  }

  private void write(Node node, int depth, int characters) {
    // Aliases repeat values: the text must not grow far beyond what was written.
    if (depth > MAX_DEPTH || json.length() > 2 * MAX_CHARACTERS + 4 * characters) {
      throw new IllegalArgumentException(
          "its values are nested too deep, or aliases (*name) repeat too many of them");
    }
    if (node instanceof MappingNode mapping) {
      json.append('{');
      String separator = "";
      for (NodeTuple entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          throw new IllegalArgumentException(
              "line " + (line(entry.getKeyNode()) + 1) + ": a key is not a plain name");
        }
        json.append(separator);
        moveTo(key);
        quote(key.getValue());
        json.append(':');
        write(entry.getValueNode(), depth + 1, characters);
        separator = ",";
      }
      json.append('}');
    } else if (node instanceof SequenceNode sequence) {
      json.append('[');
      String separator = "";
      for (Node item : sequence.getValue()) {
        json.append(separator);
        write(item, depth + 1, characters);
        separator = ",";
      }
      json.append(']');
    } else {
      moveTo(node);
      scalar((ScalarNode) node);
    }
  }

  private void scalar(ScalarNode node) {
    String value = node.getValue();
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    if (node.getTag().equals(Tag.NULL) && plain) {
      json.append("null");
    } else if (plain
        && ((node.getTag().equals(Tag.BOOL) && BOOLEANS.contains(value))
            || (NUMBERS.contains(node.getTag()) && value.matches(NUMBER)))) {
      json.append(value);
    } else {
      quote(value);
    }
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine()).orElse(0);
  }

  /** Fills up to where a value is written; an alias is where it stands, not what it repeats. */
  private void moveTo(Node node) {
    for (; line < line(node); line++) {
      json.append('\n');
      lineStart = json.length();
    }
    int column = node.getStartMark().map(mark -> mark.getColumn()).orElse(0);
    if (line == line(node)) {
      while (json.length() - lineStart < column) {
        json.append(' ');
      }
    }
  }
}
