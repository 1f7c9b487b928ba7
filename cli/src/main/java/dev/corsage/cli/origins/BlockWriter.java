package dev.corsage.cli.origins;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.cli.origins.EntryBlocks.Block;
import dev.corsage.store.EditableAllowList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes blocks to a store on a few threads, and tells in the order of the file which of them are
 * written with all before them.
 *
 * <p>Each entry has a thread of its own among them, so that of two with the same origin the later
 * one holds, as it does in the file.
 */
final class BlockWriter implements AutoCloseable {
  static final int THREADS = 4;

  /** Enough that no thread is idle, and few enough that they need little memory. */
  private static final int BLOCKS_UNDER_WAY = 4;

  /** What is told of a block that is written. */
  interface Listener {
    void written(Block block);
  }

  private record UnderWay(Block block, List<Future<Boolean>> parts) {}

  private final EditableAllowList list;
  private final Retries retries;
  private final Listener listener;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Queue<UnderWay> underWay = new ArrayDeque<>();

  /** What failed first; nothing is written any more then. */
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  BlockWriter(EditableAllowList list, Retries retries, Listener listener) {
    this.list = list;
    this.retries = retries;
    this.listener = listener;
    for (int i = 0; i < THREADS; i++) {
      threads.add(Executors.newSingleThreadExecutor(BlockWriter::thread));
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "corsage-import");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Writes a block, when those before it are under way.
   *
   * @throws StoreException if one of those could not be written
   */
  void write(Block block) throws StoreException, InterruptedException {
    while (underWay.size() >= BLOCKS_UNDER_WAY) {
      awaitFirst();
    }
    List<Map<String, Entry>> parts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      parts.add(new LinkedHashMap<>());
    }
    for (Entry entry : block.entries()) {
      parts.get(Math.floorMod(entry.pattern().hashCode(), THREADS)).put(entry.pattern(), entry);
    }
    List<Future<Boolean>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      List<Entry> part = List.copyOf(parts.get(i).values());
      if (!part.isEmpty()) {
        futures.add(threads.get(i).submit(() -> add(part)));
      }
    }
    underWay.add(new UnderWay(block, futures));
  }

  /** Returns when all blocks are written. */
  void finish() throws StoreException, InterruptedException {
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
  }

  /** Tells whether the entries are written. */
  private boolean add(List<Entry> part) {
    // What is behind a failure is written by whoever resumes.
    if (failure.get() != null) {
      return false;
    }
    try {
      retries.run(() -> list.add(part));
      return true;
    } catch (StoreException | InterruptedException | RuntimeException e) {
      failure.compareAndSet(null, e);
      return false;
    }
  }

  private void awaitFirst() throws StoreException, InterruptedException {
    UnderWay first = underWay.remove();
    boolean written = true;
    for (Future<Boolean> part : first.parts) {
      try {
        written &= part.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!written) {
      throw storeFailure();
    }
    listener.written(first.block);
  }

  private StoreException storeFailure() {
    Exception first = failure.get();
    return first instanceof StoreException store
        ? store
        : new StoreException(Kind.UNAVAILABLE, "The store's client failed: " + first + ".", first);
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}
