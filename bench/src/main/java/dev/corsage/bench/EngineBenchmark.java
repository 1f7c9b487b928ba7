package dev.corsage.bench;

import com.sun.management.ThreadMXBean;
import dev.corsage.bench.Case.Bench;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One subject answers one case, in a JVM of its own; {@link EngineRun} says which.
 *
 * <p>An invocation answers a batch of requests and takes less than a millisecond, if it can. Each
 * is timed by itself, and the median taken: on a busy machine many are interrupted, but not half. A
 * single answer that takes longer is interrupted always there; then the processor's time counts.
 *
 * <p>Between invocations, where no time is taken, the requests get fresh strings. Their bytes must
 * not be counted either, which JMH's profiler would do: it sees a whole iteration. So the counter
 * that it reads, the JVM's own, is read here, before and after each batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
  /**
   * So many small batches, or so much of the processor's time: whatever is compiled has been. By
   * work, because on a busy machine the time of the clock says nothing.
   */
  private static final int WARM_BATCHES = 3_000;

  private static final int WARM_BATCH = 16;
  private static final long WARM_AT_LAST_NS = 400_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The subject, as {@link Subject.Name} writes it. */
  @Param("corsage")
  public String subject;

  /** What is asked, as {@link Bench} writes it. */
  @Param("actual-exact")
  public String bench;

  /** How it is asked. */
  @Param("allowed")
  public String kind;

  /** The number of entries of the allow list. */
  @Param("10")
  public int origins;

  /** The number of requests in an invocation. */
  @Param("1024")
  public int batch;

  private Subject responder;
  private int requestCount;
  private int next;
  private long allocatedBefore;
  private long busyBefore;

  /** What all invocations cost. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cost {
    /** Bytes allocated. */
    public long bytes;

    /** Nanoseconds of the processor's time. */
    public long busy;

    /** Invocations. */
    public long invocations;
  }

  /** Sets the subject up, holds that it answers right, and warms it up. */
  @Setup
  public void prepare(Blackhole hole) {
    Case asked = new Case(Bench.of(bench), kind, origins);
    Subject.Name name = Subject.Name.of(subject);
    responder = Subject.of(name, asked);
    requestCount = new Workload(asked).requestCount();
    VerdictCheck.check(responder, name, asked, batch < WARM_BATCH ? WARM_BATCH : VerdictCheck.ALL);
    warmUp(hole);
  }

  private void warmUp(Blackhole hole) {
    int measured = batch;
    batch = Math.min(batch, WARM_BATCH);
    long end = THREADS.getCurrentThreadCpuTime() + WARM_AT_LAST_NS;
    for (int i = 0; i < WARM_BATCHES && THREADS.getCurrentThreadCpuTime() < end; i++) {
      refresh();
      response(hole);
    }
    batch = measured;
  }

  /** Puts fresh strings into the requests to come. */
  @Setup(Level.Invocation)
  public void refresh() {
    for (int i = 0; i < batch; i++) {
      responder.refresh((next + i) % requestCount);
    }
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    busyBefore = THREADS.getCurrentThreadCpuTime();
  }

  /** Answers a batch of requests. */
  @Benchmark
  public void response(Blackhole hole) {
    int request = next;
    for (int i = 0; i < batch; i++) {
      hole.consume(responder.response(request));
      request = request + 1 == requestCount ? 0 : request + 1;
    }
    next = request;
  }

  /** Counts what the batch cost. */
  @TearDown(Level.Invocation)
  public void count(Cost cost) {
    cost.busy += THREADS.getCurrentThreadCpuTime() - busyBefore;
    cost.bytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    cost.invocations++;
  }
}
