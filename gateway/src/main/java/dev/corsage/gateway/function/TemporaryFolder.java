package dev.corsage.gateway.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A folder that is deleted when it is closed, or else when the process ends, with everything in it.
 * Only this user can read it.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final int DELETE_ATTEMPTS = 40;
  private static final long PAUSE_NANOS = 25_000_000;

  private final Path path;
  private final Thread onExit = new Thread(this::deleteOnExit, "corsage-cleanup");
  private volatile boolean ending;

  /**
   * Creates a folder.
   *
   * @param purpose is part of its name
   * @throws IOException if it cannot be created, or the process is ending
   */
  public TemporaryFolder(String purpose) throws IOException {
    path =
        Path.of(
            System.getProperty("java.io.tmpdir"), "corsage-" + purpose + "-" + UUID.randomUUID());
    try {
      // Before the folder exists: no signal can come between the two.
      Runtime.getRuntime().addShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      throw new IOException("The process is ending", exiting);
    }
    Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Returns where it is. */
  public Path path() {
    return path;
  }

  /** Tells whether the process is ending: nothing more should be written into the folder. */
  boolean isEnding() {
    return ending;
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // The hook deletes it.
      return;
    }
    delete();
  }

  /** Until nothing is left: another thread may still write, or a function still be ending. */
  private void deleteOnExit() {
    ending = true;
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(path); attempt++) {
      try {
        delete();
      } catch (IOException | UncheckedIOException beingWritten) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // Nothing is left to delete.
      return;
    }
  }
}
