package dev.corsage.cli.generate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.cli.terminal.Json;
import dev.corsage.generate.Generated;
import dev.corsage.generate.GeneratedFile;
import dev.corsage.generate.Target;
import dev.corsage.generate.Targets;
import java.io.IOException;

/** What {@code generate} prints for programs. */
final class GeneratedJson {
  private GeneratedJson() {}

  static void write(JsonGenerator out, Generated generated) throws IOException {
    out.writeStringField("target", generated.target());
    out.writeBooleanField("exact", generated.exact());
    out.writeArrayFieldStart("files");
    for (GeneratedFile file : generated.files()) {
      out.writeStartObject();
      out.writeStringField("path", file.path());
      out.writeStringField("content", file.content());
      out.writeEndObject();
    }
    out.writeEndArray();
    Json.writeProblems(out, generated.problems());
  }

  static void writeTargets(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("targets");
    for (Target target : Targets.all()) {
      out.writeStartObject();
      out.writeStringField("name", target.name());
      out.writeStringField("summary", target.summary());
      out.writeStringField("origins", target.origins());
      out.writeStringField("cost", target.cost());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
