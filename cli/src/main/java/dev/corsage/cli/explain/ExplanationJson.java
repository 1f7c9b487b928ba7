package dev.corsage.cli.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Verdict;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes an explanation as one line of JSON; its keys are in docs/command-line.md. */
final class ExplanationJson {
  private ExplanationJson() {}

  static String write(Explanation explanation) throws IOException {
    PageRequest request = explanation.request();
    return Json.object(
        out -> {
          out.writeBooleanField("readable", explanation.isReadable());
          out.writeStringField("key", explanation.key());
          out.writeStringField("refusedAt", explanation.refusedAt());
          out.writeStringField("remedy", explanation.remedy());
          Json.writeStrings(out, "notes", explanation.notes());
          out.writeObjectFieldStart("page");
          out.writeStringField("origin", request.origin());
          out.writeStringField("method", request.method());
          headers(out, request.pageHeaders());
          out.writeBooleanField("credentials", request.credentials());
          out.writeEndObject();
          Json.writeStrings(out, "why", explanation.why());
          exchange(out, "preflight", explanation.preflight());
          exchange(out, "request", explanation.actual());
        });
  }

  private static void exchange(JsonGenerator out, String name, SimulatedExchange exchange)
      throws IOException {
    if (exchange == null) {
      out.writeNullField(name);
      return;
    }
    out.writeObjectFieldStart(name);
    out.writeStringField("method", exchange.method());
    headers(out, exchange.headers());
    out.writeObjectFieldStart("decision");
    Json.writeDecision(out, exchange.decision());
    out.writeStringField("explanation", exchange.decision().explanation());
    out.writeStringField("hint", exchange.decision().hint());
    out.writeEndObject();
    browser(out, exchange);
    out.writeEndObject();
  }

  private static void browser(JsonGenerator out, SimulatedExchange exchange) throws IOException {
    Verdict verdict = exchange.verdict();
    Outcome outcome = verdict.outcome();
    out.writeObjectFieldStart("browser");
    out.writeBooleanField("passed", verdict.isPassed());
    out.writeStringField("key", outcome.key());
    out.writeStringField("step", outcome.step());
    out.writeStringField("standard", outcome.standard());
    out.writeStringField("value", verdict.value());
    out.writeStringField("note", outcome.note());
    ConsoleMessage console = exchange.console();
    if (console != null) {
      out.writeStringField("cause", console.cause());
      out.writeObjectFieldStart("console");
      for (Engine engine : Engine.values()) {
        out.writeStringField(engine.key(), console.text(engine));
      }
      out.writeEndObject();
    } else if (exchange.isPreflight()) {
      out.writeObjectFieldStart("keptSeconds");
      for (Engine engine : Engine.values()) {
        out.writeNumberField(engine.key(), BrowserModel.maxAge(engine, exchange.response()));
      }
      out.writeEndObject();
    } else {
      Json.writeStrings(
          out,
          "exposedHeaders",
          BrowserModel.exposedHeaders(exchange.page().credentials(), exchange.response()));
    }
    out.writeEndObject();
  }

  private static void headers(JsonGenerator out, Map<String, List<String>> headers)
      throws IOException {
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      Json.writeStrings(out, header.getKey(), header.getValue());
    }
    out.writeEndObject();
  }
}
