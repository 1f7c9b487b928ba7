package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import java.io.IOException;
import java.util.List;

/** Writes calls as JSON: a row of the list, or all that is known. */
final class CallJson {
  private CallJson() {}

  /** Writes the row of a call. */
  static void row(JsonGenerator out, Call call) throws IOException {
    Exchange deciding = call.deciding();
    Judgement judgement = deciding.judgement();
    out.writeStartObject();
    out.writeNumberField("id", call.id());
    out.writeNumberField("version", call.version());
    out.writeNumberField("time", call.time());
    out.writeStringField("method", call.method());
    out.writeStringField("path", Masking.path(deciding.path()));
    out.writeStringField("origin", deciding.origin());
    out.writeStringField("access", judgement.access().toString());
    out.writeStringField("reason", judgement.reason());
    out.writeNumberField("status", deciding.status());
    out.writeStringField("target", deciding.target());
    out.writeStringField(
        "preflight",
        call.preflight() == null ? null : call.preflight().judgement().access().toString());
    out.writeBooleanField("sent", call.actual() != null);
    out.writeNumberField("millis", millis(call.preflight()) + millis(call.actual()));
    out.writeEndObject();
  }

  /**
   * Writes the exchanges of a call as the fields {@code preflight} and {@code request}.
   *
   * @param unmasked whether cookies, credentials and tokens are shown
   */
  static void exchanges(JsonGenerator out, Call call, boolean unmasked) throws IOException {
    exchange(out, "preflight", call.preflight(), unmasked);
    exchange(out, "request", call.actual(), unmasked);
  }

  private static void exchange(JsonGenerator out, String field, Exchange exchange, boolean unmasked)
      throws IOException {
    if (exchange == null) {
      out.writeNullField(field);
      return;
    }
    Judgement judgement = exchange.judgement();
    out.writeObjectFieldStart(field);
    out.writeStringField("target", exchange.target());
    out.writeStringField("method", exchange.method());
    out.writeStringField("path", unmasked ? exchange.path() : Masking.path(exchange.path()));
    headers(out, "requestHeaders", exchange.requestHeaders(), unmasked);
    out.writeNumberField("status", exchange.status());
    headers(out, "responseHeaders", exchange.responseHeaders(), unmasked);
    out.writeStringField("access", judgement.access().toString());
    out.writeStringField("reason", judgement.reason());
    out.writeStringField("explanation", judgement.explanation());
    out.writeNumberField("millis", millis(exchange));
    out.writeEndObject();
  }

  private static void headers(
      JsonGenerator out, String field, List<Field> headers, boolean unmasked) throws IOException {
    out.writeArrayFieldStart(field);
    for (Field header : headers) {
      out.writeStartArray();
      out.writeString(header.name());
      out.writeString(unmasked ? header.value() : Masking.header(header.name(), header.value()));
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private static double millis(Exchange exchange) {
    return exchange == null ? 0 : Math.round(exchange.nanos() / 1e5) / 10.0;
  }
}
