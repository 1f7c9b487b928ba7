package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.generate.Target;
import dev.corsage.generate.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GenerateCommandTest {
  private static final String FUNCTION =
      """
        Function:
          Type: AWS::Lambda::Function
          Properties: {Handler: index.handler, Runtime: nodejs22.x, Role: role, Code: {ZipFile: ""}}
      """;

  @TempDir private Path folder;

  private String policy(String json) throws IOException {
    return Files.writeString(folder.resolve("policy.json"), json).toString();
  }

  static Stream<String> targets() {
    return Targets.all().stream().map(Target::name);
  }

  @Test
  void listsTheTargets() {
    CommandRun run = CommandRun.of("generate");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().skip(1).map(line -> line.split(" ", 2)[0]))
        .containsSequence(targets().toList());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void writesOneExactOriginForEveryTarget(String target) throws IOException {
    String file = policy("{\"origins\": [\"https://app.example.com\"], \"credentials\": true}");
    Path output = folder.resolve("a/b");

    CommandRun run =
        CommandRun.of("generate", target, "--policy", file, "--output", output.toString());
    Map<?, ?> json =
        JsonValues.object(CommandRun.of("generate", target, "--policy", file, "--json").out());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(json.get("target")).isEqualTo(target);
    assertThat(json.get("exact")).isEqualTo(true);
    List<?> files = (List<?>) json.get("files");
    assertThat(files).isNotEmpty();
    for (Object each : files) {
      Map<?, ?> generated = (Map<?, ?>) each;
      assertThat(Files.readString(output.resolve((String) generated.get("path"))))
          .isEqualTo(generated.get("content"));
    }
    assertThat(files)
        .anyMatch(each -> ((Map<?, ?>) each).get("content").toString().contains("app.example.com"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http-api           | https://*.example.com   | ENTRY_NOT_EXPRESSED
          function-url       | https://qa-*.example.com| ENTRY_NOT_EXPRESSED
          s3                 | https://qa-*.example.com| ENTRY_NOT_EXPRESSED
          cloudfront-headers | https://qa-*.example.com| ENTRY_NOT_EXPRESSED
          """)
  void refusesWhatItCannotExpressAndLeavesItOutIfAsked(String target, String entry, String code)
      throws IOException {
    String file =
        policy(
            "{\"origins\": [\"https://app.example.com\", \""
                + entry
                + "\"], \"credentials\": true}");

    CommandRun refused = CommandRun.of("generate", target, "--policy", file);
    CommandRun partial = CommandRun.of("generate", target, "--policy", file, "--partial");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("error", code, entry, "--partial");
    assertThat(partial.status()).isZero();
    assertThat(partial.out()).contains("https://app.example.com").doesNotContain(entry);
    assertThat(partial.err()).contains("warning", code, entry);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'origins': ['https://a.example.com/']}                                 | ORIGIN_PATH
          {'origins': ['https://*.example.com']}                                  | NOTHING_LEFT
          {'policies': [{'path': '/a', 'policy': {'origins': ['*']}}]}            | SCOPES_NOT_EXPRESSED
          {'origins': ['https://example.com'], 'blockRefusedOrigins': true}       | SETTING_NOT_EXPRESSED
          """)
  void someThingsCannotBeLeftOut(String document, String code) throws IOException {
    String file = policy(document.replace('\'', '"'));

    CommandRun run = CommandRun.of("generate", "http-api", "--policy", file, "--partial");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(code);
  }

  /** The other half of the house reads what this one writes: nothing is granted more, or less. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          http-api     | {'origins': ['https://a.example.com', 'http://localhost:3000'], 'methods': ['PUT'], 'requestHeaders': ['authorization', 'x-a'], 'credentials': true, 'maxAgeSeconds': 600}
          http-api     | {'origins': ['*'], 'methods': ['*'], 'requestHeaders': ['*'], 'exposedHeaders': ['etag']}
          http-api     | {'origins': ['https://a.example.com']}
          function-url | {'origins': ['https://a.example.com', 'http://localhost:3000'], 'methods': ['PUT'], 'requestHeaders': ['authorization', 'x-a'], 'credentials': true, 'maxAgeSeconds': 600}
          function-url | {'origins': ['*'], 'methods': ['DELETE']}
          """)
  void whatIsWrittenAgreesWithThePolicy(String target, String document) throws IOException {
    String file = policy(document.replace('\'', '"'));
    CommandRun.of("generate", target, "--policy", file, "--output", folder.toString());

    Path template = folder.resolve(target + ".yaml");
    // The function of a URL is a parameter; lint reads the URLs of those that it sees.
    Files.writeString(
        template,
        Files.readString(template)
            .replace("Resources:\n", "Resources:\n" + FUNCTION)
            .replace("!Ref Function", "!GetAtt Function.Arn"));

    CommandRun lint =
        CommandRun.of("lint", "--template", template.toString(), "--policy", file, "--json");

    List<Map<String, Object>> problems =
        JsonValues.maps(JsonValues.object(lint.out()).get("problems"));
    assertThat(problems)
        .filteredOn(problem -> !problem.get("severity").equals("info"))
        .filteredOn(problem -> String.valueOf(problem.get("code")).startsWith("TEMPLATE_"))
        .isEmpty();
    assertThat(lint.err()).isEmpty();
  }

  @Test
  void unknownTargetsAndMissingPoliciesAreWrongUse() {
    CommandRun unknown = CommandRun.of("generate", "apache");
    CommandRun missing = CommandRun.of("generate", "s3");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no target 'apache'; the targets are http-api");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("--policy FILE");
  }
}
