package dev.corsage.gateway.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** AWS's own tools for templates, in one process of Python: see {@code oracle.py}. */
final class Oracle implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Process process;
  private final Writer requests;
  private final BufferedReader results;

  private Oracle(Process process) {
    this.process = process;
    requests = process.outputWriter(StandardCharsets.UTF_8);
    results = process.inputReader(StandardCharsets.UTF_8);
  }

  static Oracle start() throws IOException {
    String given = System.getenv("CORSAGE_ORACLE");
    Path python = Path.of(given == null ? "../target/oracle/bin/python" : given);
    if (!Files.isExecutable(python)) {
      throw new AssertionError(
          python
              + " is not there, and what AWS SAM makes of a template is not known without it."
              + " ./test installs it");
    }
    return new Oracle(
        new ProcessBuilder(python.toString(), "src/test/python/oracle.py")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Returns what a task says of a template. */
  Map<String, String> ask(String task, String template) throws IOException {
    StringWriter request = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(request)) {
      out.writeStartObject();
      out.writeStringField("task", task);
      out.writeStringField("text", template);
      out.writeEndObject();
    }
    requests.write(request + "\n");
    requests.flush();
    String line = results.readLine();
    if (line == null) {
      throw new AssertionError(
          "oracle.py has ended; its message is in the log. The template:\n" + template);
    }
    Map<String, String> result = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        result.put(name, parser.nextTextValue());
      }
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
