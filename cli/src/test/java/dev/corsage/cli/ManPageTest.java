package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page says what the commands say, and programs that show such pages can read it. */
@Tag("once")
class ManPageTest {
  /** Those that show manual pages, where they are there, and how they complain. */
  private static final Map<String, List<String>> READERS =
      Map.of(
          "groff", List.of("groff", "-man", "-Tutf8", "-ww", "-P-c"),
          "mandoc", List.of("mandoc", "-T", "utf8", "-W", "warning"));

  private static final Set<String> MACROS = Set.of("TH", "SH", "SS", "TP", "PP");

  @TempDir Path folder;

  private static String page() {
    CommandRun run = CommandRun.of("generate-man-page");
    assertThat(run.status()).isZero();
    return run.out();
  }

  private static Stream<CommandSpec> all(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream().flatMap(c -> all(c.getCommandSpec())));
  }

  @Test
  void hasEveryCommandAndOption() {
    String page = page().replace("\\-", "-");
    List<CommandSpec> commands = all(Main.commandLine().getCommandSpec()).skip(1).toList();
    assertThat(commands).hasSizeGreaterThan(15);
    for (CommandSpec command : commands) {
      assertThat(page).contains(".SS " + command.qualifiedName() + "\n");
      command
          .options()
          .forEach(option -> assertThat(page).contains("\\fB" + option.longestName() + "\\fR"));
    }
  }

  @Test
  void isMadeOfMacrosAndAsciiAlone() {
    Set<String> macros = new TreeSet<>();
    page()
        .lines()
        .forEach(
            line -> {
              assertThat(line).matches("[ -~]+");
              if (line.startsWith(".") || line.startsWith("'")) {
                macros.add(line.substring(1).replaceFirst(" .*", ""));
              }
            });
    assertThat(macros).isEqualTo(new TreeSet<>(MACROS));
  }

  @Test
  void isShownWithoutComplaint() throws Exception {
    Path file = Files.writeString(folder.resolve("corsage.1"), page());
    for (Map.Entry<String, List<String>> reader : READERS.entrySet()) {
      if (isThere(reader.getKey())) {
        List<String> command =
            Stream.concat(reader.getValue().stream(), Stream.of(file.toString())).toList();
        Path shown = folder.resolve(reader.getKey() + ".txt");
        Path complaints = folder.resolve(reader.getKey() + ".err");
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(shown.toFile())
                .redirectError(complaints.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(complaints)).isEmpty();
        assertThat(process.exitValue()).isZero();
        // Without what makes letters bold.
        String text =
            Files.readString(shown, StandardCharsets.UTF_8)
                .replaceAll(".\\x08|\\x1b\\[[0-9;]*m", "");
        assertThat(text)
            .contains("CORSAGE(1)", "corsage serve", "--policy=FILE", "EXIT STATUS")
            .contains("CORS for APIs behind AWS API Gateway and Lambda.")
            .doesNotContain("\\f");
      }
    }
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
