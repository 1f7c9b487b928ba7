package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder in which functions are packaged, and which is deleted when they are measured. */
final class Workshop {

  /** The measurement. */
  interface Work {
    void with(ColdSubjects subjects) throws IOException, InterruptedException;
  }

  private Workshop() {}

  /**
   * Packages the functions and measures them.
   *
   * @throws IllegalStateException if it fails, or is interrupted
   */
  static void run(PrintWriter progress, Work work) throws IOException {
    Path root = Path.of(System.getProperty("corsage.root", "."));
    String home = System.getProperty("corsage.bench.jdk25", "");
    Path folder = Files.createTempDirectory("corsage-bench-");
    try {
      progress.println("packaging");
      work.with(new ColdSubjects(root, folder, home.isEmpty() ? null : Path.of(home)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
