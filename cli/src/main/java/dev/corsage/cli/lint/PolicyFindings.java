package dev.corsage.cli.lint;

import com.fasterxml.jackson.core.JsonLocation;
import dev.corsage.Problem;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What {@code lint} finds in a policy document, with the lines, for the console's editor. */
public final class PolicyFindings {
  private PolicyFindings() {}

  /** Returns {@code {"problems": [...]}}, each with {@code line} and {@code column}, from 1. */
  public static String json(String document) throws IOException {
    List<Problem> problems = new Lint(false).document(document);
    Map<String, JsonLocation> places = SourceText.places(document);
    return Json.object(
        out -> {
          out.writeArrayFieldStart("problems");
          for (Problem problem : problems) {
            JsonLocation place = SourceText.place(problem, places);
            out.writeStartObject();
            out.writeStringField("code", problem.code().name());
            out.writeStringField("severity", problem.severity().toString());
            out.writeStringField("field", problem.field());
            out.writeStringField("message", problem.message());
            out.writeStringField("fix", problem.fix());
            out.writeNumberField("line", place == null ? 1 : place.getLineNr());
            out.writeNumberField("column", place == null ? 1 : place.getColumnNr());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
