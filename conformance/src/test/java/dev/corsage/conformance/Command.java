package dev.corsage.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./corsage} as its users do. */
record Command(int status, String out, String err) {

  static Command corsage(Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("corsage-out", ".txt");
    Path err = Files.createTempFile("corsage-err", ".txt");
    try {
      Process process =
          builder(environment, arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("corsage " + Arrays.toString(arguments) + " does not end");
      }
      return new Command(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Returns the lines on standard error. */
  List<String> errorLines() {
    return err.lines().toList();
  }

  static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Repository.root().toAbsolutePath().normalize().resolve("corsage").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Whoever runs the tests may like colours, or none.
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"));
    builder.environment().putAll(environment);
    // What this build has packaged, and with the Java that runs the tests.
    builder.environment().put("CORSAGE_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
