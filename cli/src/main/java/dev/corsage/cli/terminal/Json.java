package dev.corsage.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.corsage.Problem;
import java.io.IOException;
import java.util.List;

/** The one factory of JSON readers and writers. */
public final class Json {
  /** What is one line must be one line, whatever a console's character set makes of it. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /** Writes problems as the field {@code problems}, a list of objects. */
  public static void writeProblems(JsonGenerator out, List<Problem> problems) throws IOException {
    out.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      out.writeStartObject();
      out.writeStringField("code", problem.code().name());
      out.writeStringField("severity", problem.severity().toString());
      out.writeStringField("field", problem.field());
      out.writeStringField("value", problem.value());
      out.writeStringField("message", problem.message());
      out.writeStringField("fix", problem.fix());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
