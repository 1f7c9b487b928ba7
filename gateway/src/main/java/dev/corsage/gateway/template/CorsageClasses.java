package dev.corsage.gateway.template;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Tells whether the code of a function has Corsage in it: its classes themselves, as a shaded jar
 * has them, or in a jar below {@code lib/}; or, if it has not been built, in its dependencies.
 */
final class CorsageClasses {
  private static final String PACKAGE = "dev/corsage/lambda/";

  /** A jar of ours under its own name; jars with other names are looked into. */
  private static final Pattern JAR = Pattern.compile("(.*/)?corsage-lambda[^/]*\\.jar");

  private static final String DEPENDENCY = "corsage-lambda";
  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts");

  /** Lambda's <a href="https://docs.aws.amazon.com/lambda/latest/dg/limits.html">quota</a>. */
  private static final long MAX_UNPACKED = 250L << 20;

  private static final int MAX_BUILD_FILE = 1 << 20;

  /**
   * For all functions of a template together: a jar in an archive is packed twice, so that few
   * bytes can become very many, and its entries may lie about their sizes. The names of entries are
   * behind their bytes, which have to be inflated. Where more would be needed it is not looked
   * further, and a function counts as one without Corsage; its author can mark it.
   */
  private static final long MAX_INFLATED = 4 * MAX_UNPACKED;

  private static final int MAX_ENTRIES = 1_000_000;

  private final Map<Path, Boolean> known = new HashMap<>();
  private final byte[] skipped = new byte[1 << 16];
  private long inflated;
  private int entries;

  boolean areIn(CodeLocation code) {
    // Functions often share their code.
    Boolean before = known.get(code.path());
    if (before != null) {
      return before;
    }
    boolean found = lookedFor(code);
    known.put(code.path(), found);
    return found;
  }

  private boolean lookedFor(CodeLocation code) {
    try {
      return switch (code.kind()) {
        case ARCHIVE -> inArchive(code.path());
        case FOLDER -> inFolder(code.path());
        case INLINE, NOT_HERE -> false;
      };
    } catch (IOException unreadable) {
      return false;
    }
  }

  private boolean inArchive(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long left = MAX_UNPACKED;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        countEntry();
        String name = entry.getName();
        if (name.startsWith(PACKAGE) || JAR.matcher(name).matches()) {
          return true;
        }
        if (name.startsWith("lib/") && name.endsWith(".jar")) {
          left -= Math.max(0, entry.getSize());
          if (left < 0) {
            return false;
          }
          try (InputStream jar = zip.getInputStream(entry)) {
            if (inJar(jar)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private boolean inJar(InputStream bytes) throws IOException {
    // Its names alone: nothing of its entries is kept.
    ZipInputStream jar = new ZipInputStream(counted(bytes));
    for (ZipEntry entry; (entry = jar.getNextEntry()) != null; ) {
      countEntry();
      if (entry.getName().startsWith(PACKAGE)) {
        return true;
      }
      for (int read; (read = jar.read(skipped)) > 0; ) {
        countInflated(read);
      }
    }
    return false;
  }

  /** Counts what is read of a jar, also where nothing comes out of it. */
  private InputStream counted(InputStream bytes) {
    return new FilterInputStream(bytes) {
      @Override
      public int read() throws IOException {
        countInflated(1);
        return super.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        countInflated(Math.max(0, read));
        return read;
      }
    };
  }

  private void countInflated(int bytes) throws IOException {
    inflated += bytes;
    if (inflated > MAX_INFLATED) {
      throw new IOException("The code is too large to look through.");
    }
  }

  private void countEntry() throws IOException {
    if (++entries > MAX_ENTRIES) {
      throw new IOException("The code has too many entries to look through.");
    }
  }

  private boolean inFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve(PACKAGE))) {
      return true;
    }
    for (String name : BUILD_FILES) {
      Path build = folder.resolve(name);
      if (!Files.isRegularFile(build) || !TemplateFile.ends(build)) {
        continue;
      }
      try (InputStream text = Files.newInputStream(build)) {
        String start = new String(text.readNBytes(MAX_BUILD_FILE), StandardCharsets.UTF_8);
        if (start.contains(DEPENDENCY)) {
          return true;
        }
      }
    }
    Path libraries = folder.resolve("lib");
    if (Files.isDirectory(libraries)) {
      try (Stream<Path> files = Files.list(libraries)) {
        for (Path jar : files.filter(CorsageClasses::isJar).toList()) {
          if (JAR.matcher(jar.getFileName().toString()).matches() || inArchive(jar)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether it can be read to its end: a pipe cannot. */
  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }
}
