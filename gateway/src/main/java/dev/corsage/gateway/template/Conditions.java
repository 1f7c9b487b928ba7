package dev.corsage.gateway.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates the <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html">conditions</a>
 * of a template, each once. A value that is not known is equal to itself alone.
 */
final class Conditions {
  private static final int MAX_DEPTH = 100;

  private final Value conditions;
  private final Intrinsics intrinsics;
  private final Map<String, Outcome> evaluated = new HashMap<>();
  private final Set<String> evaluating = new HashSet<>();
  private int depth;

  /**
   * What a condition is.
   *
   * @param unknown what it depends on that is not known
   */
  record Outcome(boolean holds, Set<String> unknown) {}

  Conditions(Value conditions, Intrinsics intrinsics) {
    this.conditions = conditions;
    this.intrinsics = intrinsics;
  }

  Outcome outcome(String condition, int line) throws TemplateException {
    Outcome known = evaluated.get(condition);
    if (known != null) {
      return known;
    }
    Value definition = conditions.at(condition);
    if (!definition.isPresent()) {
      throw new TemplateException(line, "There is no condition " + condition + ".");
    }
    if (!evaluating.add(condition)) {
      throw new TemplateException(line, "The condition " + condition + " depends on itself.");
    }
    Set<String> unknown = new LinkedHashSet<>();
    Outcome outcome = new Outcome(isTrue(definition, unknown), unknown);
    evaluating.remove(condition);
    evaluated.put(condition, outcome);
    return outcome;
  }

  private boolean isTrue(Value definition, Set<String> unknown) throws TemplateException {
    if (depth == MAX_DEPTH) {
      throw new TemplateException(
          definition.line(),
          "Conditions are nested, or refer to each other, more than " + MAX_DEPTH + " deep.");
    }
    depth++;
    boolean holds = evaluate(definition, unknown);
    depth--;
    return holds;
  }

  private boolean evaluate(Value definition, Set<String> unknown) throws TemplateException {
    String name = definition.fields().keySet().stream().findFirst().orElse("");
    Value argument = definition.at(name);
    List<Value> arguments =
        argument instanceof Value.Items items ? items.values() : List.of(argument);
    if (arguments.isEmpty()) {
      throw new TemplateException(definition.line(), name + " has no condition.");
    }
    return switch (name) {
      case "Condition" -> holds(argument.text(), definition.line(), unknown);
      case "Fn::Equals" -> isEqual(intrinsics.resolve(argument).items(), unknown);
      case "Fn::Not" -> !isTrue(arguments.get(0), unknown);
      case "Fn::And" -> holding(arguments, unknown) == arguments.size();
      case "Fn::Or" -> holding(arguments, unknown) > 0;
      default ->
          throw new TemplateException(
              definition.line(),
              "Conditions can only be made of Fn::Equals, Fn::Not, Fn::And, Fn::Or and Condition here.");
    };
  }

  private boolean holds(String condition, int line, Set<String> unknown) throws TemplateException {
    Outcome other = outcome(condition, line);
    unknown.addAll(other.unknown());
    return other.holds();
  }

  private static boolean isEqual(List<Value> sides, Set<String> unknown) {
    sides.forEach(side -> side.unknowns().forEach(part -> unknown.addAll(part.references())));
    return sides.size() == 2 && written(sides.get(0)).equals(written(sides.get(1)));
  }

  private static List<String> written(Value side) {
    return side.items().stream().map(Value::written).toList();
  }

  /** Returns how many of some conditions hold. */
  private int holding(List<Value> conditions, Set<String> unknown) throws TemplateException {
    int holding = 0;
    for (Value condition : conditions) {
      holding += isTrue(condition, unknown) ? 1 : 0;
    }
    return holding;
  }
}
