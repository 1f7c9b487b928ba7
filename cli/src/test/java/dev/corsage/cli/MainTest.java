package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "-V",
        "serve --version",
        "decide --version",
        "lint --version",
        "explain --version",
        "invoke --version",
        "package --version",
        "origins --version",
        "origins import --version"
      })
  void tellsItsVersion(String arguments) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    assertThat(run.out()).matches("corsage \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --help         | corsage [-hV] COMMAND  | serve decide lint explain invoke package origins
          -h             | corsage [-hV] COMMAND  | serve decide lint explain invoke package origins
          serve --help   | corsage serve [-hV]    | --policy=FILE --port=N --api=TYPE --backend=URL --timeout=SECONDS http-v1 http-v2 rest 8080
          decide --help  | corsage decide [-hV]   | --policy=FILE {"policy": "request": {"kind": {"problems": {"error":
          lint --help    | corsage lint [-hV]     | FILE --json --production {"problems":
          explain --help | corsage explain [-hV]  | --policy=FILE --origin=ORIGIN --method=METHOD --header='Name: --credentials --json --stage=NAME --api-id=ID --domain=NAME --path=PATH
          invoke --help  | corsage invoke [-hV]   | --policy=FILE --event=FILE
          package --help | corsage package [-hV]  | dist/corsage-lambda.zip java17
          origins --help | corsage origins [-hV] COMMAND | add remove list check export import
          origins add --help | corsage origins add [-hV] | --store=REFERENCE --expires=TIME --json --without-credentials 7d ALLOW_LIST
          origins remove --help | corsage origins remove [-hV] | --store=REFERENCE --json
          origins list --help | corsage origins list [-hV] | --store=REFERENCE --json
          origins check --help | corsage origins check [-hV] | --store=REFERENCE --json --tolerate-public-suffixes
          origins export --help | corsage origins export [-hV] | --store=REFERENCE FILE
          origins import --help | corsage origins import [-hV] | --store=REFERENCE --from-line=N --skip-invalid --json
          """)
  void helps(String arguments, String synopsis, String words) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    assertThat(run.out()).startsWith("Usage: " + synopsis).contains(words.split(" "));
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"'', corsage [-hV] COMMAND", "origins, corsage origins [-hV] COMMAND"})
  void showsTheCommandsWhereNoneIsNamed(String arguments, String synopsis) {
    CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.err()).startsWith("Usage: " + synopsis).contains("Commands:");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "help, --help",
    "help lint, lint --help",
    "help origins, origins --help",
    "help origins add, origins add --help",
    "version, --version"
  })
  void isAskedByACommandToo(String command, String option) {
    assertThat(CommandRun.of(command.split(" "))).isEqualTo(CommandRun.of(option.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "help xyz, There is no command 'xyz'. See 'corsage --help'.",
    "help origins ad, There is no command 'ad' (did you mean 'add'?). See 'corsage origins --help'."
  })
  void helpsWithNoOtherCommand(String command, String message) {
    CommandRun run = CommandRun.of(command.split(" "));

    assertThat(run.err().lines()).containsExactly("corsage: " + message);
    assertThat(run.status()).isEqualTo(2);
  }

  /** Bash itself says what it completes. */
  @ParameterizedTest
  @CsvSource({"corsage o, origins", "corsage lint --js, --json", "corsage origins ex, export"})
  void completesInBash(String typed, String completed) throws Exception {
    CommandRun run = CommandRun.of("generate-completion");
    assertThat(run.status()).isZero();
    String[] words = typed.split(" ", -1);
    Process bash = new ProcessBuilder("bash", "-c", ASK, "bash").redirectErrorStream(true).start();
    bash.getOutputStream()
        .write(
            (run.out() + "\nCOMP_WORDS=(" + typed + ")\nCOMP_CWORD=" + (words.length - 1) + "\n")
                .getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    assertThat(
            new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\s+"))
        .contains(completed);
  }

  private static final String ASK =
      "source /dev/stdin; _complete_corsage; echo \"${COMPREPLY[@]}\"";
}
