package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import dev.corsage.store.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources of a stack and those nested in it, with functions evaluated, without those whose
 * condition fails. Their ids are {@linkplain Stack#qualified qualified}.
 */
final class Resources {
  /**
   * CloudFormation's <a
   * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">quota</a>.
   */
  private static final int MAX_RESOURCES = 500;

  /**
   * The name in the <a
   * href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html">ARN</a> of a
   * function; what only a deployment knows may be in it.
   */
  private static final Pattern FUNCTION_NAME =
      Pattern.compile(":function:((?:[A-Za-z0-9_-]|\\$\\{[^{}]*})+)");

  private static final String SAM = "AWS::Serverless::";

  private final Map<String, Value> resources = new LinkedHashMap<>();
  private final Map<String, Value> properties = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /** What is written of CORS, word by word. */
  final WrittenSettings written = new WrittenSettings();

  private Map<String, String> functionNames;

  /** By the prefixes of their ids. */
  private final Map<String, Stack> stacks = new HashMap<>();

  private final Map<String, Value> globals = new HashMap<>();
  private final Map<Path, DocumentFiles.Document> documents = new HashMap<>();
  private final Set<String> sharedElsewhere = new LinkedHashSet<>();
  private final Set<String> types;
  private final Notes notes;
  private final Work work;

  /**
   * Reads the resources of a stack.
   *
   * @param types those that readers read; others are not evaluated
   */
  Resources(Stack stack, Set<String> types, Notes notes, Work work) throws TemplateException {
    this.types = types;
    this.notes = notes;
    this.work = work;
    add(stack);
  }

  private void add(Stack stack) throws TemplateException {
    Value section = stack.section("Resources");
    if (!(section instanceof Value.Fields)) {
      throw new TemplateException(
          stack.line(),
          (stack.prefix().isEmpty() ? "It" : stack.file().name())
              + " has no Resources: it is not a template.");
    }
    Map<String, Value> declared = section.fields();
    boolean isPlan = declared.keySet().stream().anyMatch(TerraformPlan::isAddress);
    if (declared.size() > MAX_RESOURCES && !isPlan) {
      throw new TemplateException(
          section.line(),
          "It has more than " + MAX_RESOURCES + " resources, which CloudFormation does not take.");
    }
    stacks.put(stack.prefix(), stack);
    globals.put(stack.prefix(), stack.intrinsics().resolve(stack.section("Globals")));
    for (Map.Entry<String, Value> entry : declared.entrySet()) {
      if (!entry.getKey().equals(Intrinsics.TRANSFORM)) {
        // It is what tells a resource of a nested stack from others; in no logical id.
        if (!TerraformPlan.isAddress(entry.getKey()) && Stack.isQualified(entry.getKey())) {
          throw new TemplateException(
              entry.getValue().line(),
              "The logical id "
                  + Secrets.masked(entry.getKey())
                  + " has a slash: CloudFormation takes letters and digits alone.");
        }
        add(stack, entry.getKey(), entry.getValue());
      }
    }
  }

  private void add(Stack stack, String id, Value written) throws TemplateException {
    String type = written.at("Type").text();
    boolean read = types.contains(type);
    Value condition = written.at("Condition");
    if (condition.isPresent()) {
      Conditions.Outcome outcome = stack.intrinsics().outcome(condition.text(), condition.line());
      if (read) {
        stack.noteAssumed(outcome);
      }
      if (!outcome.holds()) {
        return;
      }
    }
    String qualified = stack.qualified(id);
    Value resource = read ? stack.intrinsics().resolve(written) : written;
    if (type.startsWith(SAM)) {
      work.count(globals.get(stack.prefix()).at(type.substring(SAM.length())));
    }
    resources.put(qualified, resource);
    properties.put(qualified, properties(qualified, resource, type));
    if (Stack.isNested(type)) {
      addNested(stack, id, written);
    }
  }

  private void addNested(Stack stack, String id, Value resource) throws TemplateException {
    Optional<Stack> nested = stack.nested(id);
    if (nested.isPresent()) {
      add(nested.get());
      return;
    }
    String qualified = stack.qualified(id);
    notes.notRead(
        "nested stacks whose templates are elsewhere", new Location(qualified, resource.line()));
    // It may add routes to an API that it gets the id of.
    stack
        .intrinsics()
        .resolve(resource.at("Properties", "Parameters"))
        .unknowns()
        .forEach(parameter -> sharedElsewhere.addAll(parameter.ids()));
  }

  /** Tells whether a nested stack that is not here gets something of a resource. */
  boolean isSharedElsewhere(String id) {
    return sharedElsewhere.contains(id);
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

  private Value properties(String id, Value resource, String type) {
    Value own = resource.at("Properties");
    Value present = own.isPresent() ? own : new Value.Fields(Map.of(), resource.line());
    return type.startsWith(SAM) ? globals(id, type.substring(SAM.length()), present) : present;
  }

  /** Returns properties merged with a section of SAM's globals, in the stack of a resource. */
  Value globals(String id, String section, Value properties) {
    return merge(globals.get(Stack.prefix(id)).at(section), properties);
  }

  /** Returns a logical id in the stack of a resource, or of a property of it. */
  static String beside(String property, String id) {
    return Stack.prefix(property.replaceFirst("\\..*", "")) + id;
  }

  /** Returns the folder of the template that a resource is written in. */
  Path folder(String id) {
    return stacks.get(Stack.prefix(id)).file().folder();
  }

  /** Returns the documents that a resource can name by their files. */
  DocumentFiles documents(String id) {
    return new DocumentFiles(folder(id), work, documents);
  }

  /** Returns the names of the files, by the prefixes of the ids that they have. */
  Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    stacks.forEach((prefix, stack) -> files.put(prefix, stack.file().name()));
    return files;
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

  /** Returns what a resource says about itself to tools. */
  Value metadata(String id) {
    return resources.getOrDefault(id, new Value.Absent(1)).at("Metadata");
  }

  /** Returns a property of a resource. */
  Value property(String id, String name) {
    return resources.getOrDefault(id, new Value.Absent(1)).at("Properties", name);
  }

  /**
   * Returns the id of the function that a value refers to, also through an alias or a version, or
   * by its {@code FunctionName}; null if it is not in this template.
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
    return functionNamed(value.written());
  }

  private String functionNamed(String reference) {
    if (functionNames == null) {
      functionNames = new HashMap<>();
      for (String id : resources.keySet()) {
        String name = isFunction(id) ? property(id, "FunctionName").written() : "";
        if (!name.isEmpty()) {
          functionNames.put(name, id);
        }
      }
    }
    Matcher named = FUNCTION_NAME.matcher(reference);
    return functionNames.get(named.find() ? named.group(1) : reference);
  }

  private boolean isFunction(String id) {
    return type(id).equals("AWS::Serverless::Function") || type(id).equals("AWS::Lambda::Function");
  }

  /** Notes what SAM refuses to transform. */
  void refuse(Location location, String value, String reason, String fix) {
    refusals.add(new Refusal(location, value, reason, fix));
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Notes what is not taken into account. */
  void ignore(String what, String where) {
    notes.ignore(what, where);
  }

  /** Notes what is not read although it may change what a browser gets. */
  void notRead(String what, String where, int line) {
    notes.notRead(what, new Location(where, line));
  }

  /**
   * Notes the parts of a property that only a deployment knows: they are not checked, and {@code
   * serve} does without them.
   */
  void unresolved(Value value, String property) {
    notes.unresolved(value, property);
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
  void ignoreTypesBut(Set<String> known) {
    resources.forEach(
        (id, resource) -> {
          String type = resource.at("Type").text();
          if (!known.contains(type) && !Stack.isNested(type)) {
            ignore(type.isEmpty() ? "without a type" : type, id);
          }
        });
  }
}
