package dev.corsage.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
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
 * One subject responds to one kind of request, in a JVM of its own.
 *
 * <p>An invocation is a batch of requests that takes less than a millisecond, if it can. Each is
 * timed by itself, and the median is taken: on a busy machine many are interrupted, but not half. A
 * single response that takes longer is always interrupted there; then the processor's time counts.
 *
 * <p>Between invocations, off the clock, the requests get fresh strings. Their bytes must not be
 * counted either, which JMH's profiler would do, because it sees a whole iteration. So the counter
 * that it reads, the JVM's own, is read here, before and after each batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class BatchBenchmark {
  /** The method that is measured. */
  static final String METHOD = "respondToBatch";

  /**
   * So many small batches, or so much of the processor's time: by then everything is compiled. The
   * time of the clock says nothing on a busy machine.
   */
  private static final int WARM_BATCHES = 3_000;

  private static final int WARM_BATCH = 16;
  private static final long WARM_NANOS = 400_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The number of requests in an invocation. */
  @Param("1024")
  public int batch;

  private int requestCount;
  private int next;
  private long allocatedBefore;
  private long busyBefore;

  /** The cost of all invocations. */
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

  /**
   * Sets the subject up and checks its responses; returns the number of different requests.
   *
   * @throws IllegalStateException if a response is wrong
   */
  abstract int prepare() throws IOException;

  /** Puts fresh strings into a request; not measured. */
  abstract void refresh(int request);

  /** Responds to a request: this is measured. Returns the response, for the black hole. */
  abstract Object respond(int request) throws IOException;

  /** Returns the processor's time after which the subject is warm in any case. */
  long warmNanos() {
    return WARM_NANOS;
  }

  /** Sets up and warms up. */
  @Setup
  public void prepareAndWarmUp(Blackhole hole) throws IOException {
    requestCount = prepare();
    int measured = batch;
    batch = Math.min(batch, WARM_BATCH);
    long end = THREADS.getCurrentThreadCpuTime() + warmNanos();
    for (int i = 0; i < WARM_BATCHES && THREADS.getCurrentThreadCpuTime() < end; i++) {
      refreshBatch();
      respondToBatch(hole);
    }
    batch = measured;
  }

  /** Makes the next requests ready. */
  @Setup(Level.Invocation)
  public void refreshBatch() {
    for (int i = 0; i < batch; i++) {
      refresh((next + i) % requestCount);
    }
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    busyBefore = THREADS.getCurrentThreadCpuTime();
  }

  /** Responds to a batch of requests. */
  @Benchmark
  public void respondToBatch(Blackhole hole) throws IOException {
    int request = next;
    for (int i = 0; i < batch; i++) {
      hole.consume(respond(request));
      request = request + 1 == requestCount ? 0 : request + 1;
    }
    next = request;
  }

  /** Counts the cost of the batch. */
  @TearDown(Level.Invocation)
  public void count(Cost cost) {
    cost.busy += THREADS.getCurrentThreadCpuTime() - busyBefore;
    cost.bytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    cost.invocations++;
  }
}
