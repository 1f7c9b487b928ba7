package dev.corsage.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision.Kind;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Verdict;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import dev.corsage.gateway.api.Judgement.Access;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

class ServeLogTest {
  @TempDir private Path folder;

  private final StringWriter printed = new StringWriter();
  private ServeLog log;

  @Command
  private static final class Serve {}

  @BeforeEach
  void open() throws IOException {
    log = log(Ansi.OFF);
  }

  private ServeLog log(Ansi ansi) throws IOException {
    CommandLine command =
        new CommandLine(new Serve())
            .setOut(new PrintWriter(printed))
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    return new ServeLog(new Terminal(command), file());
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  private Path file() {
    return folder.resolve("functions.log");
  }

  private static Judgement judgement(Access access, String reason) {
    Verdict passed = new Verdict(Outcome.CREDENTIALS_ALLOWED, "");
    Verdict refused = new Verdict(Outcome.ORIGIN_MISSING, "");
    return switch (access) {
      case NOT_CHECKED -> new Judgement(Kind.NON_CORS, null, null, reason, "");
      case ALLOWED -> new Judgement(Kind.ACTUAL, passed, passed, reason, "");
      case ALLOWED_WITHOUT_CREDENTIALS -> new Judgement(Kind.ACTUAL, passed, refused, reason, "");
      case REFUSED -> new Judgement(Kind.ACTUAL, refused, refused, reason, "");
    };
  }

  private String line(
      Access access,
      String method,
      String path,
      String origin,
      int status,
      String reason,
      long nanos) {
    Judgement judgement = judgement(access, reason);
    assertThat(judgement.access()).isEqualTo(access);
    log.exchange(
        new Exchange(judgement, "demo", method, path, origin, List.of(), status, List.of(), nanos));
    return printed.toString();
  }

  private String line(String path, String origin) {
    return line(Access.ALLOWED, "GET", path, origin, 200, "allowed", 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          ALLOWED     | GET     | /items       | http://localhost:8081 | 200 | allowed            | 1260000     | GET /items http://localhost:8081 allowed 200 allowed 1.3 ms
          REFUSED     | GET     | /items       | http://localhost:8082 | 200 | origin-not-allowed | 0           | GET /items http://localhost:8082 refused 200 origin-not-allowed 0.0 ms
          REFUSED     | GET     | /fail        | http://localhost:8081 | 502 | function-failed    | 12345678901 | GET /fail http://localhost:8081 refused 502 function-failed 12345.7 ms
          ALLOWED     | OPTIONS | /items/1     | http://localhost:8081 | 204 | allowed            | 40000       | OPTIONS /items/1 http://localhost:8081 allowed 204 allowed 0.0 ms
          ALLOWED_WITHOUT_CREDENTIALS | GET | /items | http://a.example | 200 | allowed-without-credentials | 40000 | GET /items http://a.example allowed 200 allowed-without-credentials 0.0 ms
          REFUSED     | OPTIONS | /items/1     | null                  | 403 | origin-null        | 60000       | OPTIONS /items/1 null refused 403 origin-null 0.1 ms
          NOT_CHECKED | DELETE  | /items?a=1   | none                  | 200 | no-origin          | 1000000     | DELETE /items - no CORS 200 no-origin 1.0 ms
          NOT_CHECKED | GET     | /items?a=?b  | none                  | 504 | function-timed-out | 1000000     | GET /items - no CORS 504 function-timed-out 1.0 ms
          """)
  void tellsOfAnExchangeInOneLine(
      Access access,
      String method,
      String path,
      String origin,
      int status,
      String reason,
      long nanos,
      String words) {
    String line = line(access, method, path, origin, status, reason, nanos);

    assertThat(line.strip().replaceAll(" +", " ")).isEqualTo(words);
    assertThat(line).endsWith(System.lineSeparator());
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void columnsCannotBeForged() {
    assertThat(line("/a", "http://evil  allowed  200  allowed  3.9 ms"))
        .contains(" http://evil??allowed??200??allowed??3.9?ms ");
    assertThat(line("/a", "")).contains(" \"\" ");
  }

  @Test
  void keepsLongWordsApart() {
    assertThat(line("/items/1/comments/2", "https://preview-17.app.example.com"))
        .contains(" /items/1/comments/2 https://preview-17.app.example.com allowed ");
  }

  @Test
  void standsInColumns() {
    line(Access.ALLOWED, "OPTIONS", "/a", "http://localhost:8081", 204, "allowed", 123_400_000);
    line(Access.REFUSED, "GET", "/items/1", null, 403, "origin-not-allowed", 0);

    assertThat(printed)
        .hasToString(
            """
              OPTIONS /a                http://localhost:8081     allowed  204    allowed                     123.4 ms
              GET     /items/1          -                         refused  403    origin-not-allowed            0.0 ms
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void columnsMakeRoomForALongOrigin() {
    String origin = "https://pr-1234-checkout.preview.shop.example.com";
    line("/items", origin);
    line("/items/17/comments/2024", "https://a.example");

    List<String> lines = printed.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("  METHOD  PATH ");
    assertThat(lines.get(0).indexOf("VERDICT")).isEqualTo(lines.get(1).indexOf("allowed"));
    assertThat(lines.get(2).indexOf("VERDICT")).isEqualTo(lines.get(3).indexOf("allowed"));
    assertThat(lines.get(2).indexOf("ORIGIN")).isEqualTo(lines.get(3).indexOf("https://a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          method-not-allowed  | PUT |                  | Add PUT to ALLOWED_METHODS ("methods" of a policy document).
          header-not-allowed  | GET | x-b,content-type | Add what is missing of content-type, x-b to ALLOWED_HEADERS ("requestHeaders" of a policy document).
          backend-unreachable | GET |                  | The backend did not respond. Start it, or correct --backend.
          backend-timed-out   | GET |                  | The backend took longer than --timeout allows.
          """)
  void namesARemedyOnce(String reason, String method, String headers, String remedy) {
    List<Field> sent =
        List.of(
            new Field("Access-Control-Request-Method", method),
            new Field("Access-Control-Request-Headers", headers == null ? "" : headers));
    for (int i = 0; i < 2; i++) {
      log.exchange(
          new Exchange(
              judgement(Access.REFUSED, reason),
              "backend",
              "OPTIONS",
              "/items",
              "https://a.example",
              sent,
              403,
              List.of(),
              0));
    }
    assertThat(printed.toString().lines().map(String::strip))
        .hasSize(3)
        .containsOnlyOnce(remedy)
        .element(1)
        .isEqualTo(remedy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\u001b[2J", "\u0007", "\b\b\b", "\r", "\u009b31m", "\u007f", "\u202e", "ü"})
  void isNotControlledByPathOrOrigin(String hostile) {
    assertThat(line("/a" + hostile + "b", null)).contains("/a?").matches("[\\x20-\\x7e]+\\R");
    assertThat(line("/a", "http://" + hostile))
        .contains("http://?")
        .matches("([\\x20-\\x7e]+\\R)+");
  }

  @Test
  void cutsWhatIsLong() {
    String origin = "http://" + "o".repeat(400);

    assertThat(line(Access.REFUSED, "M".repeat(129), "/" + "p".repeat(400), origin, 403, "r", 0))
        .contains(
            "  " + "M".repeat(128) + "... /" + "p".repeat(339) + "... " + origin.substring(0, 340))
        .hasSizeLessThan(900);
  }

  @Test
  void keepsWhatFunctionsWriteInAFile() throws IOException {
    log.functionOutput("preflight", "rose");
    log.functionOutput("demo", "ü");

    assertThat(Files.readAllLines(file())).containsExactly("preflight | rose", "demo | ü");
    assertThat(printed.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ALLOWED, 32, allowed", "REFUSED, 31, refused", "NOT_CHECKED, 32, no CORS"})
  void coloursTheVerdict(Access access, String colour, String verdict) throws IOException {
    close();
    log = log(Ansi.ON);

    assertThat(line(access, "GET", "/a", "https://a.example", 200, "allowed", 0))
        .contains(" \u001b[" + colour + "m" + verdict + "\u001b[0m ")
        .containsOnlyOnce("\u001b[0m");
  }

  @Test
  void hasNoColoursWhereTheTerminalHasNone() {
    assertThat(line("/a", null)).doesNotContain("\u001b");
  }
}
