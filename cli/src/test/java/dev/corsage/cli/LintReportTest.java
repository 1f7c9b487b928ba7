package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lint} of several files, and its reports for machines. */
class LintReportTest {
  private static final Schema SARIF = schema();

  @TempDir private Path folder;

  /** OASIS's own schema, as a library for SARIF brings it. */
  private static Schema schema() {
    try (InputStream in =
        LintReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @BeforeEach
  void write() throws IOException {
    String template =
        """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Metadata: {Corsage: wrapped}
            Properties:
              Handler: com.example.F
              Environment: {Variables: {ALLOWED_ORIGINS: https://app.example.com, MAX_AGE: 7200}}
              FunctionUrlConfig:
                AuthType: NONE
        """;
    write("good.yaml", template);
    write(
        "a/star.yaml", template + "        Cors: {AllowOrigins: ['*'], AllowCredentials: true}\n");
    write("a/b/url.yaml", template.replace("app.example.com", "app.example.com/"));
    write("broken.yaml", "Resources: {");
    write("good.json", "{\"origins\": [\"https://a.example\"], \"maxAgeSeconds\": 600}");
    write(
        "policies/bad.json",
        """
        {
          "maxAgeSeconds": 600,
          "origins": [
            "https://a.example",
            "https://b.example/"
          ]
        }
        """);
    write("policies/none.json", "[]");
    write("policy/good.yml", "origins:\n- https://a.example\nmaxAgeSeconds: 600\n");
    write(
        "policy/bad.yml",
        """
        maxAgeSeconds: 600   # ten minutes
        origins:
          - https://a.example

          - https://b.example/
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun run(String arguments) {
    return CommandRun.of(
        Arrays.stream(arguments.split(" ", -1))
            .map(a -> a.matches(".*\\.(yaml|yml|json)") ? folder + "/" + a : a)
            .toArray(String[]::new));
  }

  private String printed(String text) {
    return text.replace(folder + "/", "");
  }

  private static List<Map<String, Object>> maps(Object list) {
    return JsonValues.maps(list);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T at(Object value, Object... path) {
    for (Object key : path) {
      value =
          key instanceof Number index
              ? ((List<Object>) value).get(index.intValue())
              : ((Map<String, Object>) value).get(key);
    }
    return (T) value;
  }

  @ParameterizedTest(name = "lint {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          good.json good.json                              | 0 | no problems
          good.json policies/bad.json                      | 1 | ORIGIN_PATH  policies/bad.json:5 origins "https://b.example/"
          --policy good.json                               | 0 | no problems
          --policy policies/bad.json                       | 1 | ORIGIN_PATH  origins "https://b.example/"
          --policy good.json policies/bad.json             | 1 | ORIGIN_PATH  policies/bad.json:5 origins "https://b.example/"
          policy/good.yml policy/bad.yml                  | 1 | ORIGIN_PATH  policy/bad.yml:5 origins "https://b.example/"
          --policy policy/good.yml                        | 0 | no problems
          good.json policies/none.json                     | 2 | DOCUMENT_TYPE  policies/none.json
          policies/*.json                                  | 2 | DOCUMENT_TYPE  policies/none.json
          **/*.json                                        | 2 | ORIGIN_PATH  policies/bad.json:5 origins
          policies/{bad,x}.json                            | 1 | ORIGIN_PATH  origins "https://b.example/"
          --template good.yaml --template a/star.yaml      | 1 | BUILT_IN_CORS  a/star.yaml:10 F.FunctionUrlConfig.Cors
          --template good.yaml a/star.yaml a/b/url.yaml    | 1 | ORIGIN_PATH  a/b/url.yaml:7 F.ALLOWED_ORIGINS
          --template **/*.yaml                              | 2 | URL_STAR_CREDENTIALS  a/star.yaml:10 F.FunctionUrlConfig.Cors "*"
          --template a/*.yaml                              | 1 | BUILT_IN_CORS  star.yaml:10 F.FunctionUrlConfig.Cors
          --template good.yaml good.yaml                   | 0 | no problems
          """)
  void ofSeveralFilesEachFindingNamesItsOwn(String arguments, int status, String words) {
    CommandRun run = run("lint " + arguments);
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
    assertThat(printed(run.out())).contains(words);
  }

  @ParameterizedTest(name = "lint {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          good.json missing.json                       | missing.json: there is no such file to read
          --template good.yaml broken.yaml             | broken.yaml cannot be used: line 1: It is not YAML or JSON
          --template good.yaml missing.yaml            | missing.yaml cannot be used: There is no such file
          --template none*.yaml                        | none*.yaml: no file matches
          --template good.yaml a/star.yaml --parameter A=b | No template has a parameter A
          good.json -                                  | - is standard input, and goes with no other FILE
          --json --sarif good.json                     | Only one of --json, --sarif and --format can be given
          --format xml good.json                       | --format xml: choose one of text, json, sarif, github
          """)
  void whatCannotBeUsedIsReportedAndTheRestIsLookedAt(String arguments, String words) {
    CommandRun run = run("lint " + arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(printed(run.err())).contains(words).hasLineCount(1);
    assertThat(run.out()).doesNotContainPattern("no problems\\R");
  }

  @Test
  void jsonIsOneObjectForAllFiles() throws IOException {
    CommandRun run = run("lint --json --template a/star.yaml a/b/url.yaml broken.yaml");
    Map<String, Object> report = JsonValues.object(run.out());
    assertThat(maps(report.get("problems")).stream().map(p -> printed((String) p.get("field"))))
        .containsExactly(
            "a/star.yaml:10 F.FunctionUrlConfig.Cors",
            "a/star.yaml:10 F.FunctionUrlConfig.Cors",
            "a/b/url.yaml:7 F.ALLOWED_ORIGINS");
    assertThat(printed(at(report, "unusable", 0, "file"))).isEqualTo("broken.yaml");
    assertThat((String) at(report, "unusable", 0, "message")).contains("It is not YAML or JSON");
  }

  @ParameterizedTest(name = "lint --sarif {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          good.json                                   | 0
          policies/bad.json                           | 1
          policies/none.json                          | 2
          policies/bad.json policies/none.json x.json | 2
          --template good.yaml                        | 0
          --template a/star.yaml a/b/url.yaml         | 1
          --template a/star.yaml broken.yaml          | 2
          """)
  void sarifIsWhatTheStandardSays(String arguments, int status) {
    CommandRun run = run("lint --sarif " + arguments);
    assertThat(run.status()).isEqualTo(status);
    assertThat(SARIF.validate(run.out(), InputFormat.JSON)).as(run.out()).isEmpty();
  }

  /** Java cannot name every file: where the locale is C, none beyond ASCII. */
  @Test
  void aNameThatNoFileHasIsReported() {
    CommandRun run = CommandRun.of("lint", "--sarif", folder + "/good.json", "no\0name.json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("this is not the name of a file").doesNotContain("LC_ALL");
    assertThat(SARIF.validate(run.out(), InputFormat.JSON)).as(run.out()).isEmpty();
    assertThat(run.out()).contains("\"uri\":\"no%00name.json\"");

    assertThat(CommandRun.of("lint", "--sarif", "\0\ufffd.json").err())
        .contains("set a locale of UTF-8, such as LC_ALL=C.UTF-8");
  }

  /** That the schema would see mistakes. */
  @ParameterizedTest
  @CsvSource({"\"level\":\"error\",\"level\":\"fatal\"", "\"startLine\":10,\"startLine\":0"})
  void theSchemaSeesMistakes(String right, String wrong) {
    String sarif = run("lint --sarif --template a/star.yaml").out();
    assertThat(sarif).contains(right);
    assertThat(SARIF.validate(sarif.replace(right, wrong), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void sarifHasRulesAndPlaces() throws IOException {
    Map<String, Object> log = JsonValues.object(run("lint --sarif --template a/star.yaml").out());
    assertThat((String) at(log, "version")).isEqualTo("2.1.0");
    Map<String, Object> result = at(log, "runs", 0, "results", 0);
    assertThat(result)
        .containsEntry("ruleId", "URL_STAR_CREDENTIALS")
        .containsEntry("level", "error");
    Map<String, Object> rule =
        at(log, "runs", 0, "tool", "driver", "rules", result.get("ruleIndex"));
    assertThat(rule).containsEntry("id", "URL_STAR_CREDENTIALS");
    assertThat((String) at(rule, "help", "text"))
        .isEqualTo("Name the origins, or do not allow credentials.");
    assertThat((Long) at(result, "locations", 0, "physicalLocation", "region", "startLine"))
        .isEqualTo(10);
    assertThat((Long) at(result, "locations", 0, "physicalLocation", "region", "startColumn"))
        .isEqualTo(9);
    assertThat((String) at(result, "locations", 0, "physicalLocation", "artifactLocation", "uri"))
        .startsWith("file:///")
        .endsWith("/a/star.yaml");
    assertThat((String) at(result, "locations", 0, "logicalLocations", 0, "fullyQualifiedName"))
        .isEqualTo("F.FunctionUrlConfig.Cors");
  }

  @Test
  void aRelativePathIsRelativeToTheRootOfTheSources() throws IOException {
    Path relative = Files.createTempFile(Path.of("target"), "a b", ".yaml");
    Files.copy(folder.resolve("a/star.yaml"), relative, StandardCopyOption.REPLACE_EXISTING);
    CommandRun run = CommandRun.of("lint", "--sarif", "--template", relative.toString());
    Map<String, Object> artifact =
        at(
            JsonValues.object(run.out()),
            "runs",
            0,
            "results",
            0,
            "locations",
            0,
            "physicalLocation",
            "artifactLocation");
    assertThat(artifact)
        .containsEntry("uri", "target/" + relative.getFileName().toString().replace(" ", "%20"))
        .containsEntry("uriBaseId", "%SRCROOT%");
    Files.delete(relative);
  }

  @Test
  void annotationsAreWorkflowCommands() {
    CommandRun run = run("lint --format github policies/bad.json good.json");
    assertThat(printed(run.out()).lines())
        .containsExactly(
            "::error file=policies/bad.json,line=5,col=5,title=ORIGIN_PATH origins::An origin ends"
                + " with its host or port; with a path, query or slash it never matches. Write"
                + " https://b.example.",
            "1 error");
    assertThat(run.status()).isEqualTo(1);
  }

  /** Nothing in a file ends a command, or begins another. */
  @Test
  void annotationsAreEscaped() throws IOException {
    write("x,y.json", "{\"a\\n::error::b, 100%\": 1, \"origins\": [\"https://a.example\"]}");
    String first =
        printed(run("lint --format github x,y.json").out()).lines().findFirst().orElseThrow();
    assertThat(first)
        .startsWith(
            "::error file=x%2Cy.json,line=1,col=2,title=UNKNOWN_KEY a%0A%3A%3Aerror%3A%3Ab%2C 100%25::");
  }

  @Test
  void aPolicyInNoFileHasNoPlace() {
    InputStream console = System.in;
    System.setIn(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
    try {
      CommandRun run = CommandRun.of("lint", "--sarif", "-");
      assertThat(SARIF.validate(run.out(), InputFormat.JSON)).isEmpty();
      assertThat(run.out()).doesNotContain("physicalLocation").contains("ORIGINS_MISSING");
    } finally {
      System.setIn(console);
    }
  }
}
