package dev.corsage.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintCommandTest {
  private static final String CLEAN =
      "{\"origins\": [\"https://a.example\"], \"maxAgeSeconds\": 600}";
  private static final String BAD =
      """
      {
        "origins": ["https://a.example/", "https://b.example."],
        "methods": ["put"],
        "maxAge": 5
      }
      """;

  private final InputStream console = System.in;

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    System.setIn(console);
  }

  private static CommandRun lint(String input, String... arguments) {
    System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
    return CommandRun.of(arguments);
  }

  private String file(String document) throws IOException {
    return Files.writeString(folder.resolve("policy.json"), document).toString();
  }

  @Test
  void saysWhatIsWrongErrorsFirst() throws IOException {
    CommandRun run = CommandRun.of("lint", file(BAD));

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            error    UNKNOWN_KEY  maxAge "5"
                     There is no such key.
                     Look for a misspelling; the keys are in the documentation of the policy document.

            error    ORIGIN_PATH  origins "https://a.example/"
                     An origin ends with its host or port; with a path, query or slash it never matches.
                     Write https://a.example.

            warning  ORIGIN_TRAILING_DOT  origins "https://b.example."
                     A host with a trailing dot is another origin than the one without.
                     Write it without the dot, unless users type it.

            warning  METHOD_NORMALISED  methods "put"
                     Browsers send this method in upper case; it is taken as PUT.
                     Write PUT.

            info     MAX_AGE_MISSING  maxAgeSeconds
                     Browsers keep the response to a preflight for 5 seconds; most calls then cost two requests.
                     Write 7200, the longest time that Chromium keeps it.

            2 errors, 2 warnings, 1 info
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void hasColoursOnATerminalOnly() throws IOException {
    String file = file(BAD);

    assertThat(CommandRun.of("lint", file).out()).doesNotContain("\u001b");
    assertThat(CommandRun.inColours("lint", file).out())
        .contains("\u001b[31merror\u001b[0m    ", "\u001b[33m2 warnings\u001b[0m");
    assertThat(CommandRun.inColours("lint", "--json", file).out()).doesNotContain("\u001b");
  }

  @Test
  void hasLittleToSayOfAGoodPolicy() throws IOException {
    assertThat(lint(CLEAN, "lint", "-"))
        .isEqualTo(new CommandRun(0, "no problems" + System.lineSeparator(), ""));
    assertThat(CommandRun.of("lint", "--json", file("\ufeff" + CLEAN)))
        .isEqualTo(new CommandRun(0, "{\"problems\":[]}" + System.lineSeparator(), ""));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"origins": ["https://a.example"], "maxAgeSeconds": 600}              |              | 0
          {"origins": ["https://a.example."], "maxAgeSeconds": 600}             |              | 0
          {"origins": ["https://a.example/"]}                                   |              | 1
          {}                                                                    |              | 1
          {"origins": ["http://localhost:3000"], "maxAgeSeconds": 600}          |              | 0
          {"origins": ["http://localhost:3000"], "maxAgeSeconds": 600}          | --production | 1
          {"origins": ["http://*.localhost:3000"], "maxAgeSeconds": 600}        | --production | 1
          {"origins": [{"regex": "http://localhost(:[0-9]+)?"}]}                | --production | 1
          {"origins": ["https://a.example"], "maxAgeSeconds": 600}              | --production | 0
          {"policies": [{"path": "/a", "policy": {"origins": ["*"]}}]}          |              | 0
          {"policies": [{"path": "a", "policy": {"origins": ["*"]}}]}           |              | 1
          []                                                                    |              | 2
          "origins"                                                             |              | 2
          {"origins": ["https://a.example"]} {}                                 |              | 2
          {"origins": ["https://a.example"]                                     |              | 2
          {"origins": ["https://a.example"], "origins": ["https://b.example"]}  |              | 2
          nonsense                                                              |              | 2
          ''                                                                    |              | 2
          """,
      quoteCharacter = '\'')
  void theStatusSaysHowGraveItIs(String document, String option, int status) {
    String[] people =
        option == null ? new String[] {"lint", "-"} : new String[] {"lint", option, "-"};
    String[] lines =
        option == null
            ? new String[] {"lint", "--json", "-"}
            : new String[] {"lint", "--json", option, "-"};

    assertThat(lint(document, people).status()).isEqualTo(status);
    assertThat(lint(document + "\n", lines).status()).isEqualTo(status);
  }

  @Test
  void inProductionAWarningIsShownAsTheErrorItIs() {
    String document = "{\"origins\":[\"http://localhost:3000\",\"https://a.example\"]}\n";

    assertThat(lint(document, "lint", "--json", "-").out())
        .startsWith("{\"problems\":[{\"code\":\"ORIGIN_LOOPBACK\",\"severity\":\"warning\"");
    assertThat(lint(document, "lint", "--json", "--production", "-").out())
        .startsWith("{\"problems\":[{\"code\":\"ORIGIN_LOOPBACK\",\"severity\":\"error\"");
  }

  @Test
  void respondsToEveryLineInOrder() throws IOException {
    CommandRun run =
        lint(
            CLEAN + "\r\nnonsense\n\n{\"origins\":[\"https://a.example/\"]}\n" + CLEAN,
            "lint",
            "--json",
            "-");

    assertThat(run.out().lines().map(LintCommandTest::codes))
        .containsExactly("", "DOCUMENT_SYNTAX", "DOCUMENT_TYPE", "ORIGIN_PATH", "");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  private static String codes(String line) {
    try {
      return String.join(
          " ",
          JsonValues.maps(JsonValues.object(line).get("problems")).stream()
              .map(problem -> (String) problem.get("code"))
              .toList());
    } catch (IOException notJson) {
      throw new AssertionError(line, notJson);
    }
  }

  @Test
  void whatIsInTheDocumentDoesNotSteerTheTerminal() {
    String hostile = "https://\\u001b[31m\\n0 errors\\u202e\\u0430.example";
    String document = "{\"origins\":[\"" + hostile + "\"], \"" + hostile + "\": 1}";
    CommandRun run = lint(document, "lint", "-");

    assertThat(run.out()).contains("\\u001b[31m\\u000a0 errors\\u202e\\u0430.example");
    assertThat(run.out()).matches("[\\x20-\\x7e\\r\\n]+");
  }

  @Test
  void aLongValueIsCut() {
    String document = "{\"origins\":[\"https://" + "a".repeat(10_000) + ".example\"]}";

    assertThat(lint(document, "lint", "-").out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(500));
  }

  @Test
  void takesUtf8Alone() throws IOException {
    Path latin = folder.resolve("latin.json");
    Files.write(latin, "{\"origins\":[\"https://\u00fc.example\"]}".getBytes(ISO_8859_1));
    CommandRun run = CommandRun.of("lint", latin.toString());

    assertThat(run.err()).startsWith("corsage: " + latin + ": the file is not UTF-8 text");
    assertThat(run.status()).isEqualTo(2);
  }

  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            ProtocolType: HTTP
            CorsConfiguration: {AllowOrigins: ["https://a.example", "https://old.example"]}
      """;

  private String template() throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), TEMPLATE).toString();
  }

  @Test
  void comparesATemplateWithAPolicy() throws IOException {
    CommandRun run = CommandRun.of("lint", "--template", template(), "--policy", file(CLEAN));

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            error    TEMPLATE_GRANTS_MORE  template.yaml:6 Api.CorsConfiguration "https://old.example"
                     The template allows the origin https://old.example; the policy does not. (strangers get in)
                     Let the policy decide, or write the policy's values into the template.

            1 error
            """);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void saysWhatComesOfAProblemInJson() throws IOException {
    CommandRun run =
        CommandRun.of("lint", "--json", "--template", template(), "--policy", file(CLEAN));

    assertThat(run.out()).contains("\"effect\":\"strangers get in\"");
  }

  /** There is nothing to compare a template with. */
  @ParameterizedTest
  @CsvSource({
    "'{\"origins\": [\"https://a.example/\"]}', 1, ORIGIN_PATH",
    "'{', 2, DOCUMENT_SYNTAX"
  })
  void aPolicyBesideATemplateHasToBuild(String policy, int status, String code) throws IOException {
    CommandRun run = CommandRun.of("lint", "--template", template(), "--policy", file(policy));

    assertThat(run.out()).contains(code).doesNotContain("TEMPLATE_GRANTS");
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void aPolicyAloneIsAFile() throws IOException {
    assertThat(CommandRun.of("lint", "--policy", file(CLEAN)))
        .isEqualTo(CommandRun.of("lint", file(CLEAN)));
  }
}
