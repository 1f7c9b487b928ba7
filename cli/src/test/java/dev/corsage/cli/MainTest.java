package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        "package --version"
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
          --help         | corsage [-hV] COMMAND  | serve decide lint explain invoke package
          -h             | corsage [-hV] COMMAND  | serve decide lint explain invoke package
          serve --help   | corsage serve [-hV]    | --policy=FILE --port=N --api=TYPE --backend=URL --timeout=SECONDS http-v1 http-v2 rest 8080
          decide --help  | corsage decide [-hV]   | --policy=FILE {"policy": "request": {"kind": {"problems": {"error":
          lint --help    | corsage lint [-hV]     | FILE --json --production {"problems":
          explain --help | corsage explain [-hV]  | --policy=FILE --origin=ORIGIN --method=METHOD --headers=NAMES --credentials --json --stage=NAME --api-id=ID --domain=NAME --path=PATH
          invoke --help  | corsage invoke [-hV]   | --policy=FILE --event=FILE
          package --help | corsage package [-hV]  | dist/corsage-lambda.zip java17
          """)
  void helps(String arguments, String synopsis, String words) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    assertThat(run.out()).startsWith("Usage: " + synopsis).contains(words.split(" "));
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void needsACommand() {
    CommandRun run = CommandRun.of();

    assertThat(run.err().lines())
        .containsExactly("corsage: Missing required subcommand. See 'corsage --help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }
}
