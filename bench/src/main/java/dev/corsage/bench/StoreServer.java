package dev.corsage.bench;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A store in a process of its own, on loopback, which ends with this one. */
record StoreServer(StoreKind kind, Process process, int port) implements AutoCloseable {
  private static final int WRITERS = 4;
  private static final int CHUNK = 5_000;

  /** Returns the reference of the list that is measured. */
  String reference() {
    return kind.reference(port);
  }

  /**
   * Puts the origins of the {@link StoreWorkload} on the list, as {@code corsage origins} does.
   *
   * @throws IllegalStateException if the store does not accept them
   */
  void load(int origins) throws InterruptedException {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (EditableAllowList list = StoreKind.open(reference())) {
      List<Future<?>> chunks = new ArrayList<>();
      for (int from = 0; from < origins; from += CHUNK) {
        int first = from;
        int end = Math.min(origins, from + CHUNK);
        chunks.add(writers.submit(() -> add(list, first, end)));
      }
      for (Future<?> chunk : chunks) {
        chunk.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(kind.title + " does not accept the origins", failed);
    } finally {
      writers.shutdownNow();
    }
  }

  private static Void add(EditableAllowList list, int first, int end) throws StoreException {
    List<Entry> entries = new ArrayList<>();
    for (int i = first; i < end; i++) {
      entries.add(new Entry(StoreWorkload.origin(i), null));
    }
    list.add(entries);
    return null;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
