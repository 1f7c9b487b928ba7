package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    description = {
      "The engine beside Spring, Tomcat, Jetty and Vert.x on the same requests: 1 to 1,000,000"
          + " origins, wildcards, regular expressions, hostile headers.",
      ""
    })
final class EngineCommand implements Callable<Integer> {
  @Option(
      names = "--quick",
      description =
          "Fewer sizes and shorter measurements: it ends within 5 minutes, all of it takes half an hour.")
  private boolean quick;

  @Mixin private ResultOptions results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws Exception {
    results.prepare();
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Results measured = new EngineRun(quick ? Effort.QUICK : Effort.FULL, err).run();
    out.println(Machine.describe());
    out.println(
        "Median time of a response, bytes it allocates, times Corsage's time"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    out.print(Table.of(measured));
    out.println("The budget (decision: Corsage, decide alone)");
    Budget.lines(measured).forEach(out::println);
    out.println();
    measured.notes().forEach(note -> out.println("- " + note));
    results.write(measured.figures().stream().map(Figure::toJson).toList(), out);
    out.flush();
    return 0;
  }
}
