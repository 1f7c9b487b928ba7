package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Measures every subject in every case, each pair in a JVM of its own. */
final class EngineRun {
  /** A filter that takes this long is of no use, and measuring it would take too long. */
  private static final double TOO_SLOW_NS = 50e6;

  /** The time of an invocation: less than the time slices of a scheduler. */
  private static final double INVOCATION_NS = 500_000;

  private static final double UNKNOWN_NS = 500;

  /** The time to expect at most for each character of a hostile header. */
  private static final double HOSTILE_NS = 10;

  /** Only short lists are checked before the wait; each case is checked where it is measured. */
  private static final int CHECKED_AT_MOST = 10;

  private final Effort effort;
  private final GoEngine go;
  private final PrintWriter progress;
  private final Results results = new Results();
  private final Instant start = Instant.now();

  /**
   * Creates it.
   *
   * @param go the engine in Go, or null if there is none
   */
  EngineRun(Effort effort, GoEngine go, PrintWriter progress) {
    this.effort = effort;
    this.go = go;
    this.progress = progress;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a response of a subject is wrong
   */
  Results run() throws IOException, InterruptedException {
    List<Case> cases = effort == Effort.QUICK ? Cases.quick() : Cases.all();
    return run(cases, List.of(Subject.Name.values()));
  }

  /** Runs some cases for some subjects. */
  Results run(List<Case> cases, List<Subject.Name> subjects)
      throws IOException, InterruptedException {
    progress.println("bench: checking the responses of all subjects");
    check(cases, subjects);
    for (Case asked : cases) {
      progress.println("bench: " + asked);
      for (Subject.Name subject : subjects) {
        if (effort == Effort.FULL || Cases.isQuick(subject, asked)) {
          measureIfPossible(subject, asked);
        }
      }
    }
    return results;
  }

  private static void check(List<Case> cases, List<Subject.Name> subjects) {
    for (Case asked : cases) {
      boolean isShort = asked.origins() <= CHECKED_AT_MOST && asked.bench() != Case.Bench.HOSTILE;
      for (Subject.Name subject : subjects) {
        if (isShort && subject.isJava() && Cases.whyNot(subject, asked) == null) {
          VerdictCheck.check(Subject.of(subject, asked), subject, asked, VerdictCheck.ALL);
        }
      }
    }
  }

  private void measureIfPossible(Subject.Name subject, Case asked)
      throws IOException, InterruptedException {
    if (!subject.isJava() && go == null) {
      return;
    }
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
          "\"too slow\": by the figures for shorter lists, one request would take more than 50 ms.");
      return;
    }
    // At most as many as there are requests: all strings of a batch must be fresh.
    int most = new Workload(asked).requestCount();
    int batch = (int) Math.max(1, Math.min(most, INVOCATION_NS / expected));
    results.add(measure(subject, asked, batch));
  }

  /** Returns the time to expect from that for the next shorter list, in proportion at most. */
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

  private Figure measure(Subject.Name subject, Case asked, int batch)
      throws IOException, InterruptedException {
    if (!subject.isJava()) {
      Measurement.Cost cost = go.measure(asked, batch, effort.measuredMillis());
      return new Figure(subject, asked, cost.ns(), cost.bytes());
    }
    Map<String, String> parameters =
        Map.of(
            "subject", subject.toString(),
            "bench", asked.bench().toString(),
            "kind", asked.kind(),
            "origins", Integer.toString(asked.origins()));
    String what = subject.title + ", " + asked;
    Measurement.Cost cost = Measurement.of(EngineBenchmark.class, what, parameters, batch, effort);
    return new Figure(subject, asked, cost.ns(), cost.bytes());
  }
}
