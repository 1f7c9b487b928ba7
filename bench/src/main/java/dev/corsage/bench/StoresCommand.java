package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import dev.corsage.gateway.function.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "stores",
    description = {
      "A million origins in DynamoDB Local and in Redis beside a policy that has them itself: first"
          + " and next decisions, memory; within ten minutes.",
      ""
    })
final class StoresCommand extends BenchmarkCommand {
  private static final int ORIGINS = 1_000_000;
  private static final int QUICK_ORIGINS = 200_000;

  @Option(names = "--quick", description = "Shorter measurements, with 200,000 origins.")
  private boolean quick;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    Path root = Path.of(System.getProperty("corsage.root", "."));
    List<StoreServer> servers = new ArrayList<>();
    try (TemporaryFolder folder = new TemporaryFolder("bench")) {
      servers.add(StoreServers.dynamoDb(root));
      StoreServer redis = StoreServers.redisOrNull(folder.path());
      if (redis != null) {
        servers.add(redis);
      }
      Effort effort = quick ? Effort.QUICK : Effort.FULL;
      StoreFigures measured =
          new StoresRun(effort, quick ? QUICK_ORIGINS : ORIGINS, progress).run(servers);
      print(measured, redis == null, out);
      return measured.all().stream().map(StoreFigure::toJson).toList();
    } finally {
      servers.forEach(StoreServer::close);
    }
  }

  private void print(StoreFigures measured, boolean withoutRedis, PrintWriter out) {
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Median times; the stores are processes on this machine, on loopback"
            + (quick ? "; a quick run, so roughly." : "."));
    if (withoutRedis) {
      out.println("NOT RUN with Redis: there is no redis-server (apt-get install redis-server).");
    }
    out.println();
    measured.lines().forEach(out::println);
    out.println();
    out.println("The budget");
    Budget.stores(measured).forEach(out::println);
  }
}
