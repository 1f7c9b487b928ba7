package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TerraformPlan.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of a resource of Terraform, as properties of CloudFormation. */
final class TerraformProperties {
  private final Resource resource;
  private final TerraformReferences references;
  private final Map<String, Value> properties = new LinkedHashMap<>();

  TerraformProperties(Resource resource, TerraformReferences references) {
    this.resource = resource;
    this.references = references;
  }

  Value all() {
    return new Value.Fields(properties, resource.line());
  }

  Value none() {
    return new Value.Absent(resource.line());
  }

  TerraformProperties put(String property, Value value) {
    if (value.isPresent()) {
      properties.put(property, value);
    }
    return this;
  }

  TerraformProperties copy(String property, String attribute) {
    return put(property, value(attribute));
  }

  /** Copies an attribute that names another resource. */
  TerraformProperties reference(String property, String attribute, Set<String> types) {
    Value value = value(attribute);
    return put(
        property,
        value.isPresent()
            ? TerraformReader.reference(references.find(resource, attribute, types), value.line())
                .orElse(value)
            : value);
  }

  /** Copies a block that is there once or not at all, with its attributes in upper camel case. */
  TerraformProperties block(String property, String attribute) {
    Value block = value(attribute);
    if (block instanceof Value.Items items) {
      block = items.values().isEmpty() ? none() : items.values().get(0);
    }
    if (!block.fields().containsKey("Ref")) {
      Map<String, Value> renamed = new LinkedHashMap<>();
      block
          .fields()
          .forEach(
              (name, value) -> {
                if (value.isPresent()) {
                  renamed.put(upperCamelCase(name), value);
                }
              });
      block = block.isPresent() ? new Value.Fields(renamed, block.line()) : block;
    }
    return put(property, block);
  }

  static String upperCamelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      if (!word.isEmpty()) {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return camel.toString();
  }

  /** Reads an OpenAPI document that is the text of an attribute. */
  TerraformProperties document(String property, String attribute) {
    Value text = value(attribute);
    if (!(text instanceof Value.Text)) {
      return put(property, text);
    }
    try {
      return put(property, inLine(YamlReader.read(text.text()).root(), text.line()));
    } catch (TemplateException malformed) {
      return put(
          property, TerraformReader.reference(resource.address() + "." + attribute, text.line()));
    }
  }

  /** Places a document, and names the functions in it that are in the plan. */
  private Value inLine(Value value, int line) {
    if (value instanceof Value.Fields fields) {
      Map<String, Value> placed = new LinkedHashMap<>();
      fields
          .values()
          .forEach(
              (key, below) ->
                  placed.put(key, key.equals("uri") ? uri(below, line) : inLine(below, line)));
      return new Value.Fields(placed, line);
    }
    if (value instanceof Value.Items items) {
      return new Value.Items(
          items.values().stream().map(item -> inLine(item, line)).toList(), line);
    }
    return value.isPresent() ? TerraformReader.text(value.text(), line) : new Value.Absent(line);
  }

  private Value uri(Value uri, int line) {
    return TerraformReader.reference(
            references.known(uri.text(), Set.of("aws_lambda_function", "aws_lambda_alias")), line)
        .orElseGet(() -> inLine(uri, line));
  }

  /** Returns an attribute with references in the place of what is not known, or sensitive. */
  Value value(String attribute) {
    boolean isWritten =
        !resource.block().isPresent() || resource.block().at("expressions", attribute).isPresent();
    if (resource.unknown().at(attribute).isTrue() && !isWritten) {
      // AWS's default, which the plan does not know.
      return none();
    }
    return merged(
        resource.values().at(attribute),
        resource.unknown().at(attribute),
        // Of a resource, or of one attribute.
        resource.sensitive().isTrue() ? resource.sensitive() : resource.sensitive().at(attribute),
        attribute);
  }

  private Value merged(Value known, Value unknown, Value sensitive, String path) {
    int line = known.line() == 0 ? resource.line() : known.line();
    if (unknown.isTrue() || (sensitive.isTrue() && known.isPresent())) {
      return TerraformReader.reference(resource.address() + "." + path, line);
    }
    if (known instanceof Value.Fields || unknown instanceof Value.Fields) {
      Map<String, Value> all = new LinkedHashMap<>();
      known.fields().forEach((key, value) -> all.put(key, value));
      unknown.fields().keySet().forEach(key -> all.putIfAbsent(key, new Value.Absent(line)));
      all.replaceAll(
          (key, value) -> merged(value, unknown.at(key), sensitive.at(key), path + "." + key));
      return new Value.Fields(all, line);
    }
    if (known instanceof Value.Items items) {
      List<Value> all = new ArrayList<>();
      for (int i = 0; i < items.values().size(); i++) {
        all.add(
            merged(
                items.values().get(i), item(unknown, i), item(sensitive, i), path + "[" + i + "]"));
      }
      return new Value.Items(all, line);
    }
    return known;
  }

  private static Value item(Value list, int index) {
    return list instanceof Value.Items items && index < items.values().size()
        ? items.values().get(index)
        : new Value.Absent(1);
  }
}
