package dev.corsage.bench;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "memory-sizes",
    description = {
      "What the preflight function and one of today take and cost, with the part of a processor"
          + " that Lambda gives them at 128 to 1,769 MB.",
      ""
    })
final class MemorySizesCommand extends BenchmarkCommand {
  private static final int MAX = 1_000_000;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "3000",
      description =
          "How many requests are measured at each size. From 1 to 1000000, ${DEFAULT-VALUE} by default.")
  private int requests;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    checkNumber("--requests", requests, MAX);
    String whyNot = MemorySizes.whyNot();
    try (ColdSubjects subjects = ColdSubjects.inNewFolder(progress)) {
      MemorySizes sizes = new MemorySizes(requests, progress);
      List<ColdSubject> pair = subjects.pair();
      List<SizeResult> measured = whyNot == null ? sizes.limited(pair) : sizes.unlimited(pair);
      print(measured, whyNot, out);
      return measured.stream().map(SizeResult::toJson).toList();
    }
  }

  private void print(List<SizeResult> measured, String whyNot, PrintWriter out) {
    out.println(Machine.describe() + "; " + Machine.load());
    if (whyNot == null) {
      out.println(
          "Each process is limited to its size's part of one processor, by a control group with a"
              + " period of "
              + CpuQuota.PERIOD_MICROS / 1_000
              + " ms.");
    } else {
      out.println("NOT LIMITED to a part of a processor: " + whyNot + ".");
      out.println("So only the largest size is measured, with all that this machine has.");
    }
    out.println(
        "Cold start: median of 5. Warm: "
            + requests
            + " requests without a pause between them, of three processes the middle one.");
    for (String subject : measured.stream().map(SizeResult::subject).distinct().toList()) {
      out.println();
      out.println(subject);
      out.println(SizeResult.TITLES);
      measured.stream()
          .filter(result -> result.subject().equals(subject))
          .forEach(result -> out.println(result.line()));
    }
    out.println();
    Budget.memorySizes(measured).forEach(out::println);
  }
}
