package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line: one line that names what is wrong, and exit status 2. */
class WrongUseTest {
  private static final String HOME = "corsage.home";

  @TempDir private static Path home;
  private static String before;

  /** Makes an installation of nothing: wrong options are to be found before it is used. */
  @BeforeAll
  static void install() throws IOException {
    Files.createDirectories(home.resolve("runtime"));
    Files.createDirectories(home.resolve("custom-runtime"));
    Files.createDirectories(home.resolve("functions"));
    Files.createDirectories(home.resolve("stores"));
    Files.createFile(home.resolve("functions/corsage-lambda.zip"));
    Files.createFile(home.resolve("functions/demo.zip"));
    before = System.getProperty(HOME);
    System.setProperty(HOME, home.toString());
  }

  @AfterAll
  static void restore() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  /** References to stores belong elsewhere; what is in them is not repeated. */
  @ParameterizedTest(name = "corsage {0}")
  @ValueSource(
      strings = {
        "package --store redis://:S3cret@h",
        "package --function a.jar --handler a.B --variable S3cretPassword",
        "origins list redis://:S3cret@h",
        "decide redis://:S3cret@h",
        "decide --policy redis://:S3cret@h",
        "serve --allow-list redis://:S3cret@h",
        "serve --template redis://:S3cret@h",
        "serve --backend redis://:S3cret@h",
        "lint --format redis://:S3cret@h x",
        "lint redis://:S3cret@h/l?x",
        "lint a redis://:S3cret@h/l",
        "lint --template redis://:S3cret@h",
        "explain --policy redis://:S3cret@h --origin https://a.example",
      })
  void aPasswordIsNotRepeated(String arguments) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    assertThat(run.out() + run.err()).doesNotContain("S3cret");
    assertThat(run.status()).isNotZero();
  }

  /** Neither lines of their own, nor commands to a terminal or to GitHub Actions. */
  @ParameterizedTest
  @ValueSource(strings = {"a\n::error::b", "a\r::error::b", "\u001b[2Jx", "##[add-mask]x"})
  void anArgumentForgesNothing(String argument) {
    for (CommandRun run : List.of(CommandRun.of("lint", argument), CommandRun.of(argument))) {
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).doesNotContain("\u001b", "##[");
      assertThat(run.status()).isEqualTo(2);
    }
  }

  private static void assertRefused(String[] arguments, String message, String help) {
    CommandRun run = CommandRun.of(arguments);

    assertThat(run.err().lines())
        .containsExactly("corsage: " + message + ". See '" + help + " --help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest(name = "corsage {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --verbose | Unknown option: '--verbose'
          -x        | Unknown option: '-x'
          xyz       | There is no command 'xyz'
          srve      | There is no command 'srve' (did you mean 'serve'?)
          decied    | There is no command 'decied' (did you mean 'decide'?)
          Serve     | There is no command 'Serve' (did you mean 'serve'?)
          """)
  void ofTheWholeNamesTheArgument(String arguments, String message) {
    assertRefused(arguments.split(" "), message, "corsage");
  }

  @ParameterizedTest(name = "corsage {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          serve tulip              | Unexpected argument 'tulip'
          serve --port 1 tulip     | Unexpected argument 'tulip'
          serve decide             | Unexpected argument 'decide'
          serve --prot 1           | Unknown options: '--prot', '1'
          serve --prot=1           | Unknown option: '--prot=1'
          serve -p=1               | Unknown option: '-p=1'
          serve --port             | Missing required parameter for option '--port' (N)
          serve --port=            | Invalid value for option '--port': '' is not an int
          serve --port tulip       | Invalid value for option '--port': 'tulip' is not an int
          serve --port 80.5        | Invalid value for option '--port': '80.5' is not an int
          serve --port 0x50        | Invalid value for option '--port': '0x50' is not an int
          serve --port 4294967376  | Invalid value for option '--port': '4294967376' is not an int
          serve --port -1          | --port -1: a port is a number from 0 to 65532 here
          serve --port 65533       | --port 65533: a port is a number from 0 to 65532 here
          serve --port 1 --port 2  | option '--port' (N) should be specified only once
          serve --api              | Missing required parameter for option '--api' (TYPE)
          serve --api tulip        | --api tulip: choose one of http-v1, http-v2, rest, function-url, alb
          serve --api HTTP-V2      | --api HTTP-V2: choose one of http-v1, http-v2, rest, function-url, alb
          serve --api=             | --api : choose one of http-v1, http-v2, rest, function-url, alb
          serve --port 0 --api x     | --api x: choose one of http-v1, http-v2, rest, function-url, alb
          serve --port 65532 --api x | --api x: choose one of http-v1, http-v2, rest, function-url, alb
          serve --timeout 1 --api x  | --api x: choose one of http-v1, http-v2, rest, function-url, alb
          serve --timeout 0        | --timeout 0: at least one second is needed
          serve --timeout -5       | --timeout -5: at least one second is needed
          serve --timeout 1.5      | Invalid value for option '--timeout': '1.5' is not an int
          serve --timeout 1s       | Invalid value for option '--timeout': '1s' is not an int
          serve --backend          | Missing required parameter for option '--backend' (URL)
          serve --backend=         | --backend  is not the URL of a server: http:// or https://, host, port and path, without user, query and fragment
          serve --backend tulip    | --backend tulip is not the URL of a server: http:// or https://, host, port and path, without user, query and fragment
          serve --backend localhost:3000   | --backend localhost:3000 is not the URL of a server: http:// or https://, host, port and path, without user, query and fragment
          serve --backend ftp://localhost  | --backend ftp://localhost is not the URL of a server: http:// or https://, host, port and path, without user, query and fragment
          serve --backend http://a/?b=1    | --backend http://a/?b=… is not the URL of a server: http:// or https://, host, port and path, without user, query and fragment
          serve --policy           | Missing required parameter for option '--policy' (FILE)
          serve --policy /no/such  | --policy /no/such: there is no such file to read
          """)
  void ofServeNamesTheValue(String arguments, String message) {
    assertRefused(arguments.split(" "), message, "corsage serve");
  }

  @ParameterizedTest(name = "corsage {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          decide tulip             | Unexpected argument 'tulip'                         | corsage decide
          decide --port 1          | Unknown options: '--port', '1'                      | corsage decide
          decide --policy          | Missing required parameter for option '--policy' (FILE) | corsage decide
          decide --policy /no/such | --policy /no/such: there is no such file to read    | corsage decide
          lint --tulip             | Unknown option: '--tulip'                           | corsage lint
          lint /no/such            | /no/such: there is no such file to read             | corsage lint
          lint --json /no/such     | /no/such: there is no such file to read             | corsage lint
          lint /                   | /: there is no such file to read                    | corsage lint
          explain                  | Missing required option: '--origin=ORIGIN'          | corsage explain
          explain --origin a b     | Unexpected argument 'b'                             | corsage explain
          explain --origin a --policy /no/such | --policy /no/such: there is no such file to read | corsage explain
          explain --origin a --method P,T      | --method P,T: a method is a token, such as PUT   | corsage explain
          explain --origin a --method=         | --method : a method is a token, such as PUT      | corsage explain
          explain --origin a --header a --header b( | --header b(: a name is a token, such as content-type | corsage explain
          explain --origin a --header a,b      | --header a,b: a name is a token, such as content-type | corsage explain
          explain --origin a --header :x       | --header :x: a name is a token, such as content-type | corsage explain
          invoke                   | Missing required option: '--event=FILE'             | corsage invoke
          invoke --event           | Missing required parameter for option '--event' (FILE) | corsage invoke
          invoke --event /no/such  | --event /no/such: there is no such file to read     | corsage invoke
          invoke --event a b       | Unexpected argument 'b'                             | corsage invoke
          package tulip            | Unexpected argument 'tulip'                         | corsage package
          origins ad               | There is no command 'ad' (did you mean 'add'?)      | corsage origins
          package --only-this-policy | --only-this-policy goes with --custom-runtime, and neither with --function nor with --store | corsage package
          package --custom-runtime --only-this-policy | --only-this-policy: no environment variable has a policy; set ALLOWED_ORIGINS, for example | corsage package
          package --tulip          | Unknown option: '--tulip'                           | corsage package
          """)
  void ofTheOthersNamesTheValue(String arguments, String message, String help) {
    assertRefused(arguments.split(" "), message, help);
  }

  @Test
  void ofSeveralLinesIsReportedOnOne() {
    assertRefused(
        new String[] {"serve", "--port", "1\n 2\r\n3"},
        "Invalid value for option '--port': '1 2 3' is not an int",
        "corsage serve");
  }

  @Test
  void withAUrlThatIsNoneNamesIt() {
    assertRefused(
        new String[] {"serve", "--backend", "http://["},
        "--backend http://[ is not a URL",
        "corsage serve");
  }
}
