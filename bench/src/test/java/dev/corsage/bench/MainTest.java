package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it goes without measuring. */
class MainTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --help              | engine events cold-start memory-sizes preflight-cost stores plots
          engine --help       | --quick --json=FILE --plots=DIR
          events --help       | --quick --json=FILE --plots=DIR
          cold-start --help   | --starts=N --json=FILE --plots=DIR
          memory-sizes --help | --requests=N --json=FILE --plots=DIR
          preflight-cost --help | --quick --json=FILE --plots=DIR
          stores --help       | --quick --json=FILE --plots=DIR
          plots --help        | FILE... --to=DIR
          """)
  void helpNamesBenchmarksAndOptions(String arguments, String named) {
    assertThat(run(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).contains(named.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lunch                           | lunch
          engine --fast                   | --fast
          engine --json                   | --json
          cold-start --starts             | --starts
          cold-start --starts x           | --starts
          cold-start --starts 0           | --starts needs a number from 1 to 1000, not 0
          cold-start --quick              | --quick
          events --starts 1               | --starts
          stores --starts 1               | --starts
          memory-sizes --requests 1000001 | --requests needs a number from 1 to 1000000, not 1000001
          memory-sizes --requests -5      | --requests needs a number from 1 to 1000000, not -5
          plots                           | --to
          plots --to x                    | FILE
          """)
  void wrongUseIsExplained(String arguments, String named) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(named, "Usage: bench/run");
  }

  @Test
  void withoutABenchmarkItAsksForOne() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Which benchmark?", "engine");
  }

  @Test
  void plotsAreDrawnFromFigures() throws Exception {
    Path figures =
        Files.writeString(
            folder.resolve("figures.ndjson"),
            new Figure(Subject.Name.SPRING, new Case(Case.Bench.ACTUAL_EXACT, "allowed", 10), 1, 1)
                .toJson());

    assertThat(run("plots", figures.toString(), "--to", folder.resolve("new/plots").toString()))
        .isZero();
    assertThat(folder.resolve("new/plots/engine-ten.svg")).content().contains("Ten exact origins");
  }
}
