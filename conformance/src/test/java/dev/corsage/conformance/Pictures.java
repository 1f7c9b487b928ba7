package dev.corsage.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Screenshots: the tests write them to {@code target/}, and those that pages of the documentation
 * show to the folder of {@code -Dscreenshots=docs/images}, too.
 */
final class Pictures {
  private static final Pattern SHOWN = Pattern.compile("!\\[[^]]*]\\(([^)]+\\.png)\\)");

  private Pictures() {}

  /** Returns the pictures that pages show, with one of the pages. */
  static Map<Path, Path> shown() throws IOException {
    Map<Path, Path> shown = new TreeMap<>();
    for (Path page : pages()) {
      Matcher picture = SHOWN.matcher(Files.readString(page));
      while (picture.find()) {
        shown.put(page.resolveSibling(picture.group(1)).normalize(), page);
      }
    }
    return shown;
  }

  private static Iterable<Path> pages() throws IOException {
    Path root = Repository.root().normalize();
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(Stream.of(root.resolve("README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  /**
   * Writes a picture.
   *
   * @param name the name of the file, without a suffix
   */
  static void write(String name, byte[] png) throws IOException {
    String file = name + ".png";
    Files.write(Path.of("target", file), png);
    String folder = System.getProperty("screenshots");
    if (folder != null) {
      Path picture = Repository.root().resolve(folder).resolve(file).normalize();
      if (shown().containsKey(picture)) {
        Files.write(picture, png);
      }
    }
  }
}
