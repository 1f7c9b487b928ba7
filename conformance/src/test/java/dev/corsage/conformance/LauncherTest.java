package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./corsage} and the commands that end by themselves. */
class LauncherTest {
  private static final String EVENT =
      """
      {"version": "2.0", "headers": {"origin": "https://a.example",
       "access-control-request-method": "PUT"}, "requestContext": {"http": {"method": "OPTIONS"}}}
      """;

  @TempDir Path folder;

  @Test
  void versionAndHelp() throws Exception {
    assertThat(Command.corsage(Map.of(), "", "--version").out()).startsWith("corsage 0.");
    assertThat(Command.corsage(Map.of(), "", "--help").out())
        .contains("serve", "decide", "lint", "explain", "invoke", "package");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --nonsense",
        "serve --port none",
        "serve --api soap",
        "serve --policy nowhere.json",
        "decide --policy nowhere.json",
        "lint",
        "lint nowhere.json",
        "explain --origin https://a.example",
        "explain --policy nowhere.json --origin https://a.example",
        "invoke",
        "nonsense",
        "package extra",
      })
  void aWrongCommandLineGivesOneLineAndStatus2(String arguments) throws Exception {
    Command wrong = Command.corsage(Map.of(), "", arguments.split(" ", -1));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.errorLines()).hasSize(1);
    assertThat(wrong.err()).startsWith("corsage: ").contains("--help");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void invokeRunsThePackagedFunctionOnOneEvent() throws Exception {
    Path event = Files.writeString(folder.resolve("event.json"), EVENT);
    Map<String, String> environment =
        Map.of("ALLOWED_ORIGINS", "https://a.example", "ALLOWED_METHODS", "PUT");
    Command invoke = Command.corsage(environment, "", "invoke", "--event", event.toString());
    assertThat(invoke.status()).as(invoke.err()).isZero();
    assertThat(Json.object(invoke.out())).containsEntry("statusCode", 204L);
    assertThat(invoke.err()).contains("REPORT RequestId");
  }

  @Test
  void invokeSaysWhyTheInitFailed() throws Exception {
    Command invoke = Command.corsage(Map.of(), EVENT, "invoke", "--event", "-");
    assertThat(invoke.status()).isEqualTo(1);
    assertThat(invoke.err()).contains("ALLOWED_ORIGINS").contains("ORIGINS_MISSING");
  }

  @Test
  void packageWritesTheArchive() throws Exception {
    Process process =
        Command.builder(Map.of(), "package")
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    Path archive = folder.resolve("dist/corsage-lambda.zip");
    assertThat(archive).hasSameBinaryContentAs(Repository.installation().preflightFunction());
    assertThat(Archives.entries(archive)).hasSize(4);
    assertThat(folder.resolve("dist/corsage-demo.zip")).doesNotExist();
  }

  @Test
  void packageWritesTheDemoAlsoWithTheSameStores() throws Exception {
    Process process =
        Command.builder(Map.of(), "package", "--demo", "--store", "dynamodb")
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    for (String archive : List.of("corsage-lambda.zip", "corsage-demo.zip")) {
      assertThat(Archives.entries(folder.resolve("dist").resolve(archive)))
          .as(archive)
          .anyMatch(entry -> entry.contains("corsage-store-dynamodb"));
    }
  }
}
