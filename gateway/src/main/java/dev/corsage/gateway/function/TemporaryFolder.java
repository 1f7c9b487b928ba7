package dev.corsage.gateway.function;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that is deleted when it is closed, or else when the process ends, with everything in it;
 * if the process is killed, the next one that makes such a folder deletes it. Only this user can
 * read it: events, and so the logs of functions, have tokens and cookies in them.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final int DELETE_ATTEMPTS = 40;
  private static final long PAUSE_NANOS = 25_000_000;
  private static final String PREFIX = "corsage-";

  /** Exactly the names that are made here: others in the folder belong to the user. */
  private static final Pattern NAME =
      Pattern.compile(PREFIX + "[a-z]+(-[a-z]+)*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A file that the process keeps locked until it ends. */
  private static final String LOCK = "lock";

  /** A younger folder may not be locked yet. */
  private static final Duration LOCKED_WITHIN = Duration.ofMinutes(1);

  /**
   * The roots of this process. Their locks are not tried: on POSIX, closing any channel of a file
   * gives up the locks that the process has on it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  /** Has the lock, and the folder itself. */
  private final Path root;

  private final Path path;
  private final Thread onExit = new Thread(this::deleteOnExit, "corsage-cleanup");
  private final FileChannel lock;
  private volatile boolean ending;

  /**
   * Creates a folder.
   *
   * @param purpose is part of its name
   * @throws IOException if it cannot be created, or the process is ending
   */
  public TemporaryFolder(String purpose) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    root = parent.resolve(PREFIX + purpose + "-" + UUID.randomUUID());
    path = root.resolve("files");
    OWN.add(root);
    try {
      // Before the folder exists: no signal can come between the two.
      Runtime.getRuntime().addShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      throw new IOException("The process is ending", exiting);
    }
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    lock = FileChannel.open(root.resolve(LOCK), CREATE_NEW, WRITE);
    FileLock held = lock.tryLock();
    if (held == null) {
      throw new IOException(root + " is locked by another process");
    }
    Files.createDirectory(path);
    deleteAbandoned(parent);
  }

  /** Deletes the folders of processes that were killed. */
  private void deleteAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException undeletable) {
      // Another process deletes it, or it belongs to another user: nothing depends on it.
      return;
    }
  }

  private boolean isAbandoned(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    Instant changed = Files.getLastModifiedTime(folder, NOFOLLOW_LINKS).toInstant();
    if (!NAME.matcher(folder.getFileName().toString()).matches()
        || OWN.contains(folder)
        || changed.plus(LOCKED_WITHIN).isAfter(Instant.now())
        || !Files.isRegularFile(file, NOFOLLOW_LINKS)
        || !Files.getOwner(folder, NOFOLLOW_LINKS).equals(Files.getOwner(root))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, WRITE, NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      return free != null;
    }
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
    delete(root);
    lock.close();
  }

  /** Until nothing is left: another thread may still write, or a function still be ending. */
  private void deleteOnExit() {
    ending = true;
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(root); attempt++) {
      try {
        delete(root);
      } catch (IOException | UncheckedIOException beingWritten) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // Nothing is left to delete.
      return;
    }
  }
}
