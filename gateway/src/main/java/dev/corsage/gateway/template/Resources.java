package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The resources of a template, with functions evaluated, without those whose condition fails. */
final class Resources {
  /**
   * CloudFormation's <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">quota</a>.
   */
  private static final int MAX_RESOURCES = 500;

  private static final String SAM = "AWS::Serverless::";

  private final Map<String, Value> resources = new LinkedHashMap<>();
  private final Map<String, Value> properties = new LinkedHashMap<>();
  private final Map<String, List<String>> ignored = new TreeMap<>();
  private final Value globals;

  Resources(Value template, Intrinsics intrinsics) throws TemplateException {
    if (!(template.at("Resources") instanceof Value.Fields)) {
      throw new TemplateException(template.line(), "It has no Resources: it is not a template.");
    }
    Map<String, Value> declared = template.at("Resources").fields();
    boolean isPlan = declared.keySet().stream().anyMatch(TerraformPlan::isAddress);
    if (declared.size() > MAX_RESOURCES && !isPlan) {
      throw new TemplateException(
          template.at("Resources").line(),
          "It has more than " + MAX_RESOURCES + " resources, which CloudFormation does not take.");
    }
    globals = intrinsics.resolve(template.at("Globals"));
    for (Map.Entry<String, Value> entry : declared.entrySet()) {
      Value condition = entry.getValue().at("Condition");
      if (!condition.isPresent() || intrinsics.holds(condition.text(), condition.line())) {
        Value resource = intrinsics.resolve(entry.getValue());
        String type = resource.at("Type").text();
        if (type.startsWith(SAM)) {
          intrinsics.count(globals.at(type.substring(SAM.length())));
        }
        resources.put(entry.getKey(), resource);
        properties.put(entry.getKey(), properties(resource, type));
      }
    }
  }

  /** Passes on the properties of all resources of a type, merged with SAM's globals. */
  void each(String type, BiConsumer<String, Value> reader) {
    resources.forEach(
        (id, resource) -> {
          if (resource.at("Type").text().equals(type)) {
            reader.accept(id, properties.get(id));
          }
        });
  }

  private Value properties(Value resource, String type) {
    Value own = resource.at("Properties");
    Value present = own.isPresent() ? own : new Value.Fields(Map.of(), resource.line());
    return type.startsWith(SAM) ? globals(type.substring(SAM.length()), present) : present;
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
      if (isFunction(id)) {
        return id;
      }
      if (type(id).equals("AWS::Lambda::Alias") || type(id).equals("AWS::Lambda::Version")) {
        // One step is enough: aliases and versions do not refer to each other.
        List<String> targets = property(id, "FunctionName").ids();
        return targets.stream().filter(this::isFunction).findFirst().orElse(null);
      }
    }
    return null;
  }

  private boolean isFunction(String id) {
    return type(id).equals("AWS::Serverless::Function") || type(id).equals("AWS::Lambda::Function");
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
