package dev.corsage.bench;

import com.sun.management.ThreadMXBean;
import dev.corsage.CorsPolicy;
import dev.corsage.bench.Case.Bench;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * Decisions on origins that were decided on before, by a policy with a store or without, in a JVM
 * of its own; {@link EngineBenchmark} says why it is measured like this.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoresBenchmark {
  private static final int WARM_BATCHES = 3_000;
  private static final int WARM_BATCH = 16;
  private static final long WARM_AT_LAST_NS = 400_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A list in a store. */
  @Param("")
  public String reference;

  /** Whether the policy asks it. */
  @Param("false")
  public boolean stored;

  /** What is asked, as {@link Bench} writes it. */
  @Param("preflight-exact")
  public String bench;

  /** How it is asked. */
  @Param("allowed")
  public String kind;

  /** The number of origins that are listed. */
  @Param("10")
  public int origins;

  /** The number of those that the policy has itself. */
  @Param("10")
  public int own;

  /** The number of requests in an invocation. */
  @Param("512")
  public int batch;

  private CountingList list;
  private CorsageDecision responder;
  private int requestCount;
  private long askedBefore;
  private int next;
  private long allocatedBefore;
  private long busyBefore;

  /** Makes the policy, decides on every request once, and warms up. */
  @Setup
  public void prepare(Blackhole hole) {
    Case asked = new Case(Bench.of(bench), kind, origins);
    List<AskedRequest> requests = new Workload(asked).requests();
    requestCount = requests.size();
    CountingList all = new CountingList(StoreKind.open(reference));
    if (stored) {
      list = all;
      responder = new CorsageDecision(StoreWorkload.policy(list, own));
    } else {
      // What a store has the JVM learn (which loops are worth while) is learnt here, too.
      CorsPolicy other = StoreWorkload.policy(all, 0);
      requests.forEach(request -> StoreWorkload.isAllowed(other, request.origin()));
      responder = new CorsageDecision(StoreWorkload.policy(own));
    }
    responder.prepare(requests);
    VerdictCheck.check(responder, Subject.Name.CORSAGE_DECIDE, asked, VerdictCheck.ALL);
    holdThatEachIsAskedOnce(requests);
    warmUp(hole);
  }

  private void holdThatEachIsAskedOnce(List<AskedRequest> requests) {
    if (list == null) {
      return;
    }
    Set<String> different = new HashSet<>();
    requests.forEach(request -> different.add(request.origin()));
    askedBefore = own == 0 ? different.size() : 0;
    if (list.asked() != askedBefore) {
      throw new IllegalStateException(
          "The store was asked " + list.asked() + " times for " + askedBefore + " origins.");
    }
  }

  private void warmUp(Blackhole hole) {
    int measured = batch;
    batch = WARM_BATCH;
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

  /** Decides on a batch of requests. */
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
  public void count(EngineBenchmark.Cost cost) {
    cost.busy += THREADS.getCurrentThreadCpuTime() - busyBefore;
    cost.bytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    cost.invocations++;
  }

  /** Holds that the store was not asked again. */
  @TearDown
  public void holdThatNothingWasAsked() {
    if (list != null && list.asked() != askedBefore) {
      throw new IllegalStateException("The store was asked again for what it had answered.");
    }
  }
}
