package dev.corsage.cli.origins;

import dev.corsage.cli.origins.EntryBlocks.Block;
import dev.corsage.cli.terminal.ProgressLine;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes the entries of a file that was checked, a few of them at a time, and knows how far it is.
 */
final class ImportRun {
  private static final int THREADS = 4;

  private final Path file;
  private final EntryCheck check;
  private final Instant now;
  private final boolean skipInvalid;
  private final ProgressLine progress;
  private final long total;

  private long nextLine;
  private long written;

  /**
   * Creates a run.
   *
   * @param fromLine the first line to write
   * @param total how many entries there are from that line on
   */
  ImportRun(
      Path file,
      long fromLine,
      long total,
      EntryCheck check,
      Instant now,
      boolean skipInvalid,
      ProgressLine progress) {
    this.file = file;
    this.nextLine = fromLine;
    this.total = total;
    this.check = check;
    this.now = now;
    this.skipInvalid = skipInvalid;
    this.progress = progress;
  }

  /**
   * Writes the entries, and returns how many.
   *
   * @throws StoreException if the store does not take all of them; the message says where to go on
   */
  long write(EditableAllowList list) throws StoreException, IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, ImportRun::thread);
    try (EntryBlocks blocks = EntryBlocks.open(file, nextLine, check, now)) {
      for (Block block; (block = blocks.next()) != null; ) {
        if (block.refused() > 0 && !skipInvalid) {
          throw new IOException(
              file + " was changed while it was read: it has errors now. Import it again.");
        }
        write(block.entries(), list, threads);
        nextLine = block.line() + 1;
        written += block.entries().size();
        progress.update(written, (double) written / Math.max(1, total));
      }
      return written;
    } catch (StoreException e) {
      throw new StoreException(e.kind(), e.getMessage() + stopped(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The import was interrupted." + stopped(), e);
    } finally {
      threads.shutdownNow();
      progress.end();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "corsage-import");
    thread.setDaemon(true);
    return thread;
  }

  /** Writes entries, a part on each thread; of two with the same origin the last one counts. */
  private static void write(List<Entry> entries, EditableAllowList list, ExecutorService threads)
      throws StoreException, InterruptedException {
    Map<String, Entry> byPattern = new LinkedHashMap<>();
    entries.forEach(entry -> byPattern.put(entry.pattern(), entry));
    List<Entry> all = List.copyOf(byPattern.values());
    int size = (all.size() + THREADS - 1) / THREADS;
    List<Callable<Void>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<Entry> part = all.subList(from, Math.min(from + size, all.size()));
      parts.add(
          () -> {
            list.add(part);
            return null;
          });
    }
    for (Future<Void> part : threads.invokeAll(parts)) {
      try {
        part.get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        String message = "The store's client failed: " + cause + ".";
        throw cause instanceof StoreException failure
            ? failure
            : new StoreException(StoreException.Kind.UNAVAILABLE, message, cause);
      }
    }
  }

  private String stopped() {
    return String.format(
        Locale.ROOT,
        " %,d of %,d entries are written; go on with --from-line %d.",
        written,
        total,
        nextLine);
  }
}
