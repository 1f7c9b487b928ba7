package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./corsage lint} and {@code explain} as people see them: colours, and the environment. */
class PeopleTest {
  private static final String COLOUR = "\u001b[";
  private static final Map<String, String> BAD = Map.of("ALLOWED_ORIGINS", "https://a.example/");
  private static final Map<String, String> GOOD = Map.of("ALLOWED_ORIGINS", "https://a.example");

  @TempDir Path folder;

  private static Map<String, String> with(Map<String, String> policy, String setting) {
    Map<String, String> environment = new HashMap<>(policy);
    if (setting != null) {
      environment.put(setting, "1");
    }
    return environment;
  }

  /** The tests' standard output is no terminal. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "lint,,                                          false",
    "lint, NO_COLOR,                                 false",
    "lint, CLICOLOR_FORCE,                           true",
    "lint --json, CLICOLOR_FORCE,                    false",
    "explain --origin https://b.example,,            false",
    "explain --origin https://b.example, NO_COLOR,   false",
    "explain --origin https://b.example, CLICOLOR_FORCE, true",
    "explain --json --origin https://b.example, CLICOLOR_FORCE, false",
  })
  void coloursAreForTerminals(String arguments, String setting, boolean coloured) throws Exception {
    Map<String, String> policy = arguments.startsWith("lint") ? BAD : GOOD;
    Command run = Command.corsage(with(policy, setting), "", arguments.split(" ", -1));

    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.out().contains(COLOUR)).as(run.out()).isEqualTo(coloured);
  }

  /** {@code script}, which Debian always has, gives a command a terminal of its own. */
  @ParameterizedTest
  @CsvSource({"'', true", "1, false"})
  void aTerminalGetsColours(String noColour, boolean coloured) throws Exception {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "there is no " + script + ": not run");
    Path record = folder.resolve("record.txt");
    ProcessBuilder corsage = Command.builder(BAD, "lint");
    ProcessBuilder inTerminal =
        new ProcessBuilder(
            script.toString(), "-qec", corsage.command().get(0) + " lint", record.toString());
    inTerminal.environment().clear();
    inTerminal.environment().putAll(corsage.environment());
    inTerminal.environment().put("TERM", "xterm");
    if (!noColour.isEmpty()) {
      inTerminal.environment().put("NO_COLOR", noColour);
    }
    Process process = inTerminal.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(shown).isEqualTo(1);
    assertThat(shown).contains("ORIGIN_PATH");
    assertThat(shown.contains(COLOUR)).as(shown).isEqualTo(coloured);
  }

  @Test
  void theEnvironmentMayWriteThePolicy() throws Exception {
    Path file =
        Files.writeString(folder.resolve("policy.json"), "{\"origins\": [\"https://a.example\"]}");
    Map<String, String> ofFile = Map.of("CORS_POLICY_FILE", file.toString());

    assertThat(Command.corsage(BAD, "", "lint").out()).contains("ORIGIN_PATH  ALLOWED_ORIGINS");
    assertThat(Command.corsage(GOOD, "", "lint").status()).isZero();
    assertThat(Command.corsage(ofFile, "", "lint").status()).isZero();
    assertThat(Command.corsage(ofFile, "", "explain", "--origin", "https://a.example").status())
        .isZero();
    assertThat(Command.corsage(GOOD, "", "explain", "--origin", "https://b.example").status())
        .isEqualTo(1);
    assertThat(Command.corsage(BAD, "", "explain", "--origin", "https://a.example").status())
        .isEqualTo(2);
    assertThat(Command.corsage(Map.of("CORS_POLICY_FILE", file + ".not"), "", "lint", "--json"))
        .satisfies(run -> assertThat(run.out()).contains("POLICY_FILE"))
        .satisfies(run -> assertThat(run.status()).isEqualTo(2));
  }
}
