package dev.corsage.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A function's archive, unpacked as AWS does into {@code /var/task}; gone when closed. */
final class FunctionFolder implements AutoCloseable {
  private final Path folder;

  /** Who ends the process while it starts leaves nothing behind either. */
  private final Thread onExit = new Thread(this::deleteQuietly, "corsage-cleanup");

  private FunctionFolder(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static FunctionFolder unpack(Path archive) throws IOException {
    FunctionFolder unpacked = new FunctionFolder(Files.createTempDirectory("corsage-function-"));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        unpacked.unpack(zip, all.nextElement());
      }
    } catch (IOException | RuntimeException unreadable) {
      unpacked.close();
      throw unreadable;
    }
    return unpacked;
  }

  private void unpack(ZipFile zip, ZipEntry entry) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The archive has an entry outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(zip.getInputStream(entry), target);
    }
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // The hook runs now, or has.
      deleteQuietly();
      return;
    }
    delete();
  }

  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException | UncheckedIOException alreadyGone) {
      // Two threads may delete the same files while the process ends.
      return;
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
