package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code engine}: the engine beside the CORS support of other servers. */
final class EngineCommand {
  private boolean quick;
  private Path json;
  private Path plots;

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static EngineCommand of(List<String> options) {
    EngineCommand command = new EngineCommand();
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      switch (option) {
        case "--quick" -> command.quick = true;
        case "--json" -> command.json = Path.of(value(options, ++i));
        case "--plots" -> command.plots = Path.of(value(options, ++i));
        default -> throw new WrongUseException("engine has no option " + option + ".");
      }
    }
    return command;
  }

  private static String value(List<String> options, int index) {
    if (index == options.size()) {
      throw new WrongUseException(options.get(index - 1) + " needs a value.");
    }
    return options.get(index);
  }

  /**
   * Runs the benchmark.
   *
   * @param documentation where the plots of a full run go, unless they are told another place
   */
  void run(Path documentation, PrintStream out, PrintStream progress) throws IOException {
    // Before the long wait: a path that cannot be written to is better known now.
    if (json != null) {
      Files.writeString(json, "");
    }
    if (!quick && plots == null) {
      plots = documentation;
    }
    if (plots != null) {
      Files.createDirectories(plots);
    }
    EngineRun.Effort effort = quick ? EngineRun.Effort.QUICK : EngineRun.Effort.FULL;
    Results results = new EngineRun(effort, progress).run();

    print(results, out);
    if (json != null) {
      Files.write(json, results.figures().stream().map(Figure::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null) {
      out.println("Plots: " + plots);
      for (Plot plot : Plots.of(results)) {
        Files.writeString(plots.resolve(plot.name()), plot.svg());
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
