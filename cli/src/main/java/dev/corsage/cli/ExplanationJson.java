package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes an explanation as one line of JSON; its keys are in docs/command-line.md. */
final class ExplanationJson {
  private ExplanationJson() {}

  static String write(Explanation explanation) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(json)) {
      PageRequest request = explanation.request();
      out.writeStartObject();
      out.writeBooleanField("readable", explanation.isReadable());
      out.writeStringField("key", explanation.key());
      out.writeStringField("refusedAt", explanation.refusedAt());
      out.writeStringField("remedy", explanation.remedy());
      strings(out, "notes", explanation.notes());
      out.writeObjectFieldStart("page");
      out.writeStringField("origin", request.origin());
      out.writeStringField("method", request.method());
      headers(out, request.pageHeaders());
      out.writeBooleanField("credentials", request.credentials());
      out.writeEndObject();
      strings(out, "why", explanation.why());
      exchange(out, "preflight", explanation.preflight(), request);
      exchange(out, "request", explanation.actual(), request);
      out.writeEndObject();
    }
    return json.toString();
  }

  private static void exchange(
      JsonGenerator out, String name, SimulatedExchange exchange, PageRequest request)
      throws IOException {
    if (exchange == null) {
      out.writeNullField(name);
      return;
    }
    out.writeObjectFieldStart(name);
    out.writeStringField("method", exchange.method());
    headers(out, exchange.headers());
    out.writeObjectFieldStart("decision");
    LineDecider.write(out, exchange.decision());
    out.writeStringField("explanation", exchange.decision().explanation());
    out.writeStringField("hint", exchange.decision().hint());
    out.writeEndObject();
    browser(out, exchange, request);
    out.writeEndObject();
  }

  private static void browser(JsonGenerator out, SimulatedExchange exchange, PageRequest request)
      throws IOException {
    Verdict verdict = exchange.verdict();
    out.writeObjectFieldStart("browser");
    out.writeBooleanField("passed", verdict.isPassed());
    out.writeStringField("key", verdict.key());
    out.writeStringField("step", verdict.step());
    out.writeStringField("standard", verdict.standard());
    out.writeStringField("value", verdict.value());
    out.writeStringField("note", verdict.note());
    ConsoleMessage console = exchange.console(request);
    if (console != null) {
      out.writeStringField("cause", console.cause());
      out.writeObjectFieldStart("console");
      out.writeStringField("chromium", console.chromium());
      out.writeStringField("firefox", console.firefox());
      out.writeStringField("webkit", console.webkit());
      out.writeEndObject();
    } else if (exchange.isPreflight()) {
      out.writeObjectFieldStart("keptSeconds");
      kept(out, "chromium", exchange.response(), BrowserModel.CHROMIUM_MAX_AGE);
      kept(out, "firefox", exchange.response(), BrowserModel.FIREFOX_MAX_AGE);
      kept(out, "webkit", exchange.response(), BrowserModel.WEBKIT_MAX_AGE);
      out.writeEndObject();
    } else {
      strings(out, "exposedHeaders", BrowserModel.exposedHeaders(request, exchange.response()));
    }
    out.writeEndObject();
  }

  private static void kept(JsonGenerator out, String browser, Response response, int limit)
      throws IOException {
    out.writeNumberField(browser, BrowserModel.maxAge(response, limit));
  }

  private static void headers(JsonGenerator out, Map<String, List<String>> headers)
      throws IOException {
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      strings(out, header.getKey(), header.getValue());
    }
    out.writeEndObject();
  }

  private static void strings(JsonGenerator out, String name, Collection<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
