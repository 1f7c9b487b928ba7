package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.cli.terminal.Json;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The reports of the commands in JSON: one object on one line. */
final class EntriesJson {
  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException, StoreException;
  }

  private EntriesJson() {}

  /** Prints an object. If its fields fail, it is left open: half a report must not look whole. */
  static void print(CommandSpec command, Fields fields) throws IOException, StoreException {
    PrintWriter writer = command.commandLine().getOut();
    JsonGenerator out = Json.FACTORY.createGenerator(writer);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    out.writeStartObject();
    fields.write(out);
    out.writeEndObject();
    out.close();
    writer.println();
    writer.flush();
  }

  static void write(JsonGenerator out, Entry entry, Instant now) throws IOException {
    out.writeStartObject();
    out.writeStringField("origin", entry.pattern());
    out.writeStringField("expires", entry.expires() == null ? null : entry.expires().toString());
    out.writeBooleanField("expired", entry.isExpired(now));
    out.writeEndObject();
  }

  static void write(JsonGenerator out, String field, List<Entry> entries, Instant now)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Entry entry : entries) {
      write(out, entry, now);
    }
    out.writeEndArray();
  }
}
