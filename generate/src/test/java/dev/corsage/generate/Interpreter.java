package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A process that runs generated code for the tests: a line of JSON in, a line of JSON out. */
final class Interpreter implements AutoCloseable {
  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader results;
  private final Path log;
  private String loaded;

  private Interpreter(Process process, Path log) {
    this.process = process;
    this.log = log;
    tasks = process.outputWriter(UTF_8);
    results = process.inputReader(UTF_8);
  }

  /** Starts Node.js with {@code driver.mjs}. */
  static Interpreter node() throws IOException {
    return start("node", "driver.mjs", "nodejs");
  }

  /** Starts Python with {@code driver.py}. */
  static Interpreter python() throws IOException {
    return start("python3", "driver.py", "python3");
  }

  private static Interpreter start(String command, String driver, String distribution)
      throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "interpreters"));
    Path script = folder.resolve(driver);
    try (InputStream in = Interpreter.class.getResourceAsStream(driver)) {
      Files.write(script, in.readAllBytes());
    }
    Path log = folder.resolve(command + ".log");
    try {
      Process process =
          new ProcessBuilder(command, script.toString()).redirectError(log.toFile()).start();
      return new Interpreter(process, log);
    } catch (IOException missing) {
      throw new IOException(
          "There is no "
              + command
              + " on the PATH, and this test runs generated code in it: install the package "
              + distribution
              + ".",
          missing);
    }
  }

  /**
   * Returns the results of a task of the driver.
   *
   * @param source what is generated; the driver keeps it, so it is sent once in a row
   * @param input the fields of the task
   */
  List<JsonNode> run(String task, String source, Map<String, ?> input) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("task", task);
    if (!source.equals(loaded)) {
      line.put("source", source);
    }
    line.putAll(input);
    tasks.write(Cases.JSON.writeValueAsString(line));
    tasks.newLine();
    tasks.flush();
    String result = results.readLine();
    if (result == null) {
      throw new IOException("The interpreter has ended: " + Files.readString(log));
    }
    loaded = source;
    JsonNode json = Cases.JSON.readTree(result);
    if (!json.has("result")) {
      throw new IOException(json.path("error").asText());
    }
    List<JsonNode> list = new ArrayList<>();
    json.get("result").forEach(list::add);
    return list;
  }

  /** Returns what a module decides on requests. */
  List<JsonNode> decide(String source, List<Case.Request> requests) throws IOException {
    return run("decide", source, requests(requests));
  }

  /** Returns requests as the field of a task. */
  static Map<String, ?> requests(List<Case.Request> requests) {
    return Map.of("requests", requests.stream().map(Case.Request::json).toList());
  }

  @Override
  public void close() throws IOException {
    tasks.close();
    process.destroy();
  }
}
