package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What paths lead to: files, folders that tools have made, and what is not a template. */
class TemplateFilesTest {
  private static final String TEMPLATE =
      """
      {"Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
       "Resources": {"Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"ProtocolType": "HTTP"}}}}
      """;

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> at(String path) throws Exception {
    return TemplateFiles.at(folder.resolve(path)).stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  @Test
  void aFolderOfTheCdkHasTheStacksOfItsManifestAndOfNestedAssemblies() throws Exception {
    write(
        "cdk.out/manifest.json",
        """
        {"version": "48.0.0", "artifacts": {
          "assembly-Prod": {"type": "cdk:cloud-assembly",
            "properties": {"directoryName": "assembly-Prod", "displayName": "Prod"}},
          "Shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Shop.assets.json"}},
          "Shop": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": "Shop.template.json"}},
          "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}}
        """);
    write(
        "cdk.out/assembly-Prod/manifest.json",
        """
        {"version": "48.0.0", "artifacts": {
          "ProdShop": {"type": "aws:cloudformation:stack",
            "properties": {"templateFile": "ProdShop.template.json"}},
          "again": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "../assembly-Prod"}}}}
        """);
    write("cdk.out/Shop.template.json", TEMPLATE);
    write("cdk.out/assembly-Prod/ProdShop.template.json", TEMPLATE);
    List<String> stacks =
        List.of("cdk.out/assembly-Prod/ProdShop.template.json", "cdk.out/Shop.template.json");
    assertThat(at("cdk.out")).isEqualTo(stacks);
    assertThat(at("cdk.out/manifest.json")).isEqualTo(stacks);
  }

  /** Only what is in the folder, and has an end. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          templateFile  | /dev/zero          | names no regular file
          templateFile  | ../outside.json    | is outside of
          templateFile  | link.json          | is outside of
          templateFile  | a\\u0000b          | is not a path: Nul character not allowed
          templateFile  | ``                 | names nothing
          templateFile  | none.json          | names no regular file
          templateFile  | .                  | names no regular file
          directoryName | a\\u0000b          | is not a path: Nul character not allowed
          directoryName | ``                 | names nothing
          directoryName | none               | names no regular file manifest.json
          directoryName | ../other           | is outside of
          """)
  void aManifestThatNamesNoFileOfItsFolderIsRefused(String property, String value, String reason)
      throws Exception {
    write("outside.json", TEMPLATE);
    write("other/manifest.json", "{}");
    Path manifest =
        write(
            "cdk.out/manifest.json",
            """
            {"artifacts": {
              "A": {"type": "%s", "properties": {"%s": "%s"}}}}
            """
                .formatted(
                    property.equals("templateFile")
                        ? "aws:cloudformation:stack"
                        : "cdk:cloud-assembly",
                    property,
                    value));
    Files.createSymbolicLink(folder.resolve("cdk.out/link.json"), Path.of("../outside.json"));
    assertThat(catchThrowableOfType(TemplateException.class, () -> at("cdk.out")))
        .hasMessageContaining(manifest + ", line 2: " + property + " \"" + value + "\" " + reason);
  }

  /** Some of these never end. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/dev/zero", "/proc/kmsg", "/proc/self/pagemap", "/proc/version", "pipe", "link"})
  @Timeout(10)
  void whatMayNotEndIsRefused(String name) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/version")), "only Linux has these files");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/kmsg"));
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(
            catchThrowableOfType(
                TemplateException.class, () -> Template.read(folder.resolve(name), Map.of())))
        .hasMessageContaining("It is not a regular file, or it is below /proc, /sys or /dev.");
  }

  @ParameterizedTest
  @CsvSource({
    ".serverless/cloudformation-template-update-stack.json",
    "app/template.yaml",
    "app/template.yml",
    ".aws-sam/build/template.yaml"
  })
  void aFolderOfOtherToolsHasItsTemplate(String name) throws Exception {
    Path file = write(name, TEMPLATE);
    assertThat(at(folder.relativize(file.getParent()).toString())).containsExactly(name);
    assertThat(Template.read(file, Map.of()).apis()).hasSize(1);
  }

  @Test
  void aParameterGoesToTheTemplatesThatHaveIt() throws Exception {
    TemplateFiles files = new TemplateFiles(Map.of("Stage", "prod", "Other", "x"));
    files.read(write("a.json", TEMPLATE), "a.json");
    files.read(write("b.yaml", "Resources: {}"), "b.yaml");
    assertThat(files.unused()).containsExactly("Other");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          serverless.yml          | service: a                                      | serverless package | .serverless/cloudformation-template-update-stack.json
          serverless.ts           | export default {}                               | serverless package | .serverless/cloudformation-template-update-stack.json
          app.yml                 | {service: a, provider: {name: aws}}             | serverless package | .serverless/cloudformation-template-update-stack.json
          main.tf                 | resource "a" "b" {}                             | terraform show -json tfplan > plan.json | --template plan.json
          main.tf.json            | {}                                              | terraform show -json tfplan > plan.json | --template plan.json
          prod.tfvars             | a = 1                                           | terraform show -json tfplan > plan.json | --template plan.json
          terraform.tfstate       | {}                                              | terraform show -json > state.json | --template state.json
          state.json              | {"version": 4, "terraform_version": "1.9.8", "lineage": "a", "resources": []} | terraform show -json > state.json | --template state.json
          tfplan                  | PK\u0003\u0004\u00ff                             | terraform show -json FILE > plan.json | --template plan.json
          lib/stack.ts            | new Stack()                                     | cdk synth | --template cdk.out
          app.py                  | app = App()                                     | cdk synth | --template cdk.out
          cdk.json                | {"app": "node app"}                             | cdk synth | --template cdk.out
          openapi.yaml            | {openapi: 3.0.1, paths: {}}                     | It is an OpenAPI document | the template that has it
          """)
  void whatIsNoTemplateIsRefusedWithTheOutputToGiveInstead(
      String name, String text, String command, String output) throws Exception {
    Path file = write(name, "");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> Template.read(file, Map.of()));
    assertThat(refused).hasMessageContaining(command).hasMessageContaining(output);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a/serverless.yml, serverless package",
    "a/main.tf, terraform show -json",
    "a/cdk.json, cdk synth",
    "a/README.md, It is a folder without a template"
  })
  void aFolderWithoutATemplateIsRefusedInTheSameWay(String name, String words) throws Exception {
    write(name, "");
    assertThat(
            catchThrowableOfType(
                TemplateException.class, () -> TemplateFiles.at(folder.resolve("a"))))
        .hasMessageContaining(words);
  }

  @Test
  void aFileThatIsNotThereIsReported() {
    assertThat(
            catchThrowableOfType(
                TemplateException.class, () -> TemplateFiles.at(folder.resolve("none.yaml"))))
        .hasMessage("There is no such file.");
  }
}
