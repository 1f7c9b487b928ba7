package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The resources of a template, with functions evaluated, without those whose condition fails. */
final class Resources {
  private final Map<String, Value> resources = new LinkedHashMap<>();
  private final Map<String, List<String>> ignored = new TreeMap<>();
  private final Value globals;

  Resources(Value template, Intrinsics intrinsics) throws TemplateException {
    if (!(template.at("Resources") instanceof Value.Fields)) {
      throw new TemplateException(template.line(), "It has no Resources: it is not a template.");
    }
    globals = intrinsics.resolve(template.at("Globals"));
    for (Map.Entry<String, Value> entry : template.at("Resources").fields().entrySet()) {
      Value condition = entry.getValue().at("Condition");
      if (!condition.isPresent() || intrinsics.holds(condition.text(), condition.line())) {
        resources.put(entry.getKey(), intrinsics.resolve(entry.getValue()));
      }
    }
  }

  /** Passes on the properties of all resources of a type, merged with SAM's globals. */
  void each(String type, BiConsumer<String, Value> reader) {
    resources.forEach(
        (id, resource) -> {
          if (resource.at("Type").text().equals(type)) {
            reader.accept(id, properties(resource, type));
          }
        });
  }

  private Value properties(Value resource, String type) {
    Value own = resource.at("Properties");
    Value present = own.isPresent() ? own : new Value.Fields(Map.of(), resource.line());
    return type.startsWith("AWS::Serverless::")
        ? globals(type.substring("AWS::Serverless::".length()), present)
        : present;
  }

  /** Returns properties merged with a section of SAM's globals. */
  Value globals(String section, Value properties) {
    return merge(globals.at(section), properties);
  }

  /**
   * As SAM <a
   * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">merges
   * globals</a>: mappings key by key, sequences one after the other; of other values the resource's
   * own.
   */
  private static Value merge(Value global, Value own) {
    if (global instanceof Value.Fields && own instanceof Value.Fields) {
      Map<String, Value> merged = new LinkedHashMap<>(global.fields());
      own.fields()
          .forEach((key, value) -> merged.merge(key, value, (from, into) -> merge(from, into)));
      return new Value.Fields(merged, own.line());
    }
    if (global instanceof Value.Items && own instanceof Value.Items) {
      List<Value> merged = new ArrayList<>(global.items());
      merged.addAll(own.items());
      return new Value.Items(merged, own.line());
    }
    return own.isPresent() ? own : global;
  }

  /** Returns the type of a resource; empty if there is no such resource. */
  String type(String id) {
    return resources.getOrDefault(id, new Value.Absent(0)).at("Type").text();
  }

  int line(String id) {
    return resources.getOrDefault(id, new Value.Absent(1)).line();
  }

  /** Returns a property of a resource. */
  Value property(String id, String name) {
    return resources.getOrDefault(id, new Value.Absent(1)).at("Properties", name);
  }

  /**
   * Returns the id of the function that a value refers to, also through an alias or a version; null
   * if it is not in this template.
   */
  String function(Value value) {
    for (String id : value.ids()) {
      String type = type(id);
      if (type.equals("AWS::Serverless::Function") || type.equals("AWS::Lambda::Function")) {
        return id;
      }
      if (type.equals("AWS::Lambda::Alias") || type.equals("AWS::Lambda::Version")) {
        // One step is enough: aliases and versions do not refer to each other.
        return function(property(id, "FunctionName"));
      }
    }
    return null;
  }

  /** Notes what is not taken into account. */
  void ignore(String what, String where) {
    ignored.computeIfAbsent(what, w -> new ArrayList<>()).add(where);
  }

  /** Notes those of a resource's properties that change responses and are not read. */
  void ignoreProperties(String id, Value properties, String... names) {
    for (String name : names) {
      if (properties.at(name.split("\\.", -1)).isPresent()) {
        ignore(name, id);
      }
    }
  }

  /** Notes the resources of types that no reader knows. */
  void ignoreTypesBut(List<String> read) {
    resources.forEach(
        (id, resource) -> {
          String type = resource.at("Type").text();
          if (!read.contains(type)) {
            ignore(type.isEmpty() ? "without a type" : type, id);
          }
        });
  }

  /** Returns what is not taken into account, a line for each kind. */
  List<String> ignored() {
    return ignored.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .toList();
  }
}
