package dev.corsage.gateway.template;

import dev.corsage.gateway.template.YamlReader.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds and reads the templates that paths lead to: files, and folders that tools have made. Not
 * safe for use by several threads.
 */
public final class TemplateFiles {
  private static final String MANIFEST = "manifest.json";
  private static final List<String> NAMES =
      List.of(
          // What the Serverless Framework writes into .serverless.
          "cloudformation-template-update-stack.json",
          // What AWS SAM looks for, and writes into .aws-sam/build.
          "template.yaml",
          "template.yml",
          "template.json");
  private static final int MAX_ASSEMBLIES = 100;

  private final Map<String, String> parameters;
  private final Set<String> unused;

  /**
   * Creates it.
   *
   * @param parameters values for the parameters of the templates; each template takes those that it
   *     has
   */
  public TemplateFiles(Map<String, String> parameters) {
    this.parameters = parameters;
    unused = new LinkedHashSet<>(parameters.keySet());
  }

  /**
   * Returns the files of the templates that a path leads to: itself, or for a folder of the <a
   * href="https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cx_api.CloudAssembly.html">AWS
   * CDK</a> those of all stacks, also of nested assemblies (stages).
   *
   * @throws TemplateException if the folder has none; the message says what to give instead
   * @throws IOException if it cannot be read
   */
  public static List<Path> at(Path path) throws TemplateException, IOException {
    if (!Files.exists(path)) {
      throw new TemplateException("There is no such file.");
    }
    boolean isManifest = String.valueOf(path.getFileName()).equals(MANIFEST);
    if (!Files.isDirectory(path) && !isManifest) {
      return List.of(path);
    }
    Path folder = !isManifest ? path : path.getParent() == null ? Path.of("") : path.getParent();
    if (Files.isRegularFile(folder.resolve(MANIFEST))) {
      Set<Path> templates = new LinkedHashSet<>();
      addStacks(folder, folder.toRealPath(), new LinkedHashSet<>(), templates);
      if (templates.isEmpty()) {
        throw new TemplateException("Its " + MANIFEST + " names no stack.");
      }
      return List.copyOf(templates);
    }
    for (String name : NAMES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return List.of(folder.resolve(name));
      }
    }
    throw OtherFormats.folder(folder);
  }

  private static void addStacks(Path folder, Path root, Set<Path> seen, Set<Path> templates)
      throws TemplateException, IOException {
    if (!seen.add(folder) || seen.size() > MAX_ASSEMBLIES) {
      return;
    }
    Value manifest = YamlReader.read(TemplateFile.text(folder.resolve(MANIFEST))).root();
    for (Value artifact : manifest.at("artifacts").fields().values()) {
      switch (artifact.at("type").text()) {
        case "aws:cloudformation:stack" ->
            templates.add(inside(root, folder, "templateFile", artifact, ""));
        case "cdk:cloud-assembly" ->
            addStacks(
                inside(root, folder, "directoryName", artifact, MANIFEST).normalize(),
                root,
                seen,
                templates);
        default -> {
          // Assets, and the tree of constructs.
        }
      }
    }
  }

  /**
   * Returns the path that an artifact of a manifest names.
   *
   * @param root what all of them are inside of
   * @param below the regular file in it; empty if it is the file
   */
  private static Path inside(Path root, Path folder, String property, Value artifact, String below)
      throws TemplateException, IOException {
    Value name = artifact.at("properties", property);
    String reason;
    try {
      Path path = folder.resolve(name.text());
      Path file = below.isEmpty() ? path : path.resolve(below);
      if (name.text().isEmpty()) {
        reason = "names nothing.";
      } else if (!Files.isRegularFile(file)) {
        reason = "names no regular file" + (below.isEmpty() ? "." : " " + below + ".");
      } else if (!file.toRealPath().startsWith(root)) {
        reason = "is outside of " + root + ".";
      } else {
        return path;
      }
    } catch (InvalidPathException noPath) {
      reason = "is not a path: " + noPath.getReason() + ".";
    }
    throw new TemplateException(
        folder.resolve(MANIFEST)
            + ", line "
            + name.line()
            + ": "
            + property
            + " "
            + JsonText.of(name)
            + " "
            + reason
            + " Synthesize the app again: cdk synth.");
  }

  /**
   * Reads a template.
   *
   * @param name the name by which its problems name it
   * @throws TemplateException if it is not a template; the message names the line
   * @throws IOException if the file cannot be read
   */
  public Template read(Path file, String name) throws TemplateException, IOException {
    Document document = document(file);
    Map<String, String> given = new LinkedHashMap<>(parameters);
    given.keySet().retainAll(document.root().at("Parameters").fields().keySet());
    unused.removeAll(given.keySet());
    return Template.of(new TemplateFile(name, TemplateFile.of(file).folder()), document, given);
  }

  /** Returns the parameters that no template has which was read so far. */
  public Set<String> unused() {
    return Set.copyOf(unused);
  }

  /** Reads a file as a template in CloudFormation's terms, whatever wrote it. */
  static Document document(Path file) throws TemplateException, IOException {
    OtherFormats.checkName(file);
    TemplateFile.checkEnds(file);
    if (TerraformPlan.isOne(file)) {
      return new Document(TerraformReader.read(TerraformPlan.read(file)), List.of());
    }
    OtherFormats.checkBytes(file);
    Document document = YamlReader.read(TemplateFile.text(file));
    OtherFormats.checkDocument(document.root());
    return document;
  }
}
