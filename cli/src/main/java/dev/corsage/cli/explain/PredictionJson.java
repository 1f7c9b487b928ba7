package dev.corsage.cli.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.Response;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.util.List;

/** Writes what each engine makes of a request; the keys are in docs/command-line.md. */
public final class PredictionJson {
  private PredictionJson() {}

  /** Writes predictions as the field {@code engines}. */
  public static void write(JsonGenerator out, List<Prediction> predictions) throws IOException {
    out.writeObjectFieldStart("engines");
    for (Prediction prediction : predictions) {
      out.writeObjectFieldStart(prediction.engine().key());
      engine(out, prediction);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void engine(JsonGenerator out, Prediction prediction) throws IOException {
    out.writeStringField("version", prediction.engine().measured());
    out.writeStringField("access", prediction.access().key());
    out.writeBooleanField("readable", prediction.isReadable());
    out.writeStringField("key", prediction.verdict().outcome().key());
    out.writeStringField("step", prediction.verdict().outcome().step());
    out.writeStringField("value", prediction.verdict().value());
    out.writeStringField("console", PredictionText.console(prediction));
    Json.writeStrings(out, "exposedHeaders", prediction.exposedHeaders());
    out.writeBooleanField("timing", prediction.isTimingReadable());
    out.writeArrayFieldStart("sent");
    for (Prediction.Exchange exchange : prediction.exchanges()) {
      out.writeStartObject();
      out.writeStringField("method", exchange.request().method());
      out.writeStringField(
          "url",
          Explanation.isUnknown(exchange.request().url())
              ? null
              : exchange.request().url().toString());
      out.writeBooleanField("preflight", exchange.request().isPreflight());
      out.writeBooleanField("cookies", exchange.request().hasCookies());
      ExplanationJson.headers(out, exchange.request().headers());
      Response response = exchange.response();
      out.writeNumberField("status", response.status());
      out.writeBooleanField("passed", exchange.verdict().isPassed());
      out.writeStringField("key", exchange.verdict().outcome().key());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes what each browser prints. */
  static void console(JsonGenerator out, ConsoleMessage console) throws IOException {
    out.writeObjectFieldStart("console");
    for (Engine engine : Engine.values()) {
      out.writeStringField(engine.key(), console.text(engine));
    }
    out.writeEndObject();
  }
}
