package dev.corsage.gateway.function;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The archive of a function, unpacked as AWS does into {@code /var/task}, and a {@code /tmp} of its
 * own; both are gone when it is closed.
 */
final class FunctionArchive implements AutoCloseable {
  private final TemporaryFolder folder;

  private FunctionArchive(TemporaryFolder folder) {
    this.folder = folder;
  }

  /**
   * Unpacks an archive.
   *
   * @throws IOException if it is not an archive, or has an entry outside of itself
   */
  static FunctionArchive unpack(Path archive) throws IOException {
    TemporaryFolder folder = new TemporaryFolder("function");
    FunctionArchive unpacked = new FunctionArchive(folder);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Files.createDirectory(unpacked.task());
      Files.createDirectory(unpacked.temporary());
      for (Enumeration<? extends ZipEntry> all = zip.entries();
          all.hasMoreElements() && !folder.isEnding(); ) {
        unpacked.unpack(zip, all.nextElement());
      }
      if (zip.getEntry("bootstrap") != null) {
        unpacked.restorePermissions(archive);
      }
      return unpacked;
    } catch (IOException | RuntimeException unreadable) {
      unpacked.close();
      throw unreadable;
    }
  }

  /** Returns the folder of the unpacked archive. */
  Path task() {
    return folder.path().resolve("task");
  }

  /** Returns what {@code /tmp} is to the function. */
  Path temporary() {
    return folder.path().resolve("tmp");
  }

  private void unpack(ZipFile zip, ZipEntry entry) throws IOException {
    Path target = task().resolve(entry.getName()).normalize();
    if (!target.startsWith(task())) {
      throw new IOException("The archive has an entry outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(zip.getInputStream(entry), target);
    }
  }

  /** A custom runtime runs from where it is; ZipFile does not tell what is executable. */
  private void restorePermissions(Path archive) throws IOException {
    try (FileSystem zip =
            FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = task().resolve(file.toString().substring(1));
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
