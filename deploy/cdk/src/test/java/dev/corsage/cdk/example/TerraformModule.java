package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.at;
import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Terraform module with values for its variables. Attributes that only AWS knows, and outputs of
 * other modules, are {@code <module:type.name.attribute>}; the module of the root has no name.
 */
final class TerraformModule {
  /** A resource or a module call, and what {@code each} is in it. */
  record Block(TerraformModule module, String name, Object body, Map<String, Object> each) {
    Object get(String... path) {
      Object raw = at(body, path);
      return module.evaluate(raw, each);
    }

    String text(String... path) {
      Object value = get(path);
      return value == null ? null : String.valueOf(value);
    }
  }

  private final String name;
  private final Path folder;
  private final Map<String, Object> content;
  private final Map<String, Object> variables = new LinkedHashMap<>();

  TerraformModule(
      String name, Path folder, Map<String, Object> content, Map<String, Object> given) {
    this.name = name;
    this.folder = folder;
    this.content = content;
    object(content.get("variable"))
        .forEach(
            (variable, definition) -> {
              Map<String, Object> declared = object(list(definition).get(0));
              if (!given.containsKey(variable) && !declared.containsKey("default")) {
                throw new AssertionError(variable + " of " + name + " is required");
              }
              variables.put(
                  variable,
                  given.getOrDefault(variable, evaluate(declared.get("default"), Map.of())));
            });
    if (!variables.keySet().containsAll(given.keySet())) {
      throw new AssertionError(name + " does not have all of " + given.keySet());
    }
  }

  String name() {
    return name;
  }

  /** Returns the resources of a type that there are under these variables. */
  List<Block> resources(String type) {
    return blocks(object(at(content, "resource", type)));
  }

  /** Returns the calls of other modules. */
  List<Block> calls() {
    return blocks(object(content.get("module")));
  }

  private List<Block> blocks(Map<String, Object> named) {
    List<Block> blocks = new ArrayList<>();
    named.forEach(
        (block, bodies) -> {
          Object body = list(bodies).get(0);
          if (at(body, "for_each") != null) {
            Object all = evaluate(at(body, "for_each"), Map.of());
            if (all instanceof Map<?, ?> map) {
              map.forEach((key, value) -> blocks.add(each(block, body, key, value)));
            } else {
              list(all).forEach(value -> blocks.add(each(block, body, value, value)));
            }
          } else if (at(body, "count") == null
              || ((Number) evaluate(at(body, "count"), Map.of())).intValue() == 1) {
            blocks.add(new Block(this, block, body, Map.of()));
          }
        });
    return blocks;
  }

  private Block each(String block, Object body, Object key, Object value) {
    return new Block(this, block, body, Map.of("key", key, "value", value));
  }

  private Object evaluate(Object value, Map<String, Object> each) {
    if (value instanceof List<?> elements) {
      return elements.stream().map(element -> evaluate(element, each)).toList();
    }
    if (value instanceof Map<?, ?>) {
      Map<String, Object> map = object(value);
      if (map.containsKey("$expression")) {
        return expression(map.get("$expression"), each);
      }
      Map<String, Object> evaluated = new LinkedHashMap<>();
      map.forEach((key, element) -> evaluated.put(key, evaluate(element, each)));
      return evaluated;
    }
    return value;
  }

  private Object expression(Object node, Map<String, Object> each) {
    List<Object> parts = list(at(node, "children"));
    return switch (text(node, "type")) {
      case "literalValue" -> literal(text(node, "meta", "type"), text(node, "meta", "value"));
      case "template" -> {
        StringBuilder joined = new StringBuilder();
        parts.forEach(part -> joined.append(expression(part, each)));
        yield joined.toString();
      }
      case "scopeTraversal" -> reference(text(node, "meta", "value"), each);
      // An element of resources that AWS knows.
      case "relativeTraversal" -> "<" + name + ":" + text(node, "meta", "value") + ">";
      case "conditional" ->
          expression(parts.get((Boolean) expression(parts.get(0), each) ? 1 : 2), each);
      case "binaryOp" -> {
        Object left = expression(parts.get(0), each);
        Object right = expression(parts.get(1), each);
        yield switch (text(node, "meta", "operator")) {
          case "equal" -> Objects.equals(left, right);
          case "notEqual" -> !Objects.equals(left, right);
          case "multiply" -> ((Number) left).longValue() * ((Number) right).longValue();
          default -> throw unknown(node);
        };
      }
      case "unaryOp" -> {
        if (!text(node, "meta", "operator").equals("negate")) {
          throw unknown(node);
        }
        yield -((Number) expression(parts.get(0), each)).longValue();
      }
      case "tuple" -> parts.stream().map(part -> expression(part, each)).toList();
      case "object" -> {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i += 2) {
          object.put(
              text(parts.get(i), "text").replace("\"", ""), expression(parts.get(i + 1), each));
        }
        yield object;
      }
      case "function" -> call(node, parts.stream().map(part -> expression(part, each)).toList());
      default -> throw unknown(node);
    };
  }

  private static Object literal(String type, String value) {
    return switch (type) {
      case "number" -> Long.valueOf(value);
      case "bool" -> Boolean.valueOf(value);
      case "string" -> value;
      default -> {
        if (!Objects.equals(value, "null")) {
          throw new AssertionError(type + " " + value + " is not understood");
        }
        yield null;
      }
    };
  }

  private static Object call(Object node, List<Object> arguments) {
    return switch (text(node, "meta", "name")) {
      case "merge" -> {
        Map<String, Object> merged = new LinkedHashMap<>();
        arguments.forEach(argument -> merged.putAll(object(argument)));
        yield merged;
      }
      // Of a file, its path.
      case "toset", "jsonencode", "file" -> arguments.get(0);
      case "tostring" -> String.valueOf(arguments.get(0));
      default -> throw unknown(node);
    };
  }

  private static AssertionError unknown(Object node) {
    return new AssertionError("Not understood: " + text(node, "meta", "value"));
  }

  private Object reference(String path, Map<String, Object> each) {
    String[] names = path.split("\\.", -1);
    Object here =
        switch (names[0]) {
          case "var" -> known(variables, names[1], path);
          case "local" -> local(names[1]);
          case "each" -> known(each, names[1], path);
          case "path" -> folder.toString();
          default -> null;
        };
    if (!List.of("var", "local", "each", "path").contains(names[0])) {
      return "<" + name + ":" + path.replace("[0]", "") + ">";
    }
    for (int i = 2; i < names.length; i++) {
      here = known(object(here), names[i], path);
    }
    return here;
  }

  private static Object known(Map<String, Object> values, String key, String path) {
    if (!values.containsKey(key)) {
      throw new AssertionError(path + " is not declared");
    }
    return values.get(key);
  }

  private Object local(String local) {
    for (Object block : list(content.get("locals"))) {
      if (object(block).containsKey(local)) {
        return evaluate(object(block).get(local), Map.of());
      }
    }
    throw new AssertionError("local." + local + " is not declared");
  }
}
