package dev.corsage.gateway.template;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      List<Path> templates = new ArrayList<>();
      addStacks(folder, new LinkedHashSet<>(), templates);
      if (templates.isEmpty()) {
        throw new TemplateException("Its " + MANIFEST + " names no stack.");
      }
      return templates;
    }
    for (String name : NAMES) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return List.of(folder.resolve(name));
      }
    }
    throw OtherFormats.folder(folder);
  }

  private static void addStacks(Path folder, Set<Path> seen, List<Path> templates)
      throws TemplateException, IOException {
    if (!seen.add(folder) || seen.size() > MAX_ASSEMBLIES) {
      return;
    }
    Value manifest = YamlReader.read(text(folder.resolve(MANIFEST)));
    for (Value artifact : manifest.at("artifacts").fields().values()) {
      switch (artifact.at("type").text()) {
        case "aws:cloudformation:stack" ->
            templates.add(folder.resolve(artifact.at("properties", "templateFile").text()));
        case "cdk:cloud-assembly" ->
            addStacks(
                folder.resolve(artifact.at("properties", "directoryName").text()), seen, templates);
        default -> {
          // Assets, and the tree of constructs.
        }
      }
    }
  }

  /**
   * Reads a template.
   *
   * @param name the name by which its problems name it
   * @throws TemplateException if it is not a template; the message names the line
   * @throws IOException if the file cannot be read
   */
  public Template read(Path file, String name) throws TemplateException, IOException {
    Value document = document(file);
    Map<String, String> given = new LinkedHashMap<>(parameters);
    given.keySet().retainAll(document.at("Parameters").fields().keySet());
    unused.removeAll(given.keySet());
    return Template.of(name, document, file.toAbsolutePath().getParent(), given);
  }

  /** Returns the parameters that no template has which was read so far. */
  public Set<String> unused() {
    return Set.copyOf(unused);
  }

  /** Reads a file as a template in CloudFormation's terms, whatever wrote it. */
  static Value document(Path file) throws TemplateException, IOException {
    OtherFormats.checkName(file);
    if (TerraformPlan.isOne(file)) {
      return TerraformReader.read(TerraformPlan.read(file));
    }
    Value document = YamlReader.read(text(file));
    OtherFormats.checkDocument(document);
    return document;
  }

  private static String text(Path file) throws TemplateException, IOException {
    if (Files.size(file) > 4L * YamlReader.MAX_CHARACTERS) {
      throw new TemplateException("It has more than 1 MB, which CloudFormation does not take.");
    }
    try {
      return Files.readString(file).replaceFirst("^\ufeff", "");
    } catch (CharacterCodingException notUtf8) {
      OtherFormats.checkBytes(file);
      throw new TemplateException("It is not UTF-8.");
    }
  }
}
