package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import dev.corsage.bench.Measurement.Cost;
import dev.corsage.bench.Measurement.Effort;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Measures policies with a list in a store beside one that has the list itself. */
final class StoresRun {
  private static final int BATCH = 512;
  private static final int TEN = 10;
  private static final int STARTS = 7;

  /** As in a function of 128 MB, with no more heap than fits into it. */
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:MaxRAM=128m", "-Xmx48m");

  private final Effort effort;
  private final int origins;
  private final PrintWriter progress;
  private final StoreFigures figures;

  StoresRun(Effort effort, int origins, PrintWriter progress) {
    this.effort = effort;
    this.origins = origins;
    this.progress = progress;
    figures = new StoreFigures(origins);
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a decision is wrong
   */
  StoreFigures run(List<StoreServer> servers) throws IOException, InterruptedException {
    for (StoreServer server : servers) {
      progress.println("bench: " + Units.count(origins) + " origins into " + server.kind().title);
      long start = System.nanoTime();
      server.load(origins);
      figures.add(server.kind(), StoreMeasure.LOAD, (System.nanoTime() - start) / 1e9);
    }
    StoreServer fastest = servers.get(servers.size() - 1);
    next(StoreKind.IN_MEMORY, fastest.reference());
    for (StoreServer server : servers) {
      next(server.kind(), server.reference());
      first(server);
      crowd(server);
    }
    // The cache is the same whatever the store: the fastest one fills it.
    cache(fastest);
    return figures;
  }

  private void next(StoreKind kind, String reference) {
    progress.println("bench: next decisions, " + kind.title);
    int own = kind == StoreKind.IN_MEMORY ? origins : 0;
    next(StoreMeasure.NEXT_PREFLIGHT_ALLOWED, kind, reference, own);
    next(StoreMeasure.NEXT_PREFLIGHT_REFUSED, kind, reference, own);
    next(StoreMeasure.NEXT_ACTUAL_ALLOWED, kind, reference, own);
    next(StoreMeasure.NEXT_ACTUAL_REFUSED, kind, reference, own);
    next(StoreMeasure.OWN_PREFLIGHT, kind, reference, TEN);
    next(StoreMeasure.OWN_ACTUAL, kind, reference, TEN);
  }

  private void next(StoreMeasure measure, StoreKind kind, String reference, int own) {
    boolean preflight = measure.name().contains("PREFLIGHT");
    Map<String, String> parameters =
        Map.of(
            "reference", reference,
            "stored", Boolean.toString(kind != StoreKind.IN_MEMORY),
            "bench", (preflight ? Bench.PREFLIGHT_EXACT : Bench.ACTUAL_EXACT).toString(),
            "kind", measure.name().endsWith("REFUSED") ? Case.REFUSED : Case.ALLOWED,
            "origins", Integer.toString(own == TEN ? TEN : origins),
            "own", Integer.toString(own));
    String what = kind.title + ", " + measure.title;
    Cost cost = Measurement.of(StoresBenchmark.class, what, parameters, BATCH, effort);
    figures.add(kind, measure, cost.ns());
    if (own != TEN) {
      figures.add(kind, measure.bytes(), cost.bytes());
    }
  }

  private void first(StoreServer server) throws IOException, InterruptedException {
    StoreKind kind = server.kind();
    progress.println("bench: first decisions, " + kind.title);
    double[] cold = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      cold[i] = (double) task(server, List.of(), "cold", 1, StoreWorkload.CACHED).get("nanos");
    }
    Arrays.sort(cold);
    figures.add(kind, StoreMeasure.COLD, cold[STARTS / 2]);
    int number = Math.min(effort.firstDecisions, origins / 4);
    Map<String, Long> first = task(server, List.of(), "first", number, StoreWorkload.CACHED);
    figures.add(kind, StoreMeasure.FIRST_ALLOWED, first.get("allowedMedian"));
    figures.add(kind, StoreMeasure.FIRST_ALLOWED_99, first.get("allowedNinetyNine"));
    figures.add(kind, StoreMeasure.FIRST_REFUSED, first.get("refusedMedian"));
    figures.add(kind, StoreMeasure.ROUND_TRIPS, first.get("asked") / (2.0 * number));
    figures.add(kind, StoreMeasure.ROUND_TRIPS_NEXT, first.get("askedAgain") / (4.0 * number));
  }

  private void crowd(StoreServer server) throws IOException, InterruptedException {
    StoreKind kind = server.kind();
    progress.println("bench: many origins, " + kind.title);
    Map<String, Long> crowd = task(server, SMALL, "crowd", origins, StoreWorkload.CACHED);
    double seconds = crowd.get("nanos") / 1e9;
    figures.add(kind, StoreMeasure.CROWD, crowd.get("decided"));
    figures.add(kind, StoreMeasure.CROWD_RATE, crowd.get("decided") / seconds);
    if (crowd.containsKey("peakKilobytes")) {
      figures.add(kind, StoreMeasure.CROWD_PEAK, crowd.get("peakKilobytes") * 1024.0);
    }
  }

  private void cache(StoreServer server) throws IOException, InterruptedException {
    progress.println("bench: the heap that the cache keeps");
    cache(server, StoreMeasure.CACHE_10_000, 10_000, StoreWorkload.CACHED);
    cache(server, StoreMeasure.CACHE_100_000, 100_000, StoreWorkload.CACHED);
    cache(server, StoreMeasure.CACHE_ALL_100_000, 100_000, 100_000);
  }

  private void cache(StoreServer server, StoreMeasure measure, int number, int cached)
      throws IOException, InterruptedException {
    if (number > origins) {
      return;
    }
    // One less: at the full number the cache drops the half that was unused for longest.
    figures.add(
        server.kind(), measure, task(server, List.of(), "cache", number - 1, cached).get("bytes"));
  }

  private Map<String, Long> task(
      StoreServer server, List<String> options, String task, int number, int cached)
      throws IOException, InterruptedException {
    return StoreTaskProcess.run(options, task, server.reference(), origins, number, cached);
  }
}
