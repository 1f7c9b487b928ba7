package dev.corsage.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.corsage.Decision;
import dev.corsage.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** JSON as the commands write it. */
public final class Json {
  /** One line stays one line, in any character set of a console. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  /** Writes the fields of an object. */
  public interface Fields {
    /** Writes them. */
    void write(JsonGenerator out) throws IOException;
  }

  /** Returns an object with some fields, on one line. */
  public static String object(Fields fields) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(json)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    }
    return json.toString();
  }

  /** Writes problems as the field {@code problems}. */
  public static void writeProblems(JsonGenerator out, List<Problem> problems) throws IOException {
    out.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      out.writeStartObject();
      out.writeStringField("code", problem.code().name());
      out.writeStringField("severity", problem.severity().toString());
      if (!problem.code().effect().isEmpty()) {
        out.writeStringField("effect", problem.code().effect());
      }
      out.writeStringField("field", problem.field());
      out.writeStringField("value", problem.value());
      out.writeStringField("message", problem.message());
      out.writeStringField("fix", problem.fix());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes a list of texts as a field. */
  public static void writeStrings(JsonGenerator out, String field, Collection<String> texts)
      throws IOException {
    out.writeFieldName(field);
    out.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }

  /** Writes the fields of a decision. */
  public static void writeDecision(JsonGenerator out, Decision decision) throws IOException {
    out.writeStringField("kind", decision.kind().toString());
    out.writeBooleanField("allowed", decision.isAllowed());
    out.writeStringField("reason", decision.reason().toString());
    if (decision.status().isPresent()) {
      out.writeNumberField("status", decision.status().getAsInt());
    } else {
      out.writeNullField("status");
    }
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : decision.headers().entrySet()) {
      writeStrings(out, header.getKey(), List.of(header.getValue()));
    }
    out.writeEndObject();
  }
}
