package dev.corsage.bench;

import dev.corsage.bench.FunctionProcess.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs functions with the part of a processor that Lambda gives them for their memory size. */
record MemorySizes(int requests, PrintWriter progress) {
  private static final int WARM_UP = 2_000;
  private static final int STARTS = 5;
  private static final int RUNS = 3;

  private static final byte[] EVENT = ColdStarts.event();

  /** Returns why no process can be limited to a part of a processor here, or null. */
  static String whyNot() {
    try {
      CpuLimit.of(new CpuQuota(CpuQuota.SMALLEST)).close();
      return null;
    } catch (IOException refused) {
      return refused.toString();
    }
  }

  /** Measures each function at each size. */
  List<SizeResult> limited(List<ColdSubject> subjects) throws IOException, InterruptedException {
    List<SizeResult> results = new ArrayList<>();
    for (ColdSubject subject : subjects) {
      // Once without counting: the first time, files come from the disk.
      FunctionProcess.run(subject, EVENT, 1);
      for (int megabytes : CpuQuota.SIZES) {
        progress.println(subject.name() + ", " + megabytes + " MB");
        try (CpuLimit limit = CpuLimit.of(new CpuQuota(megabytes))) {
          results.add(measure(subject, megabytes, limit.within(subject.command())));
        }
      }
    }
    return results;
  }

  /** Measures each function with all of the machine, as one of 1,769 MB. */
  List<SizeResult> unlimited(List<ColdSubject> subjects) throws IOException, InterruptedException {
    List<SizeResult> results = new ArrayList<>();
    for (ColdSubject subject : subjects) {
      progress.println(subject.name());
      FunctionProcess.run(subject, EVENT, 1);
      int largest = CpuQuota.SIZES.get(CpuQuota.SIZES.size() - 1);
      results.add(measure(subject, largest, subject.command()));
    }
    return results;
  }

  private SizeResult measure(ColdSubject subject, int megabytes, List<String> command)
      throws IOException, InterruptedException {
    Map<String, String> variables = new LinkedHashMap<>(subject.variables());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(megabytes));
    // The JVM sizes its heap by the memory of the machine.
    variables.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + megabytes + "m");
    ColdSubject sized = subject.with(command, variables);
    List<Sample> cold = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      cold.add(FunctionProcess.run(sized, EVENT, 1));
    }
    List<Times> runs = new ArrayList<>();
    double peakMegabytes = 0;
    for (int i = 0; i < RUNS; i++) {
      Sample sample = FunctionProcess.run(sized, EVENT, 1 + WARM_UP + requests);
      runs.add(new Times(sample.warmNanos().subList(WARM_UP, WARM_UP + requests)));
      peakMegabytes = Math.max(peakMegabytes, sample.peakKilobytes() / 1024.0);
    }
    // Other work on the machine disturbs a mean, but rarely two of three.
    runs.sort(Comparator.comparingDouble(Times::mean));
    Times warm = runs.get(RUNS / 2);
    double coldMillis =
        cold.stream().mapToDouble(Sample::firstMillis).sorted().toArray()[STARTS / 2];
    return new SizeResult(subject.name(), megabytes, coldMillis, warm, peakMegabytes);
  }
}
