package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">parameters</a>
 * of a template, with their values: those that are given, else their defaults.
 */
final class Parameters {
  /**
   * CloudFormation's <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">quota</a>.
   */
  private static final int MAX = 200;

  /** The value is in Systems Manager, and the default the name that it has there. */
  private static final String STORED = "AWS::SSM::Parameter::Value<";

  private final Map<String, Value> declared;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private Parameters(Value template) throws TemplateException {
    declared = template.at("Parameters").fields();
    if (declared.size() > MAX) {
      throw new TemplateException(
          template.at("Parameters").line(),
          "It has more than " + MAX + " parameters, which CloudFormation does not take.");
    }
  }

  /**
   * Reads the parameters of a template that somebody deploys.
   *
   * @throws TemplateException if the template has no such parameter
   */
  static Parameters of(Value template, Map<String, String> given) throws TemplateException {
    Parameters parameters = new Parameters(template);
    for (String name : given.keySet()) {
      if (!parameters.declared.containsKey(name)) {
        throw new TemplateException(
            "It has no parameter "
                + name
                + (parameters.declared.isEmpty()
                    ? "."
                    : "; it has " + String.join(", ", parameters.declared.keySet())));
      }
    }
    Map<String, Value> texts = new LinkedHashMap<>();
    given.forEach((name, text) -> texts.put(name, new Value.Text(text, 1)));
    parameters.readValues(texts);
    return parameters;
  }

  /** Reads the parameters of a nested stack, with what the stack above passes. */
  static Parameters nested(Value template, Value given) throws TemplateException {
    Parameters parameters = new Parameters(template);
    parameters.readValues(given.fields());
    return parameters;
  }

  private void readValues(Map<String, Value> given) {
    declared.forEach(
        (name, parameter) -> {
          String type = parameter.at("Type").text();
          Value standard = type.startsWith(STORED) ? new Value.Absent(0) : parameter.at("Default");
          Value value = given.getOrDefault(name, standard);
          if (value.isPresent()) {
            values.put(name, isList(type) ? list(value) : value);
          }
        });
  }

  /** {@code CommaDelimitedList}, {@code List<…>}, and both inside {@link #STORED}. */
  private static boolean isList(String type) {
    String stored = type.startsWith(STORED) ? type.substring(STORED.length()) : type;
    return stored.startsWith("CommaDelimitedList") || stored.startsWith("List<");
  }

  /** CloudFormation removes the white space around the members of a list. */
  private static Value list(Value value) {
    if (!(value instanceof Value.Text text)) {
      return value;
    }
    List<Value> members = new ArrayList<>();
    for (String member : text.text().split(",", -1)) {
      members.add(new Value.Text(member.strip(), text.line()));
    }
    return new Value.Items(members, text.line());
  }

  /** Returns the value of a parameter; null if it has none here, or is not a parameter. */
  Value value(String name) {
    return values.get(name);
  }

  /** Tells whether it is a parameter that has no value here. */
  boolean isUndecided(String name) {
    return declared.containsKey(name) && !values.containsKey(name);
  }

  int line(String name) {
    return declared.get(name).line();
  }
}
