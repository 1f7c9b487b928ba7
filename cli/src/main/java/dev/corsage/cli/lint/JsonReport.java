package dev.corsage.cli.lint;

import dev.corsage.cli.terminal.Findings;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.io.PrintWriter;

/** One object with all problems. */
final class JsonReport implements ReportWriter {
  @Override
  public void write(Findings result, PrintWriter out) throws IOException {
    out.println(
        Json.object(
            json -> {
              Json.writeProblems(json, result.problems());
              if (!result.unusable().isEmpty()) {
                json.writeArrayFieldStart("unusable");
                for (Findings.Unusable unusable : result.unusable()) {
                  json.writeStartObject();
                  json.writeStringField("file", unusable.file());
                  json.writeStringField("message", unusable.reason());
                  json.writeEndObject();
                }
                json.writeEndArray();
              }
            }));
    out.flush();
  }
}
