package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it goes without measuring. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<String> arguments) throws IOException {
    return Main.run(
        arguments,
        Path.of("unused"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void helpNamesTheBenchmarksAndTheirOptions() throws IOException {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "Usage: bench/run",
            "engine ",
            "events ",
            "cold-start ",
            "memory-sizes ",
            "stores ",
            "--quick",
            "--json FILE",
            "--plots DIR",
            "--starts N",
            "--requests N");
  }

  @ParameterizedTest
  @CsvSource({
    "'',                Which benchmark?",
    "lunch,             There is no benchmark lunch.",
    "engine --fast,     engine has no option --fast.",
    "engine --json,     --json needs a value.",
    "cold-start --fast, cold-start has no option --fast.",
    "cold-start --starts,   --starts needs a value.",
    "cold-start --starts x, --starts needs a number from 1 to 1000.",
    "cold-start --quick,    cold-start has no option --quick.",
    "events --starts 1,     events has no option --starts.",
    "stores --starts 1,     stores has no option --starts.",
    "stores --json,         --json needs a value.",
    "events --plots,        --plots needs a value.",
    "memory-sizes --fast,   memory-sizes has no option --fast.",
    "memory-sizes --requests 1000001, --requests needs a number from 1 to 1000000.",
    "memory-sizes --requests -5, --requests needs a number from 1 to 1000000.",
    "cold-start --starts 0, --starts needs a number from 1 to 1000.",
  })
  void wrongUseIsExplained(String arguments, String expected) throws IOException {
    List<String> words = Arrays.stream(arguments.split(" ", -1)).filter(w -> !w.isEmpty()).toList();

    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(expected, "engine ");
  }
}
