package dev.corsage.generate;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that runs generated code for the tests: a line of JSON in, a line of JSON out. */
final class Interpreter implements AutoCloseable {
  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;
  private final Path log;

  private Interpreter(Process process, Path log) {
    this.process = process;
    this.log = log;
    input = process.outputWriter(StandardCharsets.UTF_8);
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts Python with a driver, which is a resource beside this class. */
  static Interpreter python(String driver) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "python"));
    Path script = folder.resolve(driver);
    try (InputStream in = Interpreter.class.getResourceAsStream(driver)) {
      Files.write(script, in.readAllBytes());
    }
    Path log = folder.resolve("log.txt");
    try {
      Process process =
          new ProcessBuilder("python3", script.toString())
              .redirectError(new File(log.toString()))
              .start();
      return new Interpreter(process, log);
    } catch (IOException missing) {
      throw new IllegalStateException(
          "There is no python3 on the PATH, and this test runs generated code in it: install the"
              + " package python3.",
          missing);
    }
  }

  /** Lets the process do a task, and returns its result. */
  @SuppressWarnings("unchecked") // The driver writes an array of objects.
  List<Map<String, Object>> run(Map<String, Object> task) {
    try {
      input.write(Cases.JSON.writeValueAsString(task));
      input.newLine();
      input.flush();
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("The interpreter ended: " + Files.readString(log));
      }
      return (List<Map<String, Object>>) Cases.JSON.readValue(line, List.class);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
  }
}
