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
          out.writeStringField("as", request.kind().key());
          out.writeStringField("credentialsMode", request.credentialsMode().key());
          out.writeStringField("redirectMode", request.redirectMode().key());
          out.writeStringField("embedderPolicy", request.page().embedderPolicy().key());
          out.writeBooleanField("localNetwork", request.page().mayReachLocalNetwork());
          out.writeEndObject();
          Json.writeStrings(out, "why", explanation.why());
          exchange(out, "preflight", explanation, explanation.preflight());
          exchange(out, "request", explanation, explanation.actual());
          PredictionJson.write(out, explanation.predictions());
        });
  }

  private static void exchange(
      JsonGenerator out, String name, Explanation explanation, SimulatedExchange exchange)
      throws IOException {
    if (exchange == null) {
      out.writeNullField(name);
      return;
    }
    out.writeObjectFieldStart(name);
    out.writeStringField("method", exchange.request().method());
    headers(out, exchange.request().headers());
    out.writeObjectFieldStart("decision");
    Json.writeDecision(out, exchange.decision());
    out.writeStringField("explanation", exchange.decision().explanation());
    out.writeStringField("hint", exchange.decision().hint());
    out.writeEndObject();
    browser(out, explanation, exchange);
    out.writeEndObject();
  }

  private static void browser(
      JsonGenerator out, Explanation explanation, SimulatedExchange exchange) throws IOException {
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
      PredictionJson.console(out, console);
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
          BrowserModel.exposedHeaders(explanation.request().credentials(), exchange.response()));
    }
    out.writeEndObject();
  }

  static void headers(JsonGenerator out, Map<String, List<String>> headers) throws IOException {
    out.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      Json.writeStrings(out, header.getKey(), header.getValue());
    }
    out.writeEndObject();
  }
}
