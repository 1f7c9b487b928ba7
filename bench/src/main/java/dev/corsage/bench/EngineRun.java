package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks every subject every case, each pair in a JVM of its own. */
final class EngineRun {
  /** A filter that takes this long for a request is of no use, and the run would not end. */
  private static final double TOO_SLOW_NS = 50e6;

  /** What an invocation may take: less than the time slices of a scheduler. */
  private static final double INVOCATION_NS = 500_000;

  private static final double UNKNOWN_NS = 500;

  /** What to expect at most for each character of a hostile header. */
  private static final double HOSTILE_NS = 10;

  /** Everything is checked again where it is measured; here the quick ones, before the wait. */
  private static final int CHECKED_AT_MOST = 10;

  private final Effort effort;
  private final PrintWriter progress;
  private final Results results = new Results();
  private final Instant start = Instant.now();

  EngineRun(Effort effort, PrintWriter progress) {
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
