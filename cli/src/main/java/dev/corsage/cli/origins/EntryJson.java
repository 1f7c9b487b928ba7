package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.AllowList.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Entries of a list in JSON. */
final class EntryJson {
  private EntryJson() {}

  static void write(JsonGenerator out, Entry entry, Instant now) throws IOException {
    out.writeStartObject();
    out.writeStringField("origin", entry.pattern());
    if (entry.expires() == null) {
      out.writeNullField("expires");
    } else {
      out.writeStringField("expires", entry.expires().toString());
    }
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
