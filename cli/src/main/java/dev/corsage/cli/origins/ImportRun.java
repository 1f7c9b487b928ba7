package dev.corsage.cli.origins;

import dev.corsage.cli.origins.EntryBlocks.Block;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** Writes the entries of a file that was checked, and knows how far it is. */
final class ImportRun {
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
    try (BlockWriter writer = new BlockWriter(list, this::written);
        EntryBlocks blocks = EntryBlocks.open(file, nextLine, check, now)) {
      for (Block block; (block = blocks.next()) != null; ) {
        if (block.refused() > 0 && !skipInvalid) {
          writer.finish();
          throw new IOException(
              file + " was changed while it was read: it has errors now. Import it again.");
        }
        writer.write(block);
      }
      writer.finish();
      return written;
    } catch (StoreException e) {
      throw new StoreException(e.kind(), e.getMessage() + stopped(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The import was interrupted." + stopped(), e);
    } finally {
      progress.end();
    }
  }

  private void written(Block block) {
    nextLine = block.line() + 1;
    written += block.entries().size();
    progress.update(written, (double) written / Math.max(1, total));
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
