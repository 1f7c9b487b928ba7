package dev.corsage.bench;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
 * One subject answers the events of one shape, in a JVM of its own; {@link EventsRun} says which,
 * and {@link EngineBenchmark} why it is measured like this.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventsBenchmark {
  private static final int WARM_BATCHES = 3_000;
  private static final long WARM_AT_LAST_NS = 1_500_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Who answers, as {@link EventSubject.Name} writes it. */
  @Param("CORSAGE")
  public String subject;

  /** Whose events, as {@link Invoker} writes it. */
  @Param("HTTP_API_2")
  public String invoker;

  /** What is asked, as {@link EventKind} writes it. */
  @Param("PREFLIGHT")
  public String kind;

  /** The number of events in an invocation. */
  @Param("32")
  public int batch;

  private final ByteArrayOutputStream response = new ByteArrayOutputStream(1024);
  private final byte[][] events = new byte[SampleEvent.ORIGINS][];
  private EventSubject responder;
  private int next;
  private long allocatedBefore;
  private long busyBefore;

  /** Sets the subject up, holds that it answers right, and warms it up. */
  @Setup
  public void prepare(Blackhole hole) throws IOException {
    Invoker sender = Invoker.valueOf(invoker);
    EventKind asked = EventKind.valueOf(kind);
    for (int i = 0; i < events.length; i++) {
      events[i] = new SampleEvent(sender, asked).from(SampleEvent.origin(i));
      EventCheck.check(sender, asked, SampleEvent.origin(i));
    }
    responder = EventSubject.of(EventSubject.Name.valueOf(subject), sender, asked);
    long end = THREADS.getCurrentThreadCpuTime() + WARM_AT_LAST_NS;
    for (int i = 0; i < WARM_BATCHES && THREADS.getCurrentThreadCpuTime() < end; i++) {
      response(hole);
    }
  }

  /** Reads the counters. */
  @Setup(Level.Invocation)
  public void start() {
    allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    busyBefore = THREADS.getCurrentThreadCpuTime();
  }

  /** Answers a batch of events. */
  @Benchmark
  public void response(Blackhole hole) throws IOException {
    int event = next;
    for (int i = 0; i < batch; i++) {
      response.reset();
      responder.response(new ByteArrayInputStream(events[event]), response);
      hole.consume(response.size());
      event = event + 1 == events.length ? 0 : event + 1;
    }
    next = event;
  }

  /** Counts what the batch cost. */
  @TearDown(Level.Invocation)
  public void count(EngineBenchmark.Cost cost) {
    cost.busy += THREADS.getCurrentThreadCpuTime() - busyBefore;
    cost.bytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    cost.invocations++;
  }
}
