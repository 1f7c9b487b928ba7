package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code engine}: the engine beside the CORS support of other servers. */
final class EngineCommand {
  private final boolean quick;
  private final Path json;
  private final Path plotsFolder;

  private EngineCommand(Options options) {
    quick = options.has("--quick");
    json = options.path("--json");
    plotsFolder = options.path("--plots");
  }

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static EngineCommand of(List<String> words) {
    return new EngineCommand(Options.of("engine", Set.of("--quick", "--json", "--plots"), words));
  }

  /**
   * Runs the benchmark.
   *
   * @param documentation where the plots of a full run go, unless they are told another place
   */
  void run(Path documentation, PrintStream out, PrintStream progress) throws IOException {
    Path plots = plotsFolder == null && !quick ? documentation : plotsFolder;
    Options.prepare(json, plots);
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    Results results = new EngineRun(effort, progress).run();

    print(results, out);
    if (json != null) {
      Files.write(json, results.figures().stream().map(Figure::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null) {
      out.println("Plots: " + plots);
      for (Plot plot : Plots.of(results)) {
        plot.writeTo(plots);
      }
    }
  }

  private void print(Results results, PrintStream out) {
    out.println(Machine.describe());
    out.println(
        "Median time of an answer, bytes it allocates, times Corsage's time"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    out.print(Table.of(results));
    out.println("The budget (decision: Corsage, decide alone)");
    Budget.lines(results).forEach(out::println);
    out.println();
    results.notes().forEach(note -> out.println("- " + note));
  }
}
