package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One process of Node.js, which runs generated code for many cases: {@code driver.mjs}. */
final class Node implements AutoCloseable {
  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader results;

  private Node(Process process) {
    this.process = process;
    tasks = process.outputWriter(UTF_8);
    results = process.inputReader(UTF_8);
  }

  static Node start() throws IOException {
    Path driver = Path.of("target", "driver.mjs").toAbsolutePath();
    try (InputStream file = Node.class.getResourceAsStream("driver.mjs")) {
      Files.write(driver, file.readAllBytes());
    }
    try {
      return new Node(
          new ProcessBuilder("node", driver.toString())
              .redirectError(new File("target/node.log"))
              .start());
    } catch (IOException missing) {
      throw new IOException(
          "Node.js is needed to run what is generated: install the package nodejs.", missing);
    }
  }

  /** Returns the result of a task of the driver. */
  JsonNode run(String task, String source, String key, Object values) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("task", task);
    line.put("source", source);
    line.put(key, values);
    tasks.write(Cases.JSON.writeValueAsString(line));
    tasks.newLine();
    tasks.flush();
    String result = results.readLine();
    if (result == null) {
      throw new IOException("Node.js has ended: " + Files.readString(Path.of("target/node.log")));
    }
    JsonNode json = Cases.JSON.readTree(result);
    if (!json.has("result")) {
      throw new IOException(json.path("error").asText());
    }
    return json.get("result");
  }

  /** Returns what a module decides on the requests of a case. */
  List<JsonNode> decide(String source, List<Case.Request> requests) throws IOException {
    List<Map<String, Object>> all = requests.stream().map(Case.Request::json).toList();
    return Comparison.list(run("decide", source, "requests", all));
  }

  @Override
  public void close() throws IOException {
    tasks.close();
    process.destroy();
  }
}
