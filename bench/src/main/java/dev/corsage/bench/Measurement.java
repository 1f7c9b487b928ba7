package dev.corsage.bench;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures a {@link BatchBenchmark} in a JVM of its own, by JMH. */
final class Measurement {
  /**
   * No threads of a collector, and its cheapest barriers; no compilation in the background; and no
   * page of memory that is touched for the first time while the clock runs.
   */
  private static final String[] JVM_OPTIONS = {
    "-XX:+UseSerialGC", "-Xbatch", "-Xms256m", "-Xmx4g", "-Xmn64m", "-XX:+AlwaysPreTouch",
  };

  /** How long to measure. */
  enum Effort {
    /** To see that it works; the figures mean nothing. */
    SMOKE(1, 1, 10, 20, Duration.ofMinutes(5)),
    QUICK(1, 3, 100, 500, Duration.ofSeconds(230)),
    FULL(2, 4, 200, 2_000, Duration.ofMinutes(40));

    private final int warmups;
    private final int iterations;
    private final int milliseconds;

    /** How many origins are decided on for the first time, of each kind. */
    final int firstDecisions;

    /** After this time the rest is left out: a quick run ends, however busy the machine. */
    final Duration limit;

    Effort(int warmups, int iterations, int milliseconds, int firstDecisions, Duration limit) {
      this.warmups = warmups;
      this.iterations = iterations;
      this.milliseconds = milliseconds;
      this.firstDecisions = firstDecisions;
      this.limit = limit;
    }

    /** Returns how long all iterations take. */
    int measuredMillis() {
      return iterations * milliseconds;
    }
  }

  /**
   * The cost of a response.
   *
   * @param ns the median time
   * @param bytes the bytes that it allocates
   */
  record Cost(double ns, double bytes) {}

  private Measurement() {}

  /**
   * Measures.
   *
   * @param what it is, for people
   * @param batch the responses of an invocation
   * @throws IllegalStateException if it fails
   */
  static Cost of(
      Class<? extends BatchBenchmark> benchmark,
      String what,
      Map<String, String> parameters,
      int batch,
      Effort effort) {
    TimeValue time = TimeValue.milliseconds(effort.milliseconds);
    OptionsBuilder options = new OptionsBuilder();
    parameters.forEach(options::param);
    options
        .include("^" + Pattern.quote(benchmark.getName() + "." + BatchBenchmark.METHOD) + "$")
        .param("batch", Integer.toString(batch))
        .forks(1)
        .warmupForks(0)
        .warmupIterations(effort.warmups)
        .warmupTime(time)
        .measurementIterations(effort.iterations)
        .measurementTime(time)
        .jvmArgs(JVM_OPTIONS)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    try {
      return cost(new Runner(options.build()).run().iterator().next(), batch);
    } catch (RunnerException failed) {
      throw new IllegalStateException(what + ": " + causes(failed), failed);
    }
  }

  private static Cost cost(RunResult run, int batch) {
    Result<?> time = run.getPrimaryResult();
    double bytes = run.getSecondaryResults().get("bytes").getScore();
    double invocations = run.getSecondaryResults().get("invocations").getScore();
    double median = time.getStatistics().getPercentile(50);
    if (batch == 1) {
      // Longer than the time slices of a scheduler: always interrupted if others wait.
      median = Math.min(median, run.getSecondaryResults().get("busy").getScore() / invocations);
    }
    return new Cost(median / batch, bytes / invocations / batch);
  }

  /** Returns the failure in the other JVM. */
  private static String causes(Throwable failed) {
    StringBuilder causes = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      causes.append("\n  ").append(cause);
      for (Throwable suppressed : cause.getSuppressed()) {
        causes.append("\n  ").append(suppressed);
      }
    }
    return causes.toString();
  }
}
