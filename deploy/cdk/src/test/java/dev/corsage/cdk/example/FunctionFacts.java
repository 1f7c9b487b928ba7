package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The facts of a function and of the table, of a template of CloudFormation. */
final class FunctionFacts {
  private final CloudFormation template;
  private final Facts facts;

  /** Names by logical ids, and logical ids of logs by names. */
  private final Map<String, String> functions = new HashMap<>();

  private final Map<String, String> logs = new HashMap<>();

  FunctionFacts(CloudFormation template, Facts facts) {
    this.template = template;
    this.facts = facts;
  }

  /** Returns what a function is called in the facts. */
  static String name(Map<String, Object> function) {
    return text(function, "Handler").endsWith(".PreflightHandler") ? "preflight" : "demo";
  }

  void add(String id, Map<String, Object> function, String archive) {
    String name = name(function);
    functions.put(id, name);
    facts.add(name + " archive", archive);
    facts.add(name + " handler", function.get("Handler"));
    facts.add(name + " runtime", function.get("Runtime"));
    facts.add(name + " memory", function.get("MemorySize"));
    facts.add(name + " timeout", function.get("Timeout"));
    facts.add(name + " architectures", function.get("Architectures"));
    facts.add(name + " SnapStart", function.get("SnapStart"));
    facts.add(name + " concurrency", function.get("ReservedConcurrentExecutions"));
    String log = id(text(function, "LoggingConfig", "LogGroup"));
    logs.put(name, log);
    facts.add(
        name + " log days",
        template.resources("AWS::Logs::LogGroup").get(log).get("RetentionInDays"));
    object(Tree.at(function, "Environment", "Variables"))
        .forEach(
            (variable, value) ->
                facts.add(
                    name + " " + variable,
                    id(String.valueOf(value)).replaceAll("<AllowList[^>]*>", "<table>")));
    addRole(name, log, template.resources("AWS::IAM::Role").get(id(text(function, "Role"))));
  }

  /**
   * Adds the nested stacks with alarms.
   *
   * @param file tells which template a URL is
   */
  void addOperations(UnaryOperator<String> file) {
    for (Map<String, Object> stack : template.resources("AWS::CloudFormation::Stack").values()) {
      Map<String, Object> parameters = object(stack.get("Parameters"));
      String name = functions.get(id(text(parameters, "FunctionName")));
      boolean ownLog = id(text(parameters, "LogGroup")).equals(logs.get(name));
      facts.add(name + " alarms", file.apply(text(stack, "TemplateURL")));
      facts.add(name + " alarms about", ownLog ? "its log" : parameters.get("LogGroup"));
      for (String parameter : Facts.ALARM_PARAMETERS) {
        facts.add(name + " alarms " + parameter, parameters.get(parameter));
      }
    }
  }

  private void addRole(String name, String log, Map<String, Object> role) {
    facts.add(name + " managed policies", role.get("ManagedPolicyArns"));
    facts.add(
        name + " assumed by",
        Tree.at(role, "AssumeRolePolicyDocument", "Statement", "Principal", "Service"));
    for (Object policy : list(role.get("Policies"))) {
      for (Object statement : list(Tree.at(policy, "PolicyDocument", "Statement"))) {
        String resource = id(text(statement, "Resource"));
        String of = resource.equals(log) ? "log" : isTable(resource) ? "table" : resource;
        Object action = Tree.at(statement, "Action");
        facts.include(
            name + " may",
            (action instanceof String ? "[" + action + "]" : action)
                + " on its "
                + of
                + condition(statement));
      }
    }
  }

  static String condition(Object statement) {
    Object condition = Tree.at(statement, "Condition");
    return condition == null ? "" : " if " + condition;
  }

  private boolean isTable(String id) {
    return template.resources("AWS::DynamoDB::Table").containsKey(id);
  }

  void addTable() {
    template
        .resources("AWS::DynamoDB::Table")
        .values()
        .forEach(
            table -> {
              facts.add("table billing", table.get("BillingMode"));
              facts.add(
                  "table time to live", text(table, "TimeToLiveSpecification", "AttributeName"));
              for (Object key : list(table.get("KeySchema"))) {
                facts.add("table " + text(key, "KeyType"), text(key, "AttributeName"));
              }
              for (Object attribute : list(table.get("AttributeDefinitions"))) {
                facts.add(
                    "table type of " + text(attribute, "AttributeName"),
                    text(attribute, "AttributeType"));
              }
            });
  }

  /** Returns the logical id that a reference to a resource has; other text as it is. */
  static String id(String reference) {
    return reference.startsWith("<") ? reference.substring(1).replaceAll("[.>].*", "") : reference;
  }
}
