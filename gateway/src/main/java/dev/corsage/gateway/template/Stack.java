package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.YamlReader.Document;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template with the values of its parameters, and the <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html">nested
 * stacks</a> whose templates are on this machine. A logical id of a nested stack has the id of the
 * stack in front of it: {@code Orders/Table}.
 */
final class Stack {
  /** The types of nested stacks, with the properties that name their templates. */
  private static final Map<String, String> LOCATIONS =
      Map.of(
          "AWS::CloudFormation::Stack", "TemplateURL", "AWS::Serverless::Application", "Location");

  /** The transforms that are part of AWS, and either read or of no concern here. */
  private static final List<String> TRANSFORMS =
      List.of(
          "AWS::Serverless-2016-10-31",
          "AWS::LanguageExtensions",
          "AWS::CodeDeployBlueGreen",
          "AWS::SecretsManager-2020-07-23",
          "AWS::SecretsManager-2024-09-16");

  private static final char SEPARATOR = '/';
  private static final int MAX_DEPTH = 10;

  private final String prefix;
  private final TemplateFile file;
  private final int depth;
  private final Notes notes;
  private final Work work;
  private final Value document;
  private final Intrinsics intrinsics;
  private final Map<String, Value> sections = new HashMap<>();
  private final Map<String, Optional<Stack>> nested = new HashMap<>();

  private Stack(
      Stack above,
      String prefix,
      TemplateFile file,
      Document document,
      Parameters parameters,
      Notes notes,
      Work work)
      throws TemplateException {
    this.prefix = prefix;
    this.file = file;
    this.notes = notes;
    this.work = work;
    depth = above == null ? 0 : above.depth + 1;
    intrinsics = new Intrinsics(this, parameters, work);
    noteDuplicates(document);
    this.document = transformed(document.root());
  }

  /** Creates the stack of a template that somebody deploys. */
  static Stack of(
      TemplateFile file, Document document, Parameters parameters, Notes notes, Work work)
      throws TemplateException {
    return new Stack(null, "", file, document, parameters, notes, work);
  }

  /** Includes files at the level of sections, and notes macros. */
  private Value transformed(Value root) throws TemplateException {
    Value transformed = root;
    Value transforms = root.at("Transform");
    List<Value> all = transforms instanceof Value.Fields ? List.of(transforms) : transforms.items();
    for (Value transform : all) {
      if (transform instanceof Value.Fields) {
        Map<String, Value> with = new HashMap<>(transformed.fields());
        with.put(Intrinsics.TRANSFORM, transform);
        transformed = intrinsics.expand(new Value.Fields(with, root.line()));
      } else if (!TRANSFORMS.contains(transform.text())) {
        notRead("the macro " + transform.written(), transform.line());
      }
    }
    return transformed;
  }

  /** Returns a section, with its loops and included files. */
  Value section(String name) throws TemplateException {
    Value known = sections.get(name);
    if (known != null) {
      return known;
    }
    // What the section's own loops depend on is looked up in what is written.
    sections.put(name, document.at(name));
    Value section = intrinsics.expand(document.at(name));
    sections.put(name, section);
    return section;
  }

  int line() {
    return document.line();
  }

  TemplateFile file() {
    return file;
  }

  String prefix() {
    return prefix;
  }

  Intrinsics intrinsics() {
    return intrinsics;
  }

  /** Returns the name by which other stacks know a logical id. */
  String qualified(String id) {
    return id.contains("::") ? id : prefix + id;
  }

  void notRead(String what, int line) {
    notes.notRead(what, new Location(prefix + "Transform", line));
  }

  void noteDuplicates(Document read) {
    read.duplicates()
        .forEach(
            duplicate ->
                notes.duplicate(
                    duplicate.key(), new Location(prefix + "Template", duplicate.line())));
  }

  void noteAssumed(Conditions.Outcome outcome) {
    notes.assumed(outcome.unknown());
  }

  /** Tells whether resources of a type are nested stacks. */
  static boolean isNested(String type) {
    return LOCATIONS.containsKey(type);
  }

  /** Returns the nested stack of a resource, if its template is on this machine. */
  Optional<Stack> nested(String id) throws TemplateException {
    Optional<Stack> known = nested.get(id);
    if (known == null) {
      // A stack cannot depend on its own outputs.
      nested.put(id, Optional.empty());
      known = read(id, section("Resources").at(id));
      nested.put(id, known);
    }
    return known;
  }

  private Optional<Stack> read(String id, Value resource) throws TemplateException {
    String property = LOCATIONS.get(resource.at("Type").text());
    if (property == null) {
      return Optional.empty();
    }
    Value location = intrinsics.resolve(resource.at("Properties", property));
    // The CDK uploads the templates of nested stacks, and says which files they are.
    Value asset = resource.at("Metadata", "aws:asset:path");
    Optional<Path> template = file.local(location.text()).or(() -> file.local(asset.text()));
    if (template.isEmpty()) {
      return Optional.empty();
    }
    if (depth == MAX_DEPTH) {
      throw new TemplateException(
          resource.line(), "Stacks are nested more than " + MAX_DEPTH + " deep.");
    }
    Document document = TemplateFile.read(template.get(), resource.line(), work);
    Value given = intrinsics.resolve(resource.at("Properties", "Parameters"));
    Stack stack =
        new Stack(
            this,
            prefix + id + SEPARATOR,
            new TemplateFile(
                file.relative(template.get()), template.get().toAbsolutePath().getParent()),
            document,
            Parameters.nested(document.root(), given),
            notes,
            work);
    return Optional.of(stack);
  }

  /** Returns an output of a nested stack; absent if it is not known here. */
  Value output(String id, String name) throws TemplateException {
    Optional<Stack> stack = nested(id);
    if (stack.isEmpty()) {
      return new Value.Absent(1);
    }
    Intrinsics below = stack.get().intrinsics;
    return below.resolve(stack.get().section("Outputs").at(name, "Value"));
  }

  /** Returns the logical id of a stack that a qualified id begins with, with the separator. */
  static String prefix(String id) {
    // Keys in an address of Terraform may have slashes.
    return TerraformPlan.isAddress(id) ? "" : id.substring(0, id.lastIndexOf(SEPARATOR) + 1);
  }

  /** Tells whether an id has the separator behind the ids of nested stacks. */
  static boolean isQualified(String id) {
    return id.indexOf(SEPARATOR) >= 0;
  }
}
