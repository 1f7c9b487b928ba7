package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console copies, run by Node.js; and the command that it copies, run by a shell. */
@Timeout(60)
class CopiesTest {
  private static final Path COPIES =
      Path.of("src/main/resources/dev/corsage/gateway/console/copies.js");

  /** Prints the command for a GET or another method of a call. */
  private static final String SCRIPT =
      """
      const [file, method, path, value] = process.argv.slice(1);
      const text = (await import("node:fs")).readFileSync(file, "utf8");
      const { curl } = await import("data:text/javascript," + encodeURIComponent(text));
      const requestHeaders = [["Host", "localhost:8080"], ["X-A", value]];
      console.log(curl({ scheme: "http", request: { method, path, requestHeaders } }));
      """;

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          GET,           /a?b=c&d=e, plain
          A|id,          /a,         plain
          A`id`,         /a,         plain
          A$HOME&id,     /a,         plain
          A'|id|',       /a,         plain
          GET,           /$(id)`id`, $(id)'`id`
          GET,           "/[1-9]{a,b}", plain
          """)
  void aShellGivesCurlWhatWasSent(String method, String path, String value) throws Exception {
    String command =
        run(
            "node",
            "--input-type=module",
            "--eval",
            SCRIPT,
            COPIES.toString(),
            method,
            path,
            value);

    assertThat(run("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + command).lines())
        .containsExactly(
            "-gi", "-X", method, "http://localhost:8080" + path, "-H", "X-A: " + value);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
