package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code memory-sizes}: what a function takes and costs by its memory size. */
final class MemorySizesCommand {
  private static final int REQUESTS = 3_000;
  private static final int MAX_REQUESTS = 1_000_000;

  private final int requests;
  private final Path json;
  private final Path plots;

  private MemorySizesCommand(Options options) {
    requests = options.number("--requests", REQUESTS, MAX_REQUESTS);
    json = options.path("--json");
    plots = options.path("--plots");
  }

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static MemorySizesCommand of(List<String> words) {
    return new MemorySizesCommand(
        Options.of("memory-sizes", Set.of("--requests", "--json", "--plots"), words));
  }

  void run(PrintStream out, PrintStream progress) throws IOException {
    Options.prepare(json, plots);
    String whyNot = MemorySizes.whyNot();
    Workshop.run(
        progress,
        subjects -> {
          MemorySizes sizes = new MemorySizes(requests, progress);
          List<ColdSubject> pair = subjects.pair();
          print(whyNot == null ? sizes.limited(pair) : sizes.unlimited(pair), whyNot, out);
        });
  }

  private void print(List<SizeResult> results, String whyNot, PrintStream out) throws IOException {
    out.println(Machine.describe() + "; " + Machine.load());
    if (whyNot == null) {
      out.println(
          "Each process is held to its size's part of one processor, by a control group with a"
              + " period of "
              + CpuQuota.PERIOD_MICROS / 1_000
              + " ms.");
    } else {
      out.println("NOT HELD to any part of a processor: " + whyNot + ".");
      out.println("So there is the largest size alone, with all that this machine has.");
    }
    out.println(
        "Cold start: median of 5. Warm: "
            + requests
            + " requests without a pause between them, of three processes the middle one.");
    for (String subject : results.stream().map(SizeResult::subject).distinct().toList()) {
      out.println();
      out.println(subject);
      out.println(SizeResult.TITLES);
      results.stream()
          .filter(result -> result.subject().equals(subject))
          .forEach(result -> out.println(result.line()));
    }
    out.println();
    Budget.memorySizes(results).forEach(out::println);
    if (json != null) {
      Files.write(json, results.stream().map(SizeResult::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null && whyNot == null) {
      for (Plot plot : SizePlot.of(results)) {
        plot.writeTo(plots);
      }
      out.println("Plots: " + plots);
    }
  }
}
