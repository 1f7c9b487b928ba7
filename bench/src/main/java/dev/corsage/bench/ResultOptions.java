package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the results of a benchmark go, besides the table. */
final class ResultOptions {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures, one JSON object a line.")
  private Path json;

  @Option(names = "--plots", paramLabel = "DIR", description = "Draw the plots, as SVG.")
  private Path plots;

  /** Checks, before the long wait, that the results can be written. */
  void prepare() throws IOException {
    if (json != null) {
      Files.writeString(json, "");
    }
    if (plots != null) {
      Files.createDirectories(plots);
    }
  }

  /**
   * Writes the results.
   *
   * @param figures one JSON object a line
   */
  void write(List<String> figures, PrintWriter out) throws IOException {
    if (json != null) {
      Files.write(json, figures);
      out.println("Figures: " + json);
    }
    if (plots != null) {
      for (Plot plot : Plots.of(figures)) {
        plot.writeTo(plots);
      }
      out.println("Plots: " + plots);
    }
  }
}
