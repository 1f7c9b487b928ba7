package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.HashMap;
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
 * functions</a> in the template of a stack. What is made of something that only a deployment knows
 * is {@link Value.Unknown}.
 *
 * <p>The work for a template is bounded: each condition is evaluated once, and what functions make
 * and aliases repeat is counted.
 */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^${}]*)}");

  /**
   * <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html">Dynamic
   * references</a>: values that are kept elsewhere.
   */
  private static final Pattern DYNAMIC =
      Pattern.compile("\\{\\{(resolve:(?:ssm|ssm-secure|secretsmanager)):");

  /** More than any file has; an included file may include itself. */
  private static final int MAX_DEPTH = 300;

  static final String TRANSFORM = "Fn::Transform";

  /** Values that are the same in every account, or that do not matter here. */
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "corsage-local");

  private final Stack stack;
  private final Parameters parameters;
  private final Work work;
  private final Expansion expansion;
  private Conditions conditions;
  private int depth;

  /** Creates it for the template of a stack. */
  Intrinsics(Stack stack, Parameters parameters, Work work) {
    this.stack = stack;
    this.parameters = parameters;
    this.work = work;
    expansion = new Expansion(stack, this, work);
  }

  /** Returns a mapping with its loops and included files, but without evaluating its values. */
  Value expand(Value mapping) throws TemplateException {
    return expansion.expand(mapping);
  }

  /** Returns a value with all functions in it evaluated. */
  Value resolve(Value value) throws TemplateException {
    if (depth == MAX_DEPTH) {
      throw new TemplateException(
          value.line(), "Values are nested more than " + MAX_DEPTH + " deep.");
    }
    depth++;
    work.spend((long) Work.VALUE + value.text().length(), value.line());
    Value resolved =
        value instanceof Value.Text text
            ? resolveText(text)
            : value instanceof Value.Items items
                ? resolveItems(items)
                : value instanceof Value.Fields ? resolveFields(value) : value;
    depth--;
    return resolved;
  }

  private static Value resolveText(Value.Text text) {
    Matcher dynamic = DYNAMIC.matcher(text.text());
    return dynamic.find()
        ? new Value.Unknown(text.text(), List.of(dynamic.group(1)), text.line())
        : text;
  }

  private Value resolveItems(Value.Items items) throws TemplateException {
    List<Value> resolved = new ArrayList<>();
    for (Value item : items.values()) {
      Value one = resolve(item);
      if (one.isPresent()) {
        resolved.add(one);
      }
    }
    return new Value.Items(resolved, items.line());
  }

  private Value resolveFields(Value value) throws TemplateException {
    Value expanded = expand(value);
    if (!(expanded instanceof Value.Fields)) {
      return expanded instanceof Value.Unknown ? expanded : resolve(expanded);
    }
    if (expanded.fields().size() == 1) {
      String name = expanded.fields().keySet().iterator().next();
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return call(name, expanded.at(name), value.line());
      }
    }
    Map<String, Value> resolved = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : expanded.fields().entrySet()) {
      Value one = resolve(entry.getValue());
      if (one.isPresent()) {
        resolved.put(entry.getKey(), one);
      }
    }
    return new Value.Fields(resolved, value.line());
  }

  private Value call(String name, Value argument, int line) throws TemplateException {
    return switch (name) {
      case "Ref" -> ref(resolve(argument).written(), line);
      case "Fn::GetAtt" -> attribute(argument, line);
      case "Fn::Sub" -> sub(argument, line);
      case "Fn::Join" -> join(argument, line);
      case "Fn::If" -> branch(argument, line);
      case "Fn::FindInMap" -> find(argument, line);
      case "Fn::Select" -> select(argument, line);
      case "Fn::Split" -> split(argument, line);
      case "Fn::Length" -> length(argument, line);
      case "Fn::ToJsonString" -> json(argument, line);
      default -> new Value.Unknown("${" + name + "}", List.of(name), line);
    };
  }

  private Value ref(String name, int line) throws TemplateException {
    if (name.equals("AWS::NoValue")) {
      return new Value.Absent(line);
    }
    String pseudo = PSEUDO.get(name);
    Value value = pseudo == null ? parameters.value(name) : new Value.Text(pseudo, line);
    // It is where it is used that a value counts.
    Value found = value == null ? reference(name, line) : value;
    work.count(found);
    return TemplateFile.at(line, found);
  }

  private Value attribute(Value argument, int line) throws TemplateException {
    List<String> parts = resolve(argument).items().stream().map(Value::written).toList();
    String[] path = String.join(".", parts).split("\\.", 3);
    if (path.length == 3 && path[1].equals("Outputs")) {
      Value output = stack.output(path[0], path[2]);
      if (output.isPresent()) {
        work.count(output);
        return output;
      }
    }
    return reference(String.join(".", path), line);
  }

  private Value.Unknown reference(String name, int line) {
    return new Value.Unknown("${" + name + "}", List.of(stack.qualified(name)), line);
  }

  /** Collects what a text is made of. */
  private final class Parts {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> references = new LinkedHashSet<>();
    private final int line;
    private boolean known = true;

    Parts(int line) {
      this.line = line;
    }

    void add(Value part) throws TemplateException {
      work.count(part);
      text.append(part.written());
      known &= part.isKnown();
      part.unknowns().forEach(unknown -> references.addAll(unknown.references()));
    }

    Value value() {
      return known
          ? new Value.Text(text.toString(), line)
          : new Value.Unknown(text.toString(), List.copyOf(references), line);
    }
  }

  private Value sub(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    Map<String, Value> variables = new HashMap<>();
    if (argument instanceof Value.Items && arguments.size() == 2) {
      variables.putAll(resolve(arguments.get(1)).fields());
    }
    String pattern = arguments.isEmpty() ? "" : arguments.get(0).text();
    work.spend(pattern.length(), line);
    Parts parts = new Parts(line);
    int copied = 0;
    Matcher matcher = PLACEHOLDER.matcher(pattern);
    while (matcher.find()) {
      parts.text.append(pattern, copied, matcher.start());
      copied = matcher.end();
      String name = matcher.group(2).strip();
      parts.add(
          !matcher.group(1).isEmpty()
              ? new Value.Text("${" + name + "}", line)
              : variables.containsKey(name) ? variables.get(name) : placeholder(name, line));
    }
    parts.text.append(pattern, copied, pattern.length());
    Value value = parts.value();
    return value instanceof Value.Text text ? resolveText(text) : value;
  }

  private Value placeholder(String name, int line) throws TemplateException {
    Value value =
        name.contains(".") && !name.contains("::")
            ? attribute(new Value.Text(name, line), line)
            : ref(name, line);
    return value instanceof Value.Items ? joined(value.items(), ",", line) : value;
  }

  private Value join(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    Value list = arguments.size() == 2 ? resolve(arguments.get(1)) : new Value.Absent(line);
    Value separator = arguments.isEmpty() ? list : resolve(arguments.get(0));
    if (!(separator instanceof Value.Text text) || !list.isPresent()) {
      return new Value.Unknown("${Fn::Join}", List.of("Fn::Join"), line);
    }
    return joined(list.items(), text.text(), line);
  }

  private Value joined(List<Value> items, String separator, int line) throws TemplateException {
    Parts parts = new Parts(line);
    String before = "";
    for (Value item : items) {
      work.spend(before.length(), line);
      parts.text.append(before);
      parts.add(item instanceof Value.Items ? joined(item.items(), separator, line) : item);
      before = separator;
    }
    return parts.value();
  }

  private Value branch(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    if (arguments.size() != 3) {
      return new Value.Unknown("${Fn::If}", List.of("Fn::If"), line);
    }
    return resolve(arguments.get(holds(arguments.get(0).text(), line) ? 1 : 2));
  }

  private Value find(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    List<Value> path = new ArrayList<>();
    for (Value part : arguments) {
      path.add(resolve(part));
    }
    Value found = new Value.Absent(line);
    if (path.size() >= 3 && path.stream().limit(3).allMatch(Value::isKnown)) {
      found =
          stack.section("Mappings").at(path.get(0).text(), path.get(1).text(), path.get(2).text());
    }
    if (!found.isPresent() && path.size() > 3) {
      // The default value of AWS::LanguageExtensions.
      found = path.get(3).at("DefaultValue");
    }
    if (found.isPresent()) {
      work.count(found);
      return found;
    }
    return path.stream()
        .flatMap(Value::unknowns)
        .findFirst()
        .map(unknown -> unknown("Fn::FindInMap", unknown, line))
        .orElseGet(() -> new Value.Unknown("${Fn::FindInMap}", List.of("Fn::FindInMap"), line));
  }

  /** Returns the result of a function of something that is not known. */
  private static Value.Unknown unknown(String function, Value of, int line) {
    List<String> references =
        of.unknowns().flatMap(part -> part.references().stream()).distinct().toList();
    return new Value.Unknown(
        "${" + function + "}", references.isEmpty() ? List.of(function) : references, line);
  }

  private Value select(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    if (arguments.size() != 2) {
      return new Value.Unknown("${Fn::Select}", List.of("Fn::Select"), line);
    }
    String index = resolve(arguments.get(0)).text();
    Value list = resolve(arguments.get(1));
    if (index.matches("[0-9]{1,4}")
        && list instanceof Value.Items items
        && Integer.parseInt(index) < items.values().size()) {
      return items.values().get(Integer.parseInt(index));
    }
    return unknown("Fn::Select", list, line);
  }

  private Value split(Value argument, int line) throws TemplateException {
    List<Value> arguments = argument.items();
    Value text = arguments.size() == 2 ? resolve(arguments.get(1)) : new Value.Absent(line);
    if (!(text instanceof Value.Text)) {
      return unknown("Fn::Split", text, line);
    }
    List<Value> parts = new ArrayList<>();
    String separator = resolve(arguments.get(0)).text();
    for (String part : text.text().split(Pattern.quote(separator), -1)) {
      parts.add(new Value.Text(part, line));
      work.count(parts.get(parts.size() - 1));
    }
    return new Value.Items(parts, line);
  }

  private Value length(Value argument, int line) throws TemplateException {
    Value list = resolve(argument);
    return list instanceof Value.Items items
        ? new Value.Text(String.valueOf(items.values().size()), false, line)
        : unknown("Fn::Length", list, line);
  }

  private Value json(Value argument, int line) throws TemplateException {
    Value value = resolve(argument);
    String text = JsonText.of(value);
    // JSON in JSON grows with every quote in it.
    work.spend(text.length(), line);
    return value.isKnown()
        ? new Value.Text(text, line)
        : new Value.Unknown(text, unknown("", value, line).references(), line);
  }

  /** Tells whether a condition holds, for a value or a resource that depends on it. */
  boolean holds(String condition, int line) throws TemplateException {
    Conditions.Outcome outcome = outcome(condition, line);
    stack.noteAssumed(outcome);
    return outcome.holds();
  }

  /** Returns what a condition is. */
  Conditions.Outcome outcome(String condition, int line) throws TemplateException {
    if (conditions == null) {
      conditions = new Conditions(stack.section("Conditions"), this);
    }
    return conditions.outcome(condition, line);
  }
}
