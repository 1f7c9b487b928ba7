package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code cold-start}: the packaged functions, from the start of the process to the first answer.
 */
final class ColdStartCommand {
  private static final int MAX_STARTS = 1_000;

  private int starts = 15;

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static ColdStartCommand of(List<String> options) {
    ColdStartCommand command = new ColdStartCommand();
    for (int i = 0; i < options.size(); i += 2) {
      if (!options.get(i).equals("--starts")) {
        throw new WrongUseException("cold-start has no option " + options.get(i) + ".");
      }
      command.starts = i + 1 < options.size() ? number(options.get(i + 1)) : 0;
      if (command.starts < 1 || command.starts > MAX_STARTS) {
        throw new WrongUseException("--starts needs a number from 1 to " + MAX_STARTS + ".");
      }
    }
    return command;
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  void run(PrintStream out, PrintStream progress) throws IOException {
    Path root = Path.of(System.getProperty("corsage.root", "."));
    String home = System.getProperty("corsage.bench.jdk25", "");
    Path work = Files.createTempDirectory("corsage-bench-");
    try {
      progress.println("packaging");
      Path jdk25 = home.isEmpty() ? null : Path.of(home);
      List<ColdSubject> subjects = new ColdSubjects(root, work, jdk25).all();
      List<String> lines = new ColdStarts(starts, progress).run(subjects);
      out.println(Machine.describe());
      out.println(
          "Medians of "
              + starts
              + " starts, by turns: from the start of the process to its first answer.");
      out.println();
      lines.forEach(out::println);
      if (jdk25 == null) {
        out.println("NOT RUN with JDK 25: none found. Install one and name it in JDK25_HOME.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } finally {
      delete(work);
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
