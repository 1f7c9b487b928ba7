package dev.corsage.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "cold-start",
    mixinStandardHelpOptions = true,
    description = {
      "The packaged functions beside those that are written today, from the start of the process"
          + " to the first response.",
      ""
    })
final class ColdStartCommand implements Callable<Integer> {
  private static final int MAX = 1000;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "15",
      description =
          "How often each function is started. From 1 to 1000, ${DEFAULT-VALUE} by default.")
  private int starts;

  @Mixin private ResultOptions results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Main.checkNumber(command, "--starts", starts, MAX);
    results.prepare();
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Workshop.run(
        err,
        subjects -> {
          List<ColdResult> measured = new ColdStarts(starts, err).run(subjects.all());
          print(measured, subjects.hasJdk25(), out);
          results.write(measured.stream().map(ColdResult::toJson).toList(), out);
        });
    out.flush();
    return 0;
  }

  private void print(List<ColdResult> measured, boolean hasJdk25, PrintWriter out) {
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Medians of "
            + starts
            + " starts, by turns: from the start of the process to its first response.");
    out.println();
    out.println(ColdResult.TITLES);
    measured.forEach(result -> out.println(result.line()));
    if (!hasJdk25) {
      out.println("NOT RUN with JDK 25: none found. Install one and name it in JDK25_HOME.");
    }
    out.println();
    Budget.coldStart(measured).forEach(out::println);
  }
}
