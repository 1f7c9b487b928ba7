package dev.corsage.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.bench.AskedRequest.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * jub0bs/cors, which measures itself in a process of its own, with the requests and the policy that
 * the other engines get.
 */
record GoEngine(Path program) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Measures a case.
   *
   * @param millis how long to measure
   * @throws IllegalStateException if a response is wrong
   */
  Measurement.Cost measure(Case asked, int batch, int millis)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input(asked, batch, millis));
    }
    byte[] out = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jub0bs/cors, " + asked + ": see above.");
    }
    Map<String, Double> figures = figures(out);
    return new Measurement.Cost(figures.get("ns"), figures.get("bytes"));
  }

  private static byte[] input(Case asked, int batch, int millis) throws IOException {
    Workload workload = new Workload(asked);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      String start = asked.bench().entries == Case.Entries.WILDCARD ? "https://*." : "https://";
      array(json, "Origins", workload.domains().stream().map(start::concat).toList());
      array(json, "Methods", Workload.METHODS);
      array(json, "RequestHeaders", Workload.REQUEST_HEADERS);
      array(json, "ResponseHeaders", Workload.EXPOSED_HEADERS);
      json.writeNumberField("MaxAgeSeconds", Workload.MAX_AGE_SECONDS);
      json.writeBooleanField("Allowed", workload.isAllowed());
      json.writeNumberField("Batch", batch);
      json.writeNumberField("Millis", millis);
      json.writeArrayFieldStart("Requests");
      for (AskedRequest request : workload.requests()) {
        json.writeStartObject();
        json.writeStringField("Method", request.method());
        json.writeObjectFieldStart("Headers");
        for (List<Field> some : List.of(request.otherHeaders(), request.freshHeaders())) {
          for (Field header : some) {
            json.writeStringField(header.name(), header.value());
          }
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void array(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static Map<String, Double> figures(byte[] out) throws IOException {
    Map<String, Double> figures = new HashMap<>();
    try (JsonParser json = JSON.createParser(out)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isNumeric()) {
          figures.put(json.currentName(), json.getDoubleValue());
        }
      }
    }
    return figures;
  }
}
