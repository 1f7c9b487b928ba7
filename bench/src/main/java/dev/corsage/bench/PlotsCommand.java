package dev.corsage.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plots",
    description = {
      "Draws the plots of figures that a benchmark has written with --json. Those of the"
          + " documentation: bench/run plots bench/results/*.ndjson --to docs/images",
      ""
    })
final class PlotsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Figures.")
  private List<Path> files;

  @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where to.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    List<String> figures = new ArrayList<>();
    for (Path file : files) {
      figures.addAll(Files.readAllLines(file));
    }
    Files.createDirectories(folder);
    Plots.write(figures, folder);
    return 0;
  }
}
