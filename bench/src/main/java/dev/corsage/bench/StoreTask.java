package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.store.EditableAllowList;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measurements of a store in a JVM of its own: {@code StoreTask TASK REFERENCE ORIGINS NUMBER
 * CACHED}. Prints {@code result NAME VALUE} for each figure.
 */
final class StoreTask {
  private static final int THREADS = 4;
  private static final long LIMIT_NS = 240_000_000_000L;

  /** Coprime to every number of origins that is used, so all indexes are visited, out of order. */
  private static final long STRIDE = 611_953;

  private final CountingList list;
  private final int origins;
  private final int number;
  private final int cached;
  private CorsPolicy kept;

  private StoreTask(CountingList list, int origins, int number, int cached) {
    this.list = list;
    this.origins = origins;
    this.number = number;
    this.cached = cached;
  }

  /** Carries out one of the tasks. */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    try (EditableAllowList store = StoreKind.open(arguments[1])) {
      StoreTask task =
          new StoreTask(
              new CountingList(store),
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              Integer.parseInt(arguments[4]));
      switch (arguments[0]) {
        case "cold" -> task.cold(start);
        case "first" -> task.first();
        case "cache" -> task.cache();
        case "crowd" -> task.crowd();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** The first decision of a process: classes, connection, request and response. */
  private void cold(long start) {
    decide(StoreWorkload.policy(list, 0), 0);
    report("nanos", System.nanoTime() - start);
  }

  /** First decisions one after the other, in a warm process; then the same again. */
  private void first() {
    CorsPolicy policy = StoreWorkload.policy(list, 0);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 2 * number; i++) {
      all.add(i);
      all.add(origins + i);
    }
    all.subList(0, 2 * number).forEach(index -> decide(policy, index));
    List<Long> allowed = new ArrayList<>();
    List<Long> refused = new ArrayList<>();
    long askedBefore = list.asked();
    for (int index : all.subList(2 * number, 4 * number)) {
      long start = System.nanoTime();
      decide(policy, index);
      (index < origins ? allowed : refused).add(System.nanoTime() - start);
    }
    report("asked", list.asked() - askedBefore);
    all.forEach(index -> decide(policy, index));
    report("askedAgain", list.asked() - askedBefore - 2L * number);
    report("allowedMedian", new Times(allowed).percentile(50));
    report("allowedNinetyNine", new Times(allowed).percentile(99));
    report("refusedMedian", new Times(refused).percentile(50));
  }

  /** The heap that the cache keeps after so many listed origins: what is free without it. */
  private void cache() throws InterruptedException {
    kept = StoreWorkload.policy(list, 0, cached);
    decideAll(kept, number, false);
    long with = usedHeap();
    kept = null;
    report("bytes", with - usedHeap());
  }

  /** Many different origins, half of them not listed, within the memory of this process. */
  private void crowd() throws InterruptedException, IOException {
    CorsPolicy policy = StoreWorkload.policy(list, 0, cached);
    long start = System.nanoTime();
    report("decided", decideAll(policy, number, true));
    report("nanos", System.nanoTime() - start);
    long peak = Machine.peakKilobytes(Path.of("/proc/self"));
    if (peak > 0) {
      report("peakKilobytes", peak);
    }
  }

  /** Returns how many of these decisions there was time for. */
  private int decideAll(CorsPolicy policy, int count, boolean invented)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger decided = new AtomicInteger();
    long end = System.nanoTime() + LIMIT_NS;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            threads.submit(
                () -> {
                  int turn = next.getAndIncrement();
                  for (; turn < count && System.nanoTime() < end; turn = next.getAndIncrement()) {
                    int index = (int) (turn * STRIDE % origins);
                    decide(policy, invented && turn % 2 == 1 ? origins + turn : index);
                    decided.incrementAndGet();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } finally {
      threads.shutdown();
    }
    return decided.get();
  }

  private void decide(CorsPolicy policy, int index) {
    if (StoreWorkload.isAllowed(policy, StoreWorkload.origin(index)) != index < origins) {
      throw new IllegalStateException("wrong: " + StoreWorkload.origin(index));
    }
  }

  @SuppressWarnings("SystemGc") // What is left afterwards is kept.
  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static void report(String name, long value) {
    System.out.println(String.format(Locale.ROOT, "result %s %d", name, value));
  }
}
