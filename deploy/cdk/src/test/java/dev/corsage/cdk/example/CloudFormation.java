package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template with values for its parameters: the intrinsic functions are done, references to
 * resources are {@code <LogicalId>} or {@code <LogicalId.Attribute>}.
 */
final class CloudFormation {
  /** What is written for a property that is not there. */
  private enum NoValue {
    NO_VALUE
  }

  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<String, Object> template;
  private final Map<String, String> parameters;

  CloudFormation(Map<String, Object> template, Map<String, String> parameters) {
    this.template = template;
    this.parameters = parameters;
  }

  /** Returns the resources of a type that there are under these parameters, by logical id. */
  Map<String, Map<String, Object>> resources(String type) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    object(template.get("Resources"))
        .forEach(
            (id, resource) -> {
              String condition = text(resource, "Condition");
              if (text(resource, "Type").equals(type) && (condition == null || holds(condition))) {
                found.put(id, object(resolve(Tree.at(resource, "Properties"))));
              }
            });
    return found;
  }

  /** Returns a section, such as the globals of SAM. */
  Map<String, Object> section(String... path) {
    return object(resolve(Tree.at(template, path)));
  }

  private boolean holds(String condition) {
    return (Boolean) resolve(Tree.at(template, "Conditions", condition));
  }

  Object resolve(Object value) {
    if (value instanceof List<?> elements) {
      List<Object> resolved = new ArrayList<>();
      elements.stream().map(this::resolve).filter(e -> !isNoValue(e)).forEach(resolved::add);
      return resolved;
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, Object> map = object(value);
    String name = map.size() == 1 ? map.keySet().iterator().next() : "";
    if (name.equals("Ref") || name.startsWith("Fn::")) {
      return function(name, map.get(name));
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach(
        (key, element) -> {
          Object result = resolve(element);
          if (!isNoValue(result)) {
            resolved.put(key, result);
          }
        });
    return resolved;
  }

  private static boolean isNoValue(Object value) {
    return NoValue.NO_VALUE.equals(value);
  }

  private Object function(String name, Object argument) {
    return switch (name) {
      case "Ref" -> reference((String) argument);
      case "Fn::GetAtt" ->
          argument instanceof String path
              ? "<" + path + ">"
              : "<" + list(argument).get(0) + "." + list(argument).get(1) + ">";
      case "Fn::If" -> {
        List<Object> cases = list(argument);
        yield resolve(cases.get(holds((String) cases.get(0)) ? 1 : 2));
      }
      case "Fn::Equals" -> {
        List<Object> both = list(resolve(argument));
        yield String.valueOf(both.get(0)).equals(String.valueOf(both.get(1)));
      }
      case "Fn::Not" -> !((Boolean) resolve(list(argument).get(0)));
      case "Fn::Or" -> list(argument).stream().anyMatch(condition -> (Boolean) resolve(condition));
      case "Fn::Join" -> {
        StringBuilder joined = new StringBuilder();
        list(resolve(list(argument).get(1))).forEach(joined::append);
        yield joined.toString();
      }
      case "Fn::Sub" -> {
        Matcher names = NAME.matcher((String) argument);
        yield names.replaceAll(
            match -> Matcher.quoteReplacement(String.valueOf(reference(match.group(1)))));
      }
      default -> throw new AssertionError(name + " is none of the functions that are understood");
    };
  }

  private Object reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return NoValue.NO_VALUE;
    }
    if (object(template.get("Parameters")).containsKey(name) && !name.startsWith("Bootstrap")) {
      Object given = parameters.get(name);
      if (given == null) {
        throw new AssertionError("The parameter " + name + " is not one of the parameters of all");
      }
      return given;
    }
    return "<" + name + ">";
  }
}
