package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.Exchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeLogTest {
  /** A line that tells this log's file from those of other runs beside it. */
  private final String unique = UUID.randomUUID().toString();

  private final StringWriter printed = new StringWriter();
  private ServeLog log;

  @BeforeEach
  void open() throws IOException {
    log = new ServeLog(new PrintWriter(printed));
  }

  @AfterEach
  void close() throws IOException {
    log.functionOutput("test", unique);
    log.close();
    Files.delete(file());
  }

  private Path file() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "corsage-functions-*.log")) {
      for (Path log : logs) {
        if (Files.isReadable(log) && Files.readString(log).contains(unique)) {
          return log;
        }
      }
    }
    throw new NoSuchFileException(folder + " has no log with " + unique);
  }

  private String line(
      String kind,
      String method,
      String path,
      String origin,
      int status,
      boolean allowed,
      String reason,
      long nanos) {
    log.exchange(
        new Exchange(
            kind, "demo", method, path, origin, List.of(), status, List.of(), allowed, reason, "",
            nanos));
    return printed.toString();
  }

  private String line(String path, String origin) {
    return line("actual", "GET", path, origin, 200, true, "allowed", 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          actual    | GET     | /items       | http://localhost:8081 | 200 | true  | allowed            | 1260000     | GET /items http://localhost:8081 allowed 200 allowed 1.3 ms
          actual    | GET     | /items       | http://localhost:8082 | 200 | false | origin-not-allowed | 0           | GET /items http://localhost:8082 refused 200 origin-not-allowed 0.0 ms
          actual    | GET     | /fail        | http://localhost:8081 | 502 | false | function-failed    | 12345678901 | GET /fail http://localhost:8081 refused 502 function-failed 12345.7 ms
          preflight | OPTIONS | /items/1     | http://localhost:8081 | 204 | true  | allowed            | 40000       | OPTIONS /items/1 http://localhost:8081 allowed 204 allowed 0.0 ms
          preflight | OPTIONS | /items/1     | null                  | 403 | false | origin-null        | 60000       | OPTIONS /items/1 null refused 403 origin-null 0.1 ms
          non-cors  | DELETE  | /items?a=1   | none                  | 200 | true  | no-origin          | 1000000     | DELETE /items - no CORS 200 no-origin 1.0 ms
          non-cors  | GET     | /items?a=?b  | none                  | 504 | false | function-timed-out | 1000000     | GET /items - refused 504 function-timed-out 1.0 ms
          """)
  void tellsOfAnExchangeInOneLine(
      String kind,
      String method,
      String path,
      String origin,
      int status,
      boolean allowed,
      String reason,
      long nanos,
      String words) {
    String line = line(kind, method, path, origin, status, allowed, reason, nanos);

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
    line("preflight", "OPTIONS", "/a", "http://localhost:8081", 204, true, "allowed", 123_400_000);
    line("actual", "GET", "/items/1", null, 403, false, "origin-not-allowed", 0);

    assertThat(printed)
        .hasToString(
            """
              OPTIONS /a                http://localhost:8081     allowed  204    allowed              123.4 ms
              GET     /items/1          -                         refused  403    origin-not-allowed     0.0 ms
            """
                .replace("\n", System.lineSeparator()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\u001b[2J", "\u0007", "\b\b\b", "\r", "\u009b31m", "\u007f", "\u202e", "ü"})
  void isSteeredByNoPathAndNoOrigin(String hostile) {
    assertThat(line("/a" + hostile + "b", null)).contains("/a?").matches("[\\x20-\\x7e]+\\R");
    assertThat(line("/a", "http://" + hostile))
        .contains("http://?")
        .matches("([\\x20-\\x7e]+\\R)+");
  }

  @Test
  void keepsWhatFunctionsWriteInAFile() throws IOException {
    log.functionOutput("preflight", unique);
    log.functionOutput("demo", "ü");

    assertThat(Files.readAllLines(file())).containsExactly("preflight | " + unique, "demo | ü");
    assertThat(printed.toString()).isEmpty();
  }

  /** Forces what a terminal would have. */
  @ParameterizedTest
  @CsvSource({"true, 32, allowed", "false, 31, refused"})
  void coloursTheVerdict(boolean allowed, String colour, String verdict) throws IOException {
    close();
    log = new ServeLog(new PrintWriter(printed), true);

    assertThat(line("actual", "GET", "/a", "https://a.example", 200, allowed, "allowed", 0))
        .contains(" \u001b[" + colour + "m" + verdict + "\u001b[0m ")
        .containsOnlyOnce("\u001b[0m");
  }

  @Test
  void hasNoColoursWhereNobodySeesThem() {
    assertThat(line("/a", null)).doesNotContain("\u001b");
  }
}
