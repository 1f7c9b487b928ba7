package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "engine",
    description = {
      "The engine beside Spring, Tomcat, Jetty, Vert.x and jub0bs/cors (Go) on the same requests: 1 to 1,000,000"
          + " origins, wildcards, regular expressions, hostile headers.",
      ""
    })
final class EngineCommand extends BenchmarkCommand {
  @Option(
      names = "--quick",
      description =
          "Fewer sizes and shorter measurements: it ends within 5 minutes, all of it takes half an hour.")
  private boolean quick;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    PeerPrograms peers = new PeerPrograms(progress);
    GoEngine go = peers.go("engine").map(GoEngine::new).orElse(null);
    Results measured = new EngineRun(quick ? Effort.QUICK : Effort.FULL, go, progress).run();
    out.println(Machine.describe());
    out.println(
        "Median time of a response, bytes it allocates, times Corsage's time"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    out.print(Table.of(measured));
    out.println("The budget (decision: Corsage, decide alone)");
    Budget.lines(measured).forEach(out::println);
    out.println();
    peers.missing().forEach(out::println);
    measured.notes().forEach(note -> out.println("- " + note));
    return measured.figures().stream().map(Figure::toJson).toList();
  }
}
