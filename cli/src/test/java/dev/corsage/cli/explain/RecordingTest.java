package dev.corsage.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.CommandRun;
import dev.corsage.cli.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explain --har}, on the recordings that the module probe is tested with. */
class RecordingTest {
  private static final Path RECORDINGS = Path.of("../probe/src/test/resources/dev/corsage/probe");

  @TempDir private Path folder;

  private static CommandRun explain(String recording, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("explain", "--har", RECORDINGS.resolve(recording).toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void aTableAndWhatFailed() {
    CommandRun run = explain("firefox.har");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .startsWith(
            "    GET https://api.example.com/items       200   passed",
            " 1  DELETE https://api.example.com/items/1  -     preflight-no-acao",
            " 2  GET https://api.example.com/twice       200   many-acao",
            "",
            "1  DELETE https://api.example.com/items/1 from https://app.example.com",
            "   The preflight got 401 from API Gateway (HTTP API).")
        .contains("3 cross-origin requests, 2 failed.");
  }

  @Test
  void jsonHasEveryCall() throws IOException {
    CommandRun run = explain("chromium.har", "--json");
    List<Map<String, Object>> calls = JsonValues.maps(JsonValues.object(run.out()).get("calls"));

    assertThat(calls)
        .extracting(call -> call.get("key"))
        .containsExactly(
            "passed", "preflight-no-acao", "no-acao", "star-with-credentials", "hidden");
    assertThat(calls.get(1))
        .containsEntry("readable", false)
        .containsEntry("origin", "https://app.example.com")
        .containsKeys("cause", "remedy", "console");
  }

  @ParameterizedTest
  @CsvSource({"chromium.har", "firefox.har", "safari.har"})
  void nothingSecretIsPrinted(String recording) {
    CommandRun text = explain(recording);
    CommandRun json = explain(recording, "--json");

    assertThat(text.out() + text.err() + json.out()).isNotEmpty().doesNotContain("s3cret");
  }

  @Test
  void whereNothingFailedTheStatusIs0() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.har"), "{\"log\": {\"entries\": []}}");
    CommandRun run = CommandRun.of("explain", "--har", empty.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("The recording has no cross-origin requests of a page.");
  }

  @Test
  void whatIsNoRecordingCannotBeUsed() throws IOException {
    Path page = Files.writeString(folder.resolve("page.har"), "<html>");

    assertThat(CommandRun.of("explain", "--har", page.toString()).status()).isEqualTo(2);
    assertThat(CommandRun.of("explain", "--har", page.toString()).err())
        .contains("the file is not a recording (HAR).");
    assertThat(CommandRun.of("explain", "--har", "missing.har").err())
        .contains("there is no such file to read");
    assertThat(explain("safari.har", "--origin", "https://app.example.com").err())
        .contains("--har FILE goes without --origin and --policy");
    assertThat(CommandRun.of("explain").err())
        .contains("Missing required option: '--origin=ORIGIN'");
  }
}
