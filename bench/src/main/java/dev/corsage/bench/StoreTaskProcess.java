package dev.corsage.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a {@link StoreTask} in a JVM of its own. */
final class StoreTaskProcess {
  /** As in the archive with its own runtime. */
  private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

  /** The part of this class path that a function has; all of it would take memory. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "((corsage-(bench|core|store)|jackson-core|jedis)-[^/\\\\]*\\.jar"
              + "|(bench|core|stores/[a-z]+)/target/classes)$");

  private StoreTaskProcess() {}

  /**
   * Returns the figures by name.
   *
   * @param options more options of the JVM
   * @throws IllegalStateException if it fails
   */
  static Map<String, Long> run(
      List<String> options, String task, String reference, int origins, int number, int cached)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(StoreTask.class.getName(), task, reference));
    command.addAll(List.of("" + origins, "" + number, "" + cached));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Map<String, Long> results = new HashMap<>();
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals("result")) {
          results.put(words[1], Long.parseLong(words[2]));
        } else {
          output.append("\n  ").append(line);
        }
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(task + " " + reference + " failed:" + output);
      }
      return results;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(path -> NEEDED.matcher(path).find())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
