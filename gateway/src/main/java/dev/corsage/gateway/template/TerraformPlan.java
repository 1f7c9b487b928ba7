package dev.corsage.gateway.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan, or a state, of Terraform or OpenTofu as <a
 * href="https://developer.hashicorp.com/terraform/internals/json-format">{@code terraform show
 * -json}</a> writes it: the resources that there will be, and the configuration that they come
 * from. Immutable.
 */
final class TerraformPlan {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build())
          .build();

  /** A plan repeats its configuration and the state before; most are far below 1 MB. */
  static final int MAX_BYTES = 64 << 20;

  /** Of the address of a module: each of its prefixes is looked at. */
  private static final int MAX_ADDRESS = 10_000;

  private static final int MAX_PARTS = 100;

  private static final int SHOWN = 40;

  private static final Set<String> READ =
      Set.of("format_version", "planned_values", "values", "resource_changes", "configuration");

  /**
   * A resource as it will be.
   *
   * @param address such as {@code module.orders.aws_lambda_function.this["a"]}
   * @param module the address of its module; empty for the root
   * @param index the key or the number of the instance; empty without {@code for_each} and {@code
   *     count}
   * @param values what is known of its attributes
   * @param unknown true in the place of each attribute that is known after the plan is applied
   * @param sensitive true in the place of each attribute that must not be shown
   * @param block what is written in the configuration; absent in a state
   */
  record Resource(
      String address,
      String module,
      String type,
      String name,
      String index,
      Value values,
      Value unknown,
      Value sensitive,
      Value block) {

    int line() {
      return values.line();
    }
  }

  private final Value configuration;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  /** The blocks of configuration by their type and name, by the address of the module. */
  private final Map<String, Map<String, Value>> blocks = new HashMap<>();

  private final int line;

  private TerraformPlan(Value plan) throws TemplateException {
    line = plan.line();
    String version = plan.at("format_version").text();
    // "Reject any input which reports an unsupported major version."
    if (!version.matches("[01]\\..*")) {
      throw new TemplateException(
          "It is a plan in the format " + version + " of Terraform; 1 is read here.");
    }
    configuration = plan.at("configuration", "root_module");
    Map<String, Value> changes = new HashMap<>();
    for (Value change : plan.at("resource_changes").items()) {
      // One that was replaced, and is still to be deleted, has the same address.
      if (!change.at("deposed").isPresent()) {
        changes.put(change.at("address").text(), change.at("change"));
      }
    }
    Value values =
        plan.at("planned_values").isPresent() ? plan.at("planned_values") : plan.at("values");
    add(values.at("root_module"), "", changes);
  }

  private void add(Value module, String address, Map<String, Value> changes)
      throws TemplateException {
    if (address.length() > MAX_ADDRESS || parts(address).size() > MAX_PARTS) {
      throw new TemplateException(
          module.line(),
          "The address of a module has more than 10,000 characters or 100 parts: "
              + JsonText.of(TerraformReader.text(address.substring(0, SHOWN), module.line()))
              + "... Terraform writes shorter ones.");
    }
    for (Value resource : module.at("resources").items()) {
      if (resource.at("mode").text().equals("managed")) {
        String own = resource.at("address").text();
        Value change = changes.getOrDefault(own, new Value.Absent(resource.line()));
        String type = resource.at("type").text();
        String name = resource.at("name").text();
        Value values = resource.at("values");
        resources.put(
            own,
            new Resource(
                own,
                address,
                type,
                name,
                resource.at("index").text(),
                values.isPresent() ? values : new Value.Fields(Map.of(), resource.line()),
                change.at("after_unknown"),
                either(resource.at("sensitive_values"), change.at("after_sensitive")),
                block(address, type, name)));
      }
    }
    for (Value child : module.at("child_modules").items()) {
      add(child, child.at("address").text(), changes);
    }
  }

  /** Returns what is marked in one of two values, or in both. */
  private static Value either(Value one, Value other) {
    if (one.isTrue() || !(other instanceof Value.Fields || other instanceof Value.Items)) {
      return other.isTrue() ? other : one;
    }
    if (other instanceof Value.Fields && one instanceof Value.Fields) {
      Map<String, Value> marks = new LinkedHashMap<>(one.fields());
      other.fields().forEach((key, mark) -> marks.merge(key, mark, TerraformPlan::either));
      return new Value.Fields(marks, one.line());
    }
    if (other instanceof Value.Items more && one instanceof Value.Items items) {
      List<Value> marks = new ArrayList<>(items.values());
      for (int i = 0; i < more.values().size(); i++) {
        Value mark = more.values().get(i);
        if (i < marks.size()) {
          marks.set(i, either(marks.get(i), mark));
        } else {
          marks.add(mark);
        }
      }
      return new Value.Items(marks, one.line());
    }
    // Two shapes of one value do not go together: all of it may be marked.
    return one instanceof Value.Fields || one instanceof Value.Items
        ? TerraformReader.text("true", one.line())
        : other;
  }

  /** Tells whether a file is a plan or a state, by the version of the format. */
  static boolean isOne(Path file) throws IOException {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals("format_version")) {
          return true;
        }
        json.nextToken();
        json.skipChildren();
      }
      return false;
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  static TerraformPlan read(Path file) throws TemplateException, IOException {
    return parse(TemplateFile.text(file, MAX_BYTES, "It has more than 64 MB."));
  }

  static TerraformPlan parse(String text) throws TemplateException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Map<String, Value> plan = new LinkedHashMap<>();
      int line = json.currentTokenLocation().getLineNr();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (READ.contains(key)) {
          plan.put(key, value(json, json.currentTokenLocation().getLineNr()));
        } else {
          json.skipChildren();
        }
      }
      return new TerraformPlan(new Value.Fields(plan, line));
    } catch (JsonProcessingException malformed) {
      throw new TemplateException(
          malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr(),
          "It is not JSON: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Value value(JsonParser json, int line) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          // The line of a value is that of its key, as in templates.
          int key = json.currentTokenLocation().getLineNr();
          json.nextToken();
          fields.put(name, value(json, key));
        }
        return new Value.Fields(fields, line);
      }
      case START_ARRAY -> {
        List<Value> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json, json.currentTokenLocation().getLineNr()));
        }
        return new Value.Items(items, line);
      }
      case VALUE_NULL -> {
        return new Value.Absent(line);
      }
      default -> {
        return TerraformReader.text(json.getText(), line);
      }
    }
  }

  /** Returns the resources, in the order of the plan. */
  List<Resource> resources() {
    return List.copyOf(resources.values());
  }

  int line() {
    return line;
  }

  /** Returns the configuration of a module by the address of an instance of it. */
  Value module(String address) {
    Value module = configuration;
    List<String> parts = parts(address);
    for (int i = 1; i < parts.size(); i += 2) {
      module = module.at("module_calls", withoutIndex(parts.get(i)), "module");
    }
    return module;
  }

  /** Returns what a module's caller writes into it. */
  Value call(String address) {
    List<String> parts = parts(address);
    return module(parent(address)).at("module_calls", withoutIndex(parts.get(parts.size() - 1)));
  }

  private Value block(String module, String type, String name) {
    Map<String, Value> known = blocks.get(module);
    if (known == null) {
      known = new HashMap<>();
      for (Value block : module(module).at("resources").items()) {
        known.put(block.at("type").text() + "." + block.at("name").text(), block);
      }
      blocks.put(module, known);
    }
    return known.getOrDefault(type + "." + name, new Value.Absent(1));
  }

  /** Returns the address of the module that calls a module. */
  static String parent(String module) {
    List<String> parts = parts(module);
    return String.join(".", parts.subList(0, Math.max(0, parts.size() - 2)));
  }

  /** Tells whether a reference is an address of Terraform, not an id of CloudFormation. */
  static boolean isAddress(String reference) {
    // Logical ids are alphanumeric.
    return reference.startsWith("aws_") || reference.startsWith("module.");
  }

  /**
   * Takes an address apart: {@code a.b["c.d"].e} has three parts. What is behind the hundredth is
   * one more.
   */
  static List<String> parts(String address) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < address.length() && parts.size() < MAX_PARTS; i++) {
      char c = address.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '[') {
        depth++;
      } else if (!quoted && c == ']') {
        depth--;
      } else if (!quoted && depth == 0 && c == '.') {
        parts.add(address.substring(begin, i));
        begin = i + 1;
      }
    }
    if (begin < address.length()) {
      parts.add(address.substring(begin));
    }
    return parts;
  }

  /** Returns the name in a part of an address. */
  static String withoutIndex(String part) {
    int bracket = part.indexOf('[');
    return bracket < 0 ? part : part.substring(0, bracket);
  }

  /** Returns the index in a part of an address; empty if it has none. */
  static String index(String part) {
    int bracket = part.indexOf('[');
    if (bracket < 0) {
      return "";
    }
    String index = part.substring(bracket + 1, Math.max(bracket + 1, part.lastIndexOf(']')));
    return index.startsWith("\"") && index.endsWith("\"") && index.length() > 1
        ? index.substring(1, index.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
        : index;
  }
}
