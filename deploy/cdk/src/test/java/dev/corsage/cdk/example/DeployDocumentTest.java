package dev.corsage.cdk.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/deploy.md} tells its readers to type is there. */
@Tag("once")
class DeployDocumentTest {
  private static final String DOCUMENT = Stacks.read(Stacks.DEPLOY.resolve("../docs/deploy.md"));
  private static final Map<String, Object> PARAMETERS =
      Tree.object(Stacks.sam(Stacks.DEPLOY.resolve("sam/rest-api.yaml")).get("Parameters"));

  @TempDir Path folder;

  @Test
  void filesOfCommands() {
    List<String> files = all("--template-file (\\S+)");
    assertThat(files).hasSizeGreaterThan(3);
    assertThat(files).allMatch(file -> Files.exists(Stacks.DEPLOY.resolve("..").resolve(file)));
    assertThat(all("-chdir=(\\S+)"))
        .isNotEmpty()
        .allMatch(path -> Files.exists(Stacks.DEPLOY.resolve("..").resolve(path)));
  }

  @Test
  void parametersOfCommands() throws Exception {
    assertThat(all("\\b([A-Z][a-z]\\w+)=(?!=)")).isNotEmpty().allMatch(PARAMETERS::containsKey);
    Path example = Stacks.DEPLOY.resolve("terraform/example").toAbsolutePath();
    Map<String, Object> variables =
        Tree.object(Tree.at(Terraform.read(example).get(example.toString()), "variable"));
    assertThat(all("-var ([a-z_]+)=")).isNotEmpty().allMatch(variables::containsKey);
  }

  @Test
  void stacks() {
    Set<String> stacks = Stacks.cdk(folder, Facts.parameters(true)).keySet();
    assertThat(all("\\b(Corsage(?:HttpApi|RestApi|FunctionUrl))\\b"))
        .isNotEmpty()
        .allMatch(stacks::contains);
    assertThat(stacks).allMatch(DOCUMENT::contains);
  }

  @Test
  void parametersAndDefaults() {
    Map<String, String> documented = new TreeMap<>();
    Pattern.compile("(?m)^\\| `([A-Z]\\w+)`[^|]*\\| `(\\w+)` \\| `(\\w+)` \\| (.*) \\|$")
        .matcher(DOCUMENT)
        .results()
        .forEach(
            row -> {
              documented.put(row.group(1), row.group(4));
              assertThat(row.group(2)).isEqualTo(Stacks.inCdk(row.group(1)));
              assertThat(row.group(3)).isEqualTo(Stacks.inTerraform(row.group(1)));
            });
    Map<String, String> defaults = new TreeMap<>();
    PARAMETERS.forEach(
        (name, parameter) -> {
          String value = Tree.text(parameter, "Default");
          if (!name.startsWith("Bootstrap")) {
            defaults.put(
                name, value == null ? "required" : value.isEmpty() ? "none" : "`" + value + "`");
          }
        });
    assertThat(documented).isEqualTo(defaults);
  }

  @Test
  void theWebsitesBucketIsPrivateAndItsOriginAnOutput() {
    Map<String, Object> template = Stacks.sam(Stacks.DEPLOY.resolve("website/website.yaml"));
    CloudFormation website = new CloudFormation(template, Map.of());
    assertThat(website.resources("AWS::S3::Bucket").values())
        .singleElement()
        .satisfies(
            bucket ->
                assertThat(Tree.object(bucket.get("PublicAccessBlockConfiguration")).values())
                    .hasSize(4)
                    .containsOnly(true));
    assertThat(website.resources("AWS::CloudFront::Distribution")).hasSize(1);
    assertThat(all("OutputKey==`(\\w+)`"))
        .hasSize(2)
        .allMatch(Tree.object(template.get("Outputs"))::containsKey);
  }

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern)
        .matcher(DOCUMENT)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
