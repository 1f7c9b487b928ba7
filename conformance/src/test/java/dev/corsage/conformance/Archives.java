package dev.corsage.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reads and makes the archives of functions. */
final class Archives {
  private Archives() {}

  /** Returns the names of the files in an archive, in their order. */
  static List<String> entries(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  /** Makes an archive of a handler's class and the jars that its classes come from. */
  static Path of(Path folder, Class<?> handler, Class<?>... librariesOf) throws IOException {
    Path archive = folder.resolve(handler.getSimpleName() + ".zip");
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      String name = handler.getName().replace('.', '/') + ".class";
      zip.putNextEntry(new ZipEntry(name));
      try (InputStream code = handler.getResourceAsStream('/' + name)) {
        code.transferTo(zip);
      }
      for (Class<?> library : librariesOf) {
        Path jar = Path.of(library.getProtectionDomain().getCodeSource().getLocation().getPath());
        zip.putNextEntry(new ZipEntry("lib/" + jar.getFileName()));
        Files.copy(jar, zip);
      }
    }
    return archive;
  }

  /** Makes a jar of a handler's class and all that is in the jars of its libraries. */
  static void jar(Path jar, Class<?> handler, List<Path> libraries) throws IOException {
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      String name = handler.getName().replace('.', '/') + ".class";
      zip.putNextEntry(new ZipEntry(name));
      try (InputStream code = handler.getResourceAsStream('/' + name)) {
        code.transferTo(zip);
      }
      for (Path library : libraries) {
        try (ZipFile classes = new ZipFile(library.toFile())) {
          for (ZipEntry entry : classes.stream().toList()) {
            if (!entry.isDirectory() && names.add(entry.getName())) {
              zip.putNextEntry(new ZipEntry(entry.getName()));
              classes.getInputStream(entry).transferTo(zip);
            }
          }
        }
      }
    }
  }

  /** Unpacks an archive with times and permissions, as Lambda does. */
  static void unpack(Path archive, Path to) throws IOException {
    try (FileSystem zip =
            FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(file.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
  }
}
