package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code stores}: allow lists in DynamoDB and Redis beside one in the policy itself. */
final class StoresCommand {
  private static final int ORIGINS = 1_000_000;
  private static final int QUICK_ORIGINS = 200_000;

  private final boolean quick;
  private final Path json;
  private final Path plots;

  private StoresCommand(Options options) {
    quick = options.has("--quick");
    json = options.path("--json");
    plots = options.path("--plots");
  }

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static StoresCommand of(List<String> words) {
    return new StoresCommand(Options.of("stores", Set.of("--quick", "--json", "--plots"), words));
  }

  void run(PrintStream out, PrintStream progress) throws IOException {
    Options.prepare(json, plots);
    Path root = Path.of(System.getProperty("corsage.root", "."));
    Path folder = Files.createTempDirectory("corsage-bench-");
    List<StoreServer> servers = new ArrayList<>();
    try {
      servers.add(StoreServers.dynamoDb(root));
      StoreServer redis = StoreServers.redisOrNull(folder);
      if (redis != null) {
        servers.add(redis);
      }
      StoresRun run = new StoresRun(quick, quick ? QUICK_ORIGINS : ORIGINS, progress);
      print(run.run(servers), redis == null, out);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } finally {
      servers.forEach(StoreServer::close);
      Files.delete(folder);
    }
  }

  private void print(StoreFigures figures, boolean withoutRedis, PrintStream out)
      throws IOException {
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Median times; the stores are processes on this machine, on loopback"
            + (quick ? "; a quick run, so roughly." : "."));
    if (withoutRedis) {
      out.println("NOT RUN with Redis: there is no redis-server (apt-get install redis-server).");
    }
    out.println();
    figures.lines().forEach(out::println);
    out.println();
    out.println("The budget");
    Budget.stores(figures).forEach(out::println);
    if (json != null) {
      Files.write(json, figures.all().stream().map(StoreFigure::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null) {
      for (Plot plot : figures.plots()) {
        plot.writeTo(plots);
      }
      out.println("Plots: " + plots);
    }
  }
}
