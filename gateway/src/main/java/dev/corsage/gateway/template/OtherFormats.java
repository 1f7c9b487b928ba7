package dev.corsage.gateway.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What people have in the place of a template: sources of one. Each is refused with the output to
 * give instead, and the command that makes it.
 */
final class OtherFormats {
  private static final String TERRAFORM =
      "Give a plan of it as JSON: terraform plan -out=tfplan, then terraform show -json tfplan >"
          + " plan.json, and --template plan.json.";
  private static final String SERVERLESS =
      "Give the CloudFormation that it makes: serverless package, then --template"
          + " .serverless/cloudformation-template-update-stack.json.";
  private static final String CDK = "Give what it synthesizes: cdk synth, then --template cdk.out.";

  private static final Set<String> SERVERLESS_FILES =
      Set.of("yml", "yaml", "json", "ts", "js", "mjs", "cjs");
  private static final Set<String> SOURCES =
      Set.of("ts", "js", "mjs", "cjs", "py", "java", "kt", "go", "cs", "fs", "rs", "rb");

  private OtherFormats() {}

  /** Refuses a file whose name says that it is no template. */
  static void checkName(Path file) throws TemplateException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (List.of("tf", "tofu", "tfvars").contains(ending)
        || name.matches(".+\\.(tf|tfvars)\\.json")) {
      throw new TemplateException("It is configuration of Terraform, not a template. " + TERRAFORM);
    }
    if (name.startsWith("terraform.tfstate") || ending.equals("tfstate")) {
      throw new TemplateException(
          "It is state of Terraform. Give it as JSON: terraform show -json > state.json, and"
              + " --template state.json.");
    }
    if (name.equals("serverless." + ending) && SERVERLESS_FILES.contains(ending)) {
      throw new TemplateException(
          "It is configuration of the Serverless Framework, not a template. " + SERVERLESS);
    }
    if (name.equals("cdk.json")) {
      throw new TemplateException("It is configuration of the AWS CDK, not a template. " + CDK);
    }
    if (SOURCES.contains(ending)) {
      throw new TemplateException("It is source code, not a template. With the AWS CDK: " + CDK);
    }
  }

  /** Refuses an archive: Terraform saves a plan as one. */
  static void checkBytes(Path file) throws TemplateException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("PK")) {
        throw new TemplateException(
            "It is an archive. If it is a saved plan of Terraform, give it as JSON: terraform show"
                + " -json FILE > plan.json, and --template plan.json.");
      }
    }
  }

  /** Refuses a document of another kind. */
  static void checkDocument(Value document) throws TemplateException {
    if (document.at("Resources").isPresent()) {
      return;
    }
    if (document.at("service").isPresent() && document.at("provider").isPresent()) {
      throw new TemplateException(
          "It is configuration of the Serverless Framework, not a template. " + SERVERLESS);
    }
    if (document.at("terraform_version").isPresent() && document.at("lineage").isPresent()) {
      throw new TemplateException(
          "It is state of Terraform. Give it as JSON: terraform show -json > state.json, and"
              + " --template state.json.");
    }
    if (document.at("openapi").isPresent() || document.at("swagger").isPresent()) {
      throw new TemplateException(
          "It is an OpenAPI document. Give the template that has it, or that names it.");
    }
  }

  /** Returns why a folder without a template of its own cannot be used. */
  static TemplateException folder(Path folder) {
    if (Files.exists(folder.resolve("cdk.json"))) {
      return new TemplateException("It is a folder of the AWS CDK's sources. " + CDK);
    }
    for (String ending : SERVERLESS_FILES) {
      if (Files.exists(folder.resolve("serverless." + ending))) {
        return new TemplateException("It is a folder of the Serverless Framework. " + SERVERLESS);
      }
    }
    String[] names = folder.toFile().list();
    if (names != null && List.of(names).stream().anyMatch(name -> name.endsWith(".tf"))) {
      return new TemplateException("It is a folder of Terraform's configuration. " + TERRAFORM);
    }
    return new TemplateException(
        "It is a folder without a template: there is neither a manifest.json of the AWS CDK, nor a"
            + " template.yaml, template.yml or template.json.");
  }
}
