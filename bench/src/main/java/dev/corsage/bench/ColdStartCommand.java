package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code cold-start}: the packaged functions, from the start of the process to the first response.
 */
final class ColdStartCommand {
  private static final int STARTS = 15;
  private static final int MAX_STARTS = 1_000;

  private final int starts;
  private final Path json;
  private final Path plots;

  private ColdStartCommand(Options options) {
    starts = options.number("--starts", STARTS, MAX_STARTS);
    json = options.path("--json");
    plots = options.path("--plots");
  }

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static ColdStartCommand of(List<String> words) {
    return new ColdStartCommand(
        Options.of("cold-start", Set.of("--starts", "--json", "--plots"), words));
  }

  void run(PrintStream out, PrintStream progress) throws IOException {
    Options.prepare(json, plots);
    Workshop.run(
        progress,
        subjects -> {
          List<ColdResult> results = new ColdStarts(starts, progress).run(subjects.all());
          print(results, subjects.hasJdk25(), out);
        });
  }

  private void print(List<ColdResult> results, boolean hasJdk25, PrintStream out)
      throws IOException {
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Medians of "
            + starts
            + " starts, by turns: from the start of the process to its first answer.");
    out.println();
    out.println(ColdResult.TITLES);
    results.forEach(result -> out.println(result.line()));
    if (!hasJdk25) {
      out.println("NOT RUN with JDK 25: none found. Install one and name it in JDK25_HOME.");
    }
    out.println();
    Budget.coldStart(results).forEach(out::println);
    if (json != null) {
      Files.write(json, results.stream().map(ColdResult::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null) {
      ColdResult.plot(results).writeTo(plots);
      out.println("Plots: " + plots);
    }
  }
}
