package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code --template}: exit status and words of {@code lint}, and the wrong use of both commands.
 */
class TemplateOptionTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    String template =
        """
        Parameters: {Origin: {Type: String, Default: https://app.example.com}}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: com.example.F
              Environment: {Variables: {ALLOWED_ORIGINS: !Ref Origin, MAX_AGE: 7200}}
              FunctionUrlConfig: {AuthType: NONE}
            Metadata: {Corsage: wrapped}
          Table: {Type: AWS::DynamoDB::Table}
        """;
    Files.writeString(folder.resolve("good.yaml"), template);
    Files.writeString(
        folder.resolve("bad.yaml"),
        template.replace("AuthType: NONE", "AuthType: NONE, Cors: {AllowOrigins: ['*']}"));
    Files.writeString(folder.resolve("broken.yaml"), "Resources: {");
  }

  private CommandRun run(String arguments) {
    return CommandRun.of(
        Arrays.stream(arguments.split(" ", -1))
            .map(a -> a.endsWith(".yaml") ? folder.resolve(a).toString() : a)
            .toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lint --template good.yaml                                       | 0 | no problems
          lint --template good.yaml                                       | 0 | not looked at  AWS::DynamoDB::Table: Table
          lint --template bad.yaml                                        | 1 | error    BUILT_IN_CORS  bad.yaml:8 F.FunctionUrlConfig.Cors
          lint --template good.yaml --parameter Origin=https://a.com/     | 1 | ORIGIN_PATH  good.yaml:7 F.ALLOWED_ORIGINS "https://a.com/"
          lint --template good.yaml --parameter Origin=http://localhost:3 | 0 | ORIGIN_LOOPBACK
          lint --template good.yaml --parameter Origin=https://a.com,/https:..b=?.com/ | 1 | REGEX_DOT
          lint --template good.yaml --parameter Origin=https://a.com,https://b.com     | 0 | no problems
          lint --production --template good.yaml --parameter Origin=http://localhost:3 | 1 | ORIGIN_LOOPBACK
          """)
  void lintReadsATemplate(String arguments, int status, String words) {
    CommandRun run = run(arguments);
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
    assertThat(run.out()).contains(words);
  }

  @Test
  void jsonIsOneObject() {
    assertThat(run("lint --json --template good.yaml").out().strip())
        .isEqualTo("{\"problems\":[]}");
    assertThat(run("lint --json --template bad.yaml").out().strip())
        .startsWith("{\"problems\":[{\"code\":\"BUILT_IN_CORS\",\"severity\":\"error\"")
        .contains("\"field\":\"bad.yaml:8 F.FunctionUrlConfig.Cors\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lint --template broken.yaml                     | broken.yaml cannot be used: line 1: It is not YAML or JSON
          lint --template good.yaml --parameter Other=x   | It has no parameter Other; it has Origin
          lint --template good.yaml policy.json           | policy.json cannot be used: There is no such file
          serve --template good.yaml --template bad.yaml  | --template: one template runs at a time
          lint --parameter A=b                            | --parameter belongs to --template FILE
          serve --parameter A=b                           | --parameter belongs to --template FILE
          serve --template good.yaml --api rest           | --api does not go together with --template
          serve --template good.yaml --policy p.json      | --policy does not go together with --template
          serve --template good.yaml --backend http://a/  | --backend does not go together with --template
          serve --template broken.yaml                    | broken.yaml cannot be used: line 1: It is not YAML or JSON
          serve --template good.yaml --port 70000         | --port 70000
          """)
  void wrongUseIsReported(String arguments, String words) {
    CommandRun run = run(arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(words).hasLineCount(1);
  }

  @Test
  void aFileThatIsNotThereIsReported() {
    CommandRun run = run("lint --template none.yaml");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("none.yaml").hasLineCount(1);
  }
}
