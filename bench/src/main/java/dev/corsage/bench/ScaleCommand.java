package dev.corsage.bench;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "scale",
    description = {
      "Long and large: serve and its functions under load, an import of a million origins, a check"
          + " of a thousand templates.",
      ""
    })
final class ScaleCommand extends BenchmarkCommand {
  private static final int MAX = 10_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "600",
      description = "How long the load lasts, in ten rounds; default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--origins",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "The origins that are imported; default: ${DEFAULT-VALUE}.")
  private int origins;

  @Option(
      names = "--templates",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The templates that are checked; default: ${DEFAULT-VALUE}.")
  private int templates;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    checkNumber("--seconds", seconds, MAX);
    checkNumber("--origins", origins, MAX);
    checkNumber("--templates", templates, MAX);
    try (TemporaryFolder folder = new TemporaryFolder("bench")) {
      return measure(folder.path(), out, progress);
    }
  }

  private List<String> measure(Path folder, PrintWriter out, PrintWriter progress)
      throws IOException, InterruptedException {
    List<String> figures = new ArrayList<>();
    out.println(Machine.describe() + "; " + Machine.load());
    ScaleRun run = new ScaleRun(folder);
    out.println();
    out.println(ScaleRun.Task.TITLES);
    progress.println("bench: lint of " + templates + " templates");
    add(run.lint(templates), figures, out);
    progress.println("bench: import of " + origins + " origins");
    try (StoreServer redis = StoreServers.redisOrNull(folder)) {
      if (redis == null) {
        out.println("NOT RUN: origins import: there is no redis-server on this machine.");
      } else {
        add(run.importOrigins(origins, redis), figures, out);
      }
    }
    out.println();
    if (!ServeLoad.isPossible()) {
      out.println("NOT RUN: serve under load: there is no wrk on this machine.");
      return figures;
    }
    out.println(ServeLoad.Round.TITLES);
    int each = Math.max(1, seconds / ServeLoad.ROUNDS);
    for (ServeLoad.Round round : new ServeLoad(folder, progress).run(each)) {
      out.println(round.line());
      figures.add(round.toJson());
    }
    return figures;
  }

  private static void add(ScaleRun.Task task, List<String> figures, PrintWriter out) {
    out.println(task.line());
    out.flush();
    figures.add(task.toJson());
  }
}
