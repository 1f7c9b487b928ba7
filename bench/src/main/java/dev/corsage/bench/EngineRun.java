package dev.corsage.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Asks every subject every case, each pair in a JVM of its own. */
final class EngineRun {
  /** A filter that takes this long for a request is of no use, and the run would not end. */
  private static final double TOO_SLOW_NS = 50e6;

  /** What an invocation may take: less than the time slices of a scheduler. */
  private static final double INVOCATION_NS = 500_000;

  /**
   * No collector's threads beside the one that is measured, and its cheapest barriers, which help
   * those who write much into objects; nothing compiled behind the measurement's back; and no page
   * of memory touched for the first time while the clock runs.
   */
  private static final String[] JVM_OPTIONS = {
    "-XX:+UseSerialGC", "-Xbatch", "-Xms256m", "-Xmx4g", "-Xmn64m", "-XX:+AlwaysPreTouch",
  };

  private static final double UNKNOWN_NS = 500;

  /** What to expect at most for each character of a hostile header. */
  private static final double HOSTILE_NS = 10;

  /** Everything is checked again where it is measured; here the quick ones, before the wait. */
  private static final int CHECKED_AT_MOST = 10;

  /** How long to measure. */
  enum Effort {
    QUICK(1, 3, 100, Duration.ofSeconds(230)),
    FULL(2, 4, 200, Duration.ofMinutes(40));

    private final int warmups;
    private final int iterations;
    private final int milliseconds;

    /** What is not measured by then is left out: a quick run ends, however busy the machine. */
    private final Duration limit;

    Effort(int warmups, int iterations, int milliseconds, Duration limit) {
      this.warmups = warmups;
      this.iterations = iterations;
      this.milliseconds = milliseconds;
      this.limit = limit;
    }
  }

  private final Effort effort;
  private final PrintStream progress;
  private final Results results = new Results();
  private final Instant start = Instant.now();

  EngineRun(Effort effort, PrintStream progress) {
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a subject does not answer as it must
   */
  Results run() {
    List<Case> cases = effort == Effort.QUICK ? Cases.quick() : Cases.all();
    progress.println("bench: checking that all subjects answer right");
    check(cases);
    for (Case asked : cases) {
      progress.println("bench: " + asked);
      for (Subject.Name subject : Subject.Name.values()) {
        if (effort == Effort.FULL || Cases.isQuick(subject, asked)) {
          measureIfPossible(subject, asked);
        }
      }
    }
    return results;
  }

  private static void check(List<Case> cases) {
    for (Case asked : cases) {
      boolean isShort = asked.origins() <= CHECKED_AT_MOST && asked.bench() != Case.Bench.HOSTILE;
      for (Subject.Name subject : Subject.Name.values()) {
        if (isShort && Cases.whyNot(subject, asked) == null) {
          VerdictCheck.check(Subject.of(subject, asked), subject, asked, VerdictCheck.ALL);
        }
      }
    }
  }

  private void measureIfPossible(Subject.Name subject, Case asked) {
    String reason = Cases.whyNot(subject, asked);
    if (reason != null) {
      results.note(reason);
      return;
    }
    if (Duration.between(start, Instant.now()).compareTo(effort.limit) > 0) {
      results.leftOut(asked);
      return;
    }
    double expected = expected(subject, asked);
    if (expected > TOO_SLOW_NS) {
      results.tooSlow(subject, asked);
      results.note(
          "\"too slow\": by its figures for shorter lists one request would take over 50 ms.");
      return;
    }
    // Never more than there are requests: all strings of a batch must be fresh.
    int most = new Workload(asked).requestCount();
    int batch = (int) Math.max(1, Math.min(most, INVOCATION_NS / expected));
    results.add(measure(subject, asked, batch));
  }

  /** Returns the time to expect, by the next shorter list: at most in proportion to its length. */
  private double expected(Subject.Name subject, Case asked) {
    if (asked.bench() == Case.Bench.HOSTILE) {
      return HOSTILE_NS * Workload.size(asked.kind());
    }
    Figure shorter = null;
    Figure shortest = null;
    for (Figure figure : results.figures()) {
      Case same = new Case(asked.bench(), asked.kind(), figure.asked().origins());
      if (figure.subject() == subject && figure.asked().equals(same)) {
        shortest = shortest == null ? figure : shortest;
        shorter = figure;
      }
    }
    if (shorter == null) {
      return UNKNOWN_NS;
    }
    return shorter.ns() < 2 * shortest.ns()
        ? shorter.ns()
        : shorter.ns() * asked.origins() / shorter.asked().origins();
  }

  private Figure measure(Subject.Name subject, Case asked, int batch) {
    TimeValue time = TimeValue.milliseconds(effort.milliseconds);
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + Pattern.quote(EngineBenchmark.class.getName() + ".answer") + "$")
        .param("subject", subject.toString())
        .param("bench", asked.bench().toString())
        .param("kind", asked.kind())
        .param("origins", Integer.toString(asked.origins()))
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
      return figure(subject, asked, batch, new Runner(options.build()).run());
    } catch (RunnerException failed) {
      throw new IllegalStateException(subject.title + ", " + asked + ": " + causes(failed), failed);
    }
  }

  private static Figure figure(
      Subject.Name subject, Case asked, int batch, Collection<RunResult> runs) {
    RunResult run = runs.iterator().next();
    Result<?> time = run.getPrimaryResult();
    double bytes = run.getSecondaryResults().get("bytes").getScore();
    double invocations = run.getSecondaryResults().get("invocations").getScore();
    double median = time.getStatistics().getPercentile(50);
    if (batch == 1) {
      // Longer than the time slices of a scheduler: interrupted always, where others wait.
      median = Math.min(median, run.getSecondaryResults().get("busy").getScore() / invocations);
    }
    return new Figure(subject, asked, median / batch, bytes / invocations / batch);
  }

  /** Returns what went wrong in the other JVM. */
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
