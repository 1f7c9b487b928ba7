package dev.corsage.gateway.template;

import dev.corsage.gateway.template.YamlNodes.MalformedYamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Reads YAML, and JSON, which is YAML too. The short form of <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">intrinsic
 * functions</a> becomes the long one: {@code !Ref A} is the mapping {@code Ref: A}.
 *
 * <p>Of a key that is there twice the last value counts, as for CloudFormation. The key {@code <<}
 * merges a mapping into another, as the command lines of AWS do before they upload a template.
 *
 * <p>The work for a file is bounded by its size, its depth and the number of values, including
 * those that aliases repeat.
 */
final class YamlReader {
  /** CloudFormation's own limit for a template is 1 MB. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final int MAX_DEPTH = 100;
  private static final int MAX_VALUES = 100_000;
  private static final Set<String> WITHOUT_PREFIX = Set.of("Ref", "Condition");

  private static final String MERGE = "<<";

  private final List<Duplicate> duplicates = new ArrayList<>();
  private int values;

  private YamlReader() {}

  /**
   * What a file has.
   *
   * @param duplicates the keys that are there twice in one mapping
   */
  record Document(Value root, List<Duplicate> duplicates) {}

  /** A key that the same mapping had before, with the line of the last value, which counts. */
  record Duplicate(String key, int line) {}

  static Document read(String text) throws TemplateException {
    if (text.length() > MAX_CHARACTERS) {
      throw new TemplateException("It has more than 1 MB, which CloudFormation does not take.");
    }
    try {
      Optional<Node> root = YamlNodes.read(text, MAX_CHARACTERS);
      YamlReader reader = new YamlReader();
      Value value = root.isEmpty() ? new Value.Absent(1) : reader.convert(root.get(), 0);
      return new Document(value, List.copyOf(reader.duplicates));
    } catch (MalformedYamlException malformed) {
      throw new TemplateException(
          malformed.line(), "It is not YAML or JSON: " + malformed.getMessage() + ".");
    }
  }

  private Value convert(Node node, int depth) throws TemplateException {
    int line = line(node);
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new TemplateException(
          line,
          "It has more than 100,000 values, counted as often as aliases (*name) repeat them, or an"
              + " alias contains itself.");
    }
    Value value;
    if (node instanceof MappingNode mapping) {
      value = convert(mapping, line, depth);
    } else if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, depth + 1));
      }
      value = new Value.Items(items, line);
    } else {
      value = node.getTag().equals(Tag.NULL) ? new Value.Absent(line) : text((ScalarNode) node);
    }
    String tag = node.getTag().getValue();
    if (!tag.matches("![A-Za-z0-9]+")) {
      return value;
    }
    String function = tag.substring(1);
    String name = WITHOUT_PREFIX.contains(function) ? function : "Fn::" + function;
    return new Value.Fields(Map.of(name, value), line);
  }

  private static Value text(ScalarNode node) {
    boolean string =
        node.getScalarStyle() != ScalarStyle.PLAIN
            || !Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT).contains(node.getTag());
    return new Value.Text(node.getValue(), string, line(node));
  }

  private Value convert(MappingNode mapping, int line, int depth) throws TemplateException {
    Map<String, Value> fields = new LinkedHashMap<>();
    Map<String, Value> merged = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(line(entry.getKeyNode()), "A key is not a plain name.");
      }
      // The line of a value is that of its key: this is where people look.
      Value value = at(line(key), convert(entry.getValueNode(), depth + 1));
      if (key.getValue().equals(MERGE)) {
        List<Value> sources = value instanceof Value.Items items ? items.values() : List.of(value);
        sources.forEach(source -> source.fields().forEach(merged::putIfAbsent));
      } else if (fields.put(key.getValue(), value) != null) {
        duplicates.add(new Duplicate(key.getValue(), line(key)));
      }
    }
    merged.forEach(fields::putIfAbsent);
    return new Value.Fields(fields, line);
  }

  /** Returns a value as if it was written in a line. */
  static Value at(int line, Value value) {
    if (value instanceof Value.Text text) {
      return new Value.Text(text.text(), text.string(), line);
    }
    if (value instanceof Value.Items items) {
      return new Value.Items(items.values(), line);
    }
    if (value instanceof Value.Unknown unknown) {
      return new Value.Unknown(unknown.written(), unknown.references(), line);
    }
    return value instanceof Value.Fields fields
        ? new Value.Fields(fields.values(), line)
        : new Value.Absent(line);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
