package dev.corsage.cli.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.cli.terminal.Json;
import dev.corsage.probe.Exchange;
import dev.corsage.probe.RecordedCall;
import dev.corsage.probe.Recording;
import java.io.IOException;

/** Writes the calls of a recording as one line of JSON; its keys are in docs/command-line.md. */
final class RecordingJson {
  private RecordingJson() {}

  static String write(Recording recording) throws IOException {
    return Json.object(
        out -> {
          out.writeArrayFieldStart("calls");
          for (RecordedCall call : recording.calls()) {
            call(out, call);
          }
          out.writeEndArray();
        });
  }

  private static void call(JsonGenerator out, RecordedCall call) throws IOException {
    out.writeStartObject();
    out.writeStringField("origin", call.origin());
    out.writeStringField("method", call.method());
    out.writeStringField("url", call.url());
    out.writeBooleanField("readable", call.isReadable());
    out.writeStringField("key", call.key());
    status(out, "preflight", call.preflight());
    status(out, "request", call.actual());
    out.writeStringField("cause", call.cause());
    out.writeStringField("remedy", call.fix());
    ConsoleMessage console = call.console();
    if (console != null) {
      out.writeObjectFieldStart("console");
      for (Engine engine : Engine.values()) {
        out.writeStringField(engine.key(), console.text(engine));
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void status(JsonGenerator out, String field, Exchange exchange)
      throws IOException {
    if (exchange == null) {
      out.writeNullField(field);
      return;
    }
    out.writeObjectFieldStart(field);
    if (exchange.response() == null) {
      out.writeNullField("status");
    } else {
      out.writeNumberField("status", exchange.response().status());
      out.writeStringField("layer", exchange.layer().key());
    }
    out.writeEndObject();
  }
}
