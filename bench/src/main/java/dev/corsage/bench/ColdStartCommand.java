package dev.corsage.bench;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "cold-start",
    description = {
      "The packaged functions beside those that are written today, from the start of the process"
          + " to the first response.",
      ""
    })
final class ColdStartCommand extends BenchmarkCommand {
  private static final int MAX = 1000;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "15",
      description =
          "How often each function is started. From 1 to 1000, ${DEFAULT-VALUE} by default.")
  private int starts;

  @Option(
      names = "--load",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many processes keep the processors busy meanwhile; default: none.")
  private int load;

  @Option(
      names = "--options",
      description = "The custom runtime alone, as it is and with other options of the JVM.")
  private boolean options;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    checkNumber("--starts", starts, MAX);
    if (load != 0) {
      checkNumber("--load", load, MAX);
    }
    try (ColdSubjects subjects = ColdSubjects.inNewFolder(progress)) {
      List<ColdSubject> all = options ? subjects.options() : subjects.all();
      List<ColdResult> measured;
      try (BusyProcesses busy = new BusyProcesses(load)) {
        progress.println("bench: " + busy);
        measured = new ColdStarts(starts, progress).run(all);
      }
      print(measured, subjects.hasJdk25(), out);
      return measured.stream().map(result -> result.toJson("cold-start")).toList();
    }
  }

  private void print(List<ColdResult> measured, boolean hasJdk25, PrintWriter out) {
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Medians of "
            + starts
            + " starts, by turns: from the start of the process to its first response. "
            + load
            + " busy processes beside.");
    out.println();
    out.println(ColdResult.TITLES);
    measured.forEach(result -> out.println(result.line()));
    if (!hasJdk25) {
      out.println("NOT RUN with JDK 25: none found. Install one and name it in JDK25_HOME.");
    }
    if (!options) {
      out.println();
      Budget.coldStart(measured).forEach(out::println);
    }
  }
}
