package dev.corsage.cli.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Expands patterns of files, for shells that do not and for {@code **}, which few do. */
final class FilePatterns {
  private final CommandLine command;

  FilePatterns(CommandLine command) {
    this.command = command;
  }

  /**
   * Returns the files that are meant, each once: what exists under a name, else what matches it as
   * a pattern, sorted. A name that is neither stays, for its reader to report.
   */
  List<String> expand(List<String> names) throws IOException {
    Set<String> files = new LinkedHashSet<>();
    for (String name : names) {
      if (!name.matches(".*[*?\\[{].*") || exists(name)) {
        files.add(name);
      } else {
        files.addAll(matching(name));
      }
    }
    return List.copyOf(files);
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException pattern) {
      return false;
    }
  }

  private List<String> matching(String pattern) throws IOException {
    String slashes = pattern.replace('\\', '/');
    // The folder in front of the first name with a pattern in it.
    String before = slashes.replaceFirst("[*?\\[{].*", "");
    String folder = before.substring(0, before.lastIndexOf('/') + 1);
    List<String> found = new ArrayList<>();
    try {
      String names = slashes.substring(folder.length());
      // Of Java's patterns **/ is at least one folder; of shells' it may be none.
      PathMatcher matcher = matcher(names);
      PathMatcher withoutFolder = matcher(names.replace("**/", ""));
      Path start = Path.of(folder.isEmpty() ? "." : folder);
      boolean deep = slashes.contains("**");
      int depth = deep ? Integer.MAX_VALUE : names.split("/").length;
      if (Files.isDirectory(start)) {
        try (Stream<Path> files = Files.walk(start, depth)) {
          files
              .filter(Files::isRegularFile)
              .map(file -> start.relativize(file))
              .filter(file -> matcher.matches(file) || withoutFolder.matches(file))
              .map(file -> folder + file)
              .sorted()
              .forEach(found::add);
        }
      }
    } catch (PatternSyntaxException | InvalidPathException malformed) {
      throw new ParameterException(command, pattern + ": the pattern cannot be read");
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    if (found.isEmpty()) {
      throw new ParameterException(command, pattern + ": no file matches");
    }
    return found;
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}
