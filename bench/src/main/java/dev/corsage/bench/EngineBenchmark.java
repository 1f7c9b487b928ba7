package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import org.openjdk.jmh.annotations.Param;

/** One subject responds to one case; {@link EngineRun} says which. */
public class EngineBenchmark extends BatchBenchmark {
  /** The subject, as {@link Subject.Name} writes it. */
  @Param("corsage")
  public String subject;

  /** The kind of request, as {@link Bench} writes it. */
  @Param("actual-exact")
  public String bench;

  /** Whether it is allowed, and what else is special about it. */
  @Param("allowed")
  public String kind;

  /** The number of entries of the allow list. */
  @Param("10")
  public int origins;

  private Subject<?> measured;

  @Override
  int prepare() {
    Case asked = new Case(Bench.of(bench), kind, origins);
    Subject.Name name = Subject.Name.of(subject);
    measured = Subject.of(name, asked);
    // All of them, unless each takes long.
    VerdictCheck.check(measured, name, asked, batch < 16 ? 16 : VerdictCheck.ALL);
    return new Workload(asked).requestCount();
  }

  @Override
  void refresh(int request) {
    measured.refresh(request);
  }

  @Override
  Object respond(int request) {
    return measured.response(request);
  }
}
