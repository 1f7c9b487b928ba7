package dev.corsage.cli.probe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Verdict;
import dev.corsage.cli.explain.PredictionJson;
import dev.corsage.cli.terminal.Json;
import dev.corsage.probe.Exchange;
import dev.corsage.probe.Finding;
import dev.corsage.probe.ProbeReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a report as one line of JSON; its keys are in docs/probe.md. */
final class ProbeJson {
  private ProbeJson() {}

  static String write(ProbeReport report) throws IOException {
    return Json.object(
        out -> {
          out.writeStringField("url", report.url());
          if (report.page().origin().isEmpty()) {
            out.writeNullField("readable");
          } else {
            out.writeBooleanField("readable", report.isReadable());
          }
          if (report.isIncomplete()) {
            out.writeStringField("failure", report.failure());
          }
          out.writeArrayFieldStart("findings");
          for (Finding finding : report.findings()) {
            out.writeStartObject();
            out.writeStringField("code", finding.code().name());
            out.writeStringField("severity", finding.severity().toString());
            out.writeStringField("origin", finding.origin());
            out.writeStringField("message", finding.message());
            out.writeStringField("fix", finding.fix());
            out.writeStringField("layer", finding.layer().key());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeArrayFieldStart("exchanges");
          for (Exchange exchange : report.exchanges()) {
            exchange(out, exchange);
          }
          out.writeEndArray();
          PredictionJson.write(out, report.predictions());
        });
  }

  private static void exchange(JsonGenerator out, Exchange exchange) throws IOException {
    out.writeStartObject();
    out.writeStringField("purpose", exchange.purpose().key());
    out.writeStringField("origin", exchange.origin());
    out.writeStringField("method", exchange.method());
    out.writeStringField("path", exchange.path());
    out.writeBooleanField("preflight", exchange.isPreflight());
    headers(out, "asked", exchange.asked());
    if (exchange.response() == null) {
      out.writeStringField("failure", exchange.failure());
    } else {
      out.writeStringField("version", exchange.version());
      out.writeNumberField("status", exchange.response().status());
      headers(
          out,
          "headers",
          exchange.response().headers().stream()
              .collect(
                  Collectors.groupingBy(
                      header -> header.getKey().toLowerCase(Locale.ROOT),
                      LinkedHashMap::new,
                      Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
      out.writeStringField("layer", exchange.layer().key());
      if (exchange.verdict() != null) {
        browser(out, exchange);
      }
    }
    out.writeEndObject();
  }

  private static void browser(JsonGenerator out, Exchange exchange) throws IOException {
    Verdict verdict = exchange.verdict();
    out.writeObjectFieldStart("browser");
    out.writeBooleanField("passed", verdict.isPassed());
    out.writeStringField("key", verdict.outcome().key());
    out.writeStringField("note", verdict.outcome().note());
    if (!verdict.isPassed()) {
      ConsoleMessage console =
          ConsoleMessage.of(verdict, exchange.origin(), exchange.response().status());
      out.writeStringField("cause", console.cause());
      out.writeObjectFieldStart("console");
      for (Engine engine : Engine.values()) {
        out.writeStringField(engine.key(), console.text(engine));
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void headers(JsonGenerator out, String field, Map<String, List<String>> headers)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      Json.writeStrings(out, header.getKey(), header.getValue());
    }
    out.writeEndObject();
  }
}
