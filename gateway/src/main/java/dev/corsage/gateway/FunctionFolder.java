package dev.corsage.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A function's archive, unpacked as AWS does into {@code /var/task}; gone when closed. */
final class FunctionFolder implements AutoCloseable {
  private static final int DELETE_ATTEMPTS = 40;

  private final Path folder;

  /** Who ends the process while it starts leaves nothing behind either. */
  private final Thread onExit = new Thread(this::deleteOnExit, "corsage-cleanup");

  private volatile boolean exiting;

  private FunctionFolder(Path folder) {
    this.folder = folder;
  }

  static FunctionFolder unpack(Path archive) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    FunctionFolder unpacked =
        new FunctionFolder(temporary.resolve("corsage-function-" + UUID.randomUUID()));
    try {
      // Before the folder is there: no signal can come between the two.
      Runtime.getRuntime().addShutdownHook(unpacked.onExit);
    } catch (IllegalStateException ending) {
      throw new IOException("The process is ending", ending);
    }
    Files.createDirectories(
        unpacked.folder,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries();
          all.hasMoreElements() && !unpacked.exiting; ) {
        unpacked.unpack(zip, all.nextElement());
      }
      if (zip.getEntry("bootstrap") != null) {
        unpacked.restorePermissions(archive);
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

  /** A custom runtime is run from where it is; ZipFile does not tell what is executable. */
  private void restorePermissions(Path archive) throws IOException {
    try (FileSystem zip =
            FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(file.toString().substring(1));
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // The hook deletes it.
      return;
    }
    delete();
  }

  /** Until nothing is left: another thread may still be unpacking, or the function be ending. */
  private void deleteOnExit() {
    exiting = true;
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(folder); attempt++) {
      try {
        delete();
      } catch (IOException | UncheckedIOException beingWritten) {
        LockSupport.parkNanos(25_000_000);
      }
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
