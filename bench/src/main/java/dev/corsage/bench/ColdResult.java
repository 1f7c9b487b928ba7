package dev.corsage.bench;

import dev.corsage.bench.FunctionProcess.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The starts of one function.
 *
 * @param name what it is, and on what it runs
 * @param archiveBytes the size of its archive
 * @param cold its starts, at least one
 * @param warm later responses
 */
record ColdResult(String name, long archiveBytes, List<Sample> cold, Times warm) {
  static final String TITLES =
      String.format(
          "%-44s %24s %10s %10s %10s %17s",
          "", "first response (range)", "CPU", "memory", "archive", "warm p50 / p99");

  /** Returns a line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-44s %8.0f ms (%4.0f-%5.0f) %7.0f ms %7.0f MB %7.1f MB %6.0f / %5.0f µs",
        name,
        firstMillis(),
        fastest(),
        slowest(),
        cpuMillis(),
        peakMegabytes(),
        archiveBytes / 1e6,
        warm.percentile(50) / 1e3,
        warm.percentile(99) / 1e3);
  }

  /**
   * Returns the figures as a JSON object. No name needs escaping.
   *
   * @param bench the benchmark that they are of
   */
  String toJson(String bench) {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"%s\",\"subject\":\"%s\",\"starts\":%d,\"firstMs\":%.1f,"
            + "\"fastestMs\":%.1f,\"slowestMs\":%.1f,\"cpuMs\":%.1f,\"peakMb\":%.1f,"
            + "\"archiveBytes\":%d,\"warmP50Ns\":%d,\"warmP99Ns\":%d}",
        bench,
        name,
        cold.size(),
        firstMillis(),
        fastest(),
        slowest(),
        cpuMillis(),
        peakMegabytes(),
        archiveBytes,
        warm.percentile(50),
        warm.percentile(99));
  }

  double firstMillis() {
    return median(Sample::firstMillis);
  }

  double cpuMillis() {
    return median(Sample::cpuMillis);
  }

  double peakMegabytes() {
    return median(Sample::peakKilobytes) / 1024;
  }

  private double fastest() {
    return cold.stream().mapToDouble(Sample::firstMillis).min().orElseThrow();
  }

  private double slowest() {
    return cold.stream().mapToDouble(Sample::firstMillis).max().orElseThrow();
  }

  private double median(ToDoubleFunction<Sample> figure) {
    double[] sorted = cold.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
