package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">intrinsic
 * functions</a>: {@code Ref}, {@code Fn::Sub}, {@code Fn::Join}, {@code Fn::FindInMap}, {@code
 * Fn::Select}, {@code Fn::Split} and conditions. What only a deployment knows stays in the text as
 * a reference.
 *
 * <p>The work for a template is bounded: each condition is evaluated once, and what functions make
 * and aliases repeat is counted.
 */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^${}]*)}");

  /** Many times what a template of 1 MB makes that is not written to be large. */
  private static final int MAX_WORK = 8 << 20;

  /** What a value costs beside its characters. */
  private static final int VALUE = 8;

  private static final int MAX_CONDITION_DEPTH = 100;

  /**
   * CloudFormation's <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">quota</a>.
   */
  private static final int MAX_PARAMETERS = 200;

  /** Values that are the same in every account, or that do not matter here. */
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "corsage-local");

  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, Integer> undecided = new LinkedHashMap<>();
  private final Value mappings;
  private final Value conditions;
  private final Map<String, Boolean> evaluated = new HashMap<>();
  private final Set<String> evaluating = new HashSet<>();
  private int conditionDepth;
  private int work;

  /**
   * Creates it for a template.
   *
   * @param given values of parameters, instead of their defaults
   * @throws TemplateException if the template has no such parameter
   */
  Intrinsics(Value template, Map<String, String> given) throws TemplateException {
    Map<String, Value> declared = template.at("Parameters").fields();
    if (declared.size() > MAX_PARAMETERS) {
      throw new TemplateException(
          template.at("Parameters").line(),
          "It has more than "
              + MAX_PARAMETERS
              + " parameters, which CloudFormation does not take.");
    }
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw new TemplateException(
            "It has no parameter "
                + name
                + (declared.isEmpty() ? "." : "; it has " + String.join(", ", declared.keySet())));
      }
    }
    declared.forEach(
        (name, parameter) -> {
          Value value = parameter.at("Default");
          if (given.containsKey(name)) {
            parameters.put(name, given.get(name));
          } else if (value instanceof Value.Text && !isStored(parameter)) {
            parameters.put(name, value.text());
          } else {
            undecided.put(name, parameter.line());
          }
        });
    mappings = template.at("Mappings");
    conditions = template.at("Conditions");
  }

  /** Its default is the name of a parameter in Systems Manager, not a value. */
  private static boolean isStored(Value parameter) {
    return parameter.at("Type").text().startsWith("AWS::SSM::Parameter::Value<");
  }

  /** Returns the parameters that have no value here, with their lines. */
  Map<String, Integer> undecided() {
    return undecided;
  }

  /** Counts values, with their texts and with those below them. */
  void count(Value value) throws TemplateException {
    spend(VALUE + value.text().length() + value.references().size(), value.line());
    for (Value below :
        value instanceof Value.Items items ? items.values() : value.fields().values()) {
      count(below);
    }
  }

  private void spend(int amount, int line) throws TemplateException {
    work += amount;
    if (work > MAX_WORK) {
      throw new TemplateException(
          line, "Functions, globals or aliases (*name) make it too large: more than 8 MB.");
    }
  }

  Value resolve(Value value) throws TemplateException {
    spend(VALUE + value.text().length(), value.line());
    if (value instanceof Value.Items items) {
      List<Value> resolved = new ArrayList<>();
      for (Value item : items.values()) {
        Value one = resolve(item);
        if (one.isPresent()) {
          resolved.add(one);
        }
      }
      return new Value.Items(resolved, items.line());
    }
    if (!(value instanceof Value.Fields)) {
      return value;
    }
    if (value.fields().size() == 1) {
      String name = value.fields().keySet().iterator().next();
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return call(name, value.at(name), value.line());
      }
    }
    Map<String, Value> resolved = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : value.fields().entrySet()) {
      Value one = resolve(entry.getValue());
      if (one.isPresent()) {
        resolved.put(entry.getKey(), one);
      }
    }
    return new Value.Fields(resolved, value.line());
  }

  private Value call(String name, Value argument, int line) throws TemplateException {
    return switch (name) {
      case "Ref" -> ref(argument.text(), line);
      case "Fn::GetAtt" -> attribute(argument, line);
      case "Fn::Sub" -> sub(argument, line);
      case "Fn::Join" -> join(argument, line);
      case "Fn::If" -> branch(argument, line);
      case "Fn::FindInMap" -> find(argument, line);
      case "Fn::Select" -> select(argument, line);
      case "Fn::Split" -> split(argument, line);
      default -> reference(name, line);
    };
  }

  private Value ref(String name, int line) throws TemplateException {
    if (name.equals("AWS::NoValue")) {
      return new Value.Absent(line);
    }
    String text = parameters.getOrDefault(name, PSEUDO.get(name));
    Value value = text == null ? reference(name, line) : new Value.Text(text, List.of(), line);
    count(value);
    return value;
  }

  private Value attribute(Value argument, int line) throws TemplateException {
    count(argument);
    return reference(String.join(".", argument.texts()), line);
  }

  private static Value.Text reference(String reference, int line) {
    return new Value.Text("${" + reference + "}", List.of(reference), line);
  }

  private Value sub(Value argument, int line) throws TemplateException {
    boolean withVariables = argument instanceof Value.Items;
    spend(argument.items().isEmpty() ? 0 : argument.items().get(0).text().length(), line);
    List<Value> arguments = argument.items();
    Map<String, Value> variables = new HashMap<>();
    if (withVariables && arguments.size() == 2) {
      variables.putAll(resolve(arguments.get(1)).fields());
    }
    StringBuilder text = new StringBuilder();
    Set<String> references = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(arguments.isEmpty() ? "" : arguments.get(0).text());
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      Value part =
          !matcher.group(1).isEmpty()
              ? new Value.Text("${" + name + "}", List.of(), line)
              : variables.containsKey(name) ? variables.get(name) : ref(name, line);
      count(part);
      references.addAll(part.references());
      matcher.appendReplacement(text, Matcher.quoteReplacement(part.text()));
    }
    matcher.appendTail(text);
    return new Value.Text(text.toString(), List.copyOf(references), line);
  }

  private Value join(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    if (arguments.size() != 2) {
      return reference("Fn::Join", line);
    }
    StringBuilder text = new StringBuilder();
    Set<String> references = new LinkedHashSet<>();
    String separator = "";
    for (Value part : resolve(arguments.get(1)).items()) {
      text.append(separator).append(part.text());
      references.addAll(part.references());
      separator = arguments.get(0).text();
      spend(separator.length(), line);
      count(part);
    }
    return new Value.Text(text.toString(), List.copyOf(references), line);
  }

  private Value branch(Value argument, int line) throws TemplateException {
    List<Value> arguments =
        argument instanceof Value.Items items ? items.values() : List.of(argument);
    if (arguments.size() != 3) {
      return reference("Fn::If", line);
    }
    return resolve(arguments.get(holds(arguments.get(0).text(), line) ? 1 : 2));
  }

  private Value find(Value argument, int line) throws TemplateException {
    List<String> path = resolve(argument).texts();
    Value found =
        path.size() < 3
            ? new Value.Absent(line)
            : mappings.at(path.get(0), path.get(1), path.get(2));
    count(found);
    return found.isPresent() ? found : reference("Fn::FindInMap", line);
  }

  private Value select(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    if (arguments.size() == 2 && arguments.get(0).text().matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(arguments.get(0).text());
      Value list = resolve(arguments.get(1));
      if (list instanceof Value.Items items && index < items.values().size()) {
        return items.values().get(index);
      }
    }
    return reference("Fn::Select", line);
  }

  private Value split(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    Value text = arguments.size() == 2 ? resolve(arguments.get(1)) : new Value.Absent(line);
    if (!(text instanceof Value.Text) || !text.references().isEmpty()) {
      return reference("Fn::Split", line);
    }
    List<Value> parts = new ArrayList<>();
    for (String part : text.text().split(Pattern.quote(arguments.get(0).text()), -1)) {
      parts.add(new Value.Text(part, List.of(), line));
      count(parts.get(parts.size() - 1));
    }
    return new Value.Items(parts, line);
  }

  /**
   * Tells whether a <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html">condition</a>
   * holds.
   */
  boolean holds(String condition, int line) throws TemplateException {
    Boolean known = evaluated.get(condition);
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
    boolean holds = isTrue(definition);
    evaluating.remove(condition);
    evaluated.put(condition, holds);
    return holds;
  }

  private boolean isTrue(Value definition) throws TemplateException {
    if (conditionDepth == MAX_CONDITION_DEPTH) {
      throw new TemplateException(
          definition.line(),
          "Conditions are nested, or refer to each other, more than "
              + MAX_CONDITION_DEPTH
              + " deep.");
    }
    conditionDepth++;
    boolean holds = evaluate(definition);
    conditionDepth--;
    return holds;
  }

  private boolean evaluate(Value definition) throws TemplateException {
    String name = definition.fields().keySet().stream().findFirst().orElse("");
    Value argument = definition.at(name);
    List<Value> arguments =
        argument instanceof Value.Items items ? items.values() : List.of(argument);
    if (arguments.isEmpty()) {
      throw new TemplateException(definition.line(), name + " has no condition.");
    }
    return switch (name) {
      case "Condition" -> holds(argument.text(), definition.line());
      case "Fn::Equals" -> isEqual(resolve(argument).texts());
      case "Fn::Not" -> !isTrue(arguments.get(0));
      case "Fn::And" -> holding(arguments) == arguments.size();
      case "Fn::Or" -> holding(arguments) > 0;
      default ->
          throw new TemplateException(
              definition.line(),
              "Conditions can only be made of Fn::Equals, Fn::Not, Fn::And, Fn::Or and Condition here.");
    };
  }

  private static boolean isEqual(List<String> sides) {
    return sides.size() == 2 && sides.get(0).equals(sides.get(1));
  }

  /** Returns how many of some conditions hold. */
  private int holding(List<Value> conditions) throws TemplateException {
    int holding = 0;
    for (Value condition : conditions) {
      holding += isTrue(condition) ? 1 : 0;
    }
    return holding;
  }
}
