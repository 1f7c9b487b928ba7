package dev.corsage.gateway.function;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of a function as they are in {@code /var/task} on AWS, and a {@code /tmp} of its own.
 * An archive is unpacked; a folder is used where it is, so that what is edited there runs. What is
 * written here is gone when it is closed.
 */
final class FunctionArchive implements AutoCloseable {
  private final TemporaryFolder folder;
  private final Path task;

  private FunctionArchive(TemporaryFolder folder, Path task) throws IOException {
    this.folder = folder;
    this.task = task;
    Files.createDirectory(temporary());
    Files.createDirectory(client());
  }

  /**
   * Makes the files of a function available.
   *
   * @throws IOException if they cannot be read
   */
  static FunctionArchive open(FunctionFiles files) throws IOException {
    if (files.path() != null && !Files.isDirectory(files.path())) {
      return unpack(files.path());
    }
    TemporaryFolder folder = new TemporaryFolder("function");
    if (files.path() != null) {
      return new FunctionArchive(folder, files.path());
    }
    Path task = Files.createDirectory(folder.path().resolve("task"));
    Files.writeString(task.resolve(files.name()), files.text());
    return new FunctionArchive(folder, task);
  }

  /**
   * Unpacks an archive.
   *
   * @throws IOException if it is not an archive, or has an entry outside of itself
   */
  static FunctionArchive unpack(Path archive) throws IOException {
    TemporaryFolder folder = new TemporaryFolder("function");
    FunctionArchive unpacked = new FunctionArchive(folder, folder.path().resolve("task"));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Files.createDirectory(unpacked.task());
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

  /** Returns the folder with the files. */
  Path task() {
    return task;
  }

  /** Returns what {@code /tmp} is to the function. */
  Path temporary() {
    return folder.path().resolve("tmp");
  }

  /**
   * Returns the folder for the client of the Runtime API. Python looks there first for modules,
   * also for its own: so it is not one that the function writes into.
   */
  Path client() {
    return folder.path().resolve("client");
  }

  private void unpack(ZipFile zip, ZipEntry entry) throws IOException {
    Path target;
    try {
      target = task().resolve(entry.getName()).normalize();
    } catch (InvalidPathException unusable) {
      throw new IOException("The archive has an entry with an unusable name", unusable);
    }
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
