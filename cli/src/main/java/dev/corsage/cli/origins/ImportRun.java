package dev.corsage.cli.origins;

import dev.corsage.store.StoreException;
import dev.corsage.cli.origins.EntryBlocks.Block;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.EditableAllowList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes the entries of a file that was found to be good, and notes how far it is. */
final class ImportRun {
  private static final long NOTE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final EntryCheck check;
  private final Instant now;
  private final boolean skipInvalid;
  private final PrintWriter err;
  private final Terminal terminal;

  private ImportRecord reached;
  private long total;
  private ProgressLine progress;
  private long noted;
  private boolean cannotNote;

  ImportRun(
      Path file,
      EntryCheck check,
      Instant now,
      boolean skipInvalid,
      PrintWriter err,
      Terminal terminal) {
    this.file = file;
    this.check = check;
    this.now = now;
    this.skipInvalid = skipInvalid;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Writes what follows a position.
   *
   * @param entries how many the whole file has
   * @return how many entries of the file are on the list now
   * @throws StoreException if the store does not take them; how far it came is then noted
   */
  long write(EditableAllowList list, ImportRecord start, long entries)
      throws StoreException, IOException {
    reached = start;
    total = entries;
    progress = new ProgressLine(err, terminal.hasColours(), "writing", System::nanoTime);
    noted = System.nanoTime();
    try (BlockWriter writer = new BlockWriter(list, new Retries(Thread::sleep), this::written)) {
      writeBlocks(writer);
    } catch (StoreException e) {
      progress.end();
      note();
      throw new StoreException(e.kind(), e.getMessage() + brokenOff(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      note();
      throw new IOException("The import was interrupted." + brokenOff(), e);
    } finally {
      progress.end();
    }
    Files.deleteIfExists(ImportRecord.beside(file));
    return reached.written();
  }

  /** Returns how long it has taken. */
  double seconds() {
    return progress.seconds();
  }

  private void writeBlocks(BlockWriter writer)
      throws StoreException, IOException, InterruptedException {
    try (EntryBlocks blocks =
        EntryBlocks.open(file, reached.position(), reached.line(), check, now)) {
      for (Block block; (block = blocks.next()) != null; ) {
        if (block.refused() > 0 && !skipInvalid) {
          writer.finish();
          throw new IOException(
              file + " was changed while it was read: there are errors now. Import it anew.");
        }
        writer.write(block);
      }
      writer.finish();
    }
  }

  private void written(Block block) {
    reached = reached.at(block, reached.written() + block.entries().size());
    progress.update(reached.written(), (double) reached.written() / Math.max(1, total));
    if (System.nanoTime() - noted > NOTE_NANOS) {
      note();
      noted = System.nanoTime();
    }
  }

  private void note() {
    try {
      if (!cannotNote) {
        reached.write(ImportRecord.beside(file));
      }
    } catch (IOException e) {
      // The import itself is none the worse for it.
      cannotNote = true;
      progress.end();
      err.println(
          Terminal.sentence(
              ImportRecord.beside(file)
                  + " cannot be written: if the import breaks off, it has to begin anew."));
      err.flush();
    }
  }

  private String brokenOff() {
    String resume = cannotNote ? "" : "; --resume goes on there";
    return String.format(
        Locale.ROOT, " %,d of %,d entries are written%s.", reached.written(), total, resume);
  }
}
