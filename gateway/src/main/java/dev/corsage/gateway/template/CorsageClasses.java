package dev.corsage.gateway.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
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

  private CorsageClasses() {}

  static boolean areIn(CodeLocation code) {
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

  private static boolean inArchive(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      long left = MAX_UNPACKED;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
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

  private static boolean inJar(InputStream bytes) throws IOException {
    // Its names alone: nothing of its entries is kept.
    ZipInputStream jar = new ZipInputStream(bytes);
    for (ZipEntry entry; (entry = jar.getNextEntry()) != null; ) {
      if (entry.getName().startsWith(PACKAGE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve(PACKAGE))) {
      return true;
    }
    for (Path build :
        BUILD_FILES.stream().map(folder::resolve).filter(Files::isRegularFile).toList()) {
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
