package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A benchmark: it prints its results and, if told where to, writes them to files. */
abstract class BenchmarkCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures, one JSON object a line.")
  private Path json;

  @Option(names = "--plots", paramLabel = "DIR", description = "Draw the plots, as SVG.")
  private Path plots;

  /**
   * Measures and prints the results.
   *
   * @param progress takes a line for each step
   * @return the figures, one JSON object each
   */
  abstract List<String> measure(PrintWriter out, PrintWriter progress) throws Exception;

  @Override
  public final Integer call() throws Exception {
    // Before the long wait: the results must be writable.
    if (json != null) {
      Files.writeString(json, "");
    }
    if (plots != null) {
      Files.createDirectories(plots);
    }
    PrintWriter out = command.commandLine().getOut();
    write(measure(out, command.commandLine().getErr()), out);
    out.flush();
    return 0;
  }

  private void write(List<String> figures, PrintWriter out) throws IOException {
    if (json != null) {
      Files.write(json, figures);
      out.println("Figures: " + json);
    }
    if (plots != null) {
      Plots.write(figures, plots);
      out.println("Plots: " + plots);
    }
  }

  /**
   * Checks the value of an option.
   *
   * @throws ParameterException if it is not from 1 to {@code max}
   */
  final void checkNumber(String option, int number, int max) {
    if (number < 1 || number > max) {
      throw new ParameterException(
          command.commandLine(), option + " needs a number from 1 to " + max + ", not " + number);
    }
  }
}
