package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.ExchangeLog;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** The demo page, and what it asks its own server for: its configuration, and its exchanges. */
public final class PageHandler extends Handler.Abstract {
  private static final JsonFactory JSON = new JsonFactory();

  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/page.css", "page.css",
          "/page.js", "page.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8");

  private final String api;
  private final String configuration;
  private final ExchangeLog exchanges;

  /**
   * Creates the handler.
   *
   * @param api the origin of the API
   * @param configuration the JSON of {@code /config.json}
   * @param exchanges where the page finds the exchanges of its calls
   */
  public PageHandler(String api, String configuration, ExchangeLog exchanges) {
    this.api = api;
    this.configuration = configuration;
    this.exchanges = exchanges;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response
        .getHeaders()
        .put(
            "Content-Security-Policy",
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self' "
                + api);
    String path = Request.getPathInContext(request);
    if (path.equals("/config.json")) {
      sendJson(response, callback, configuration);
    } else if (path.equals("/exchanges")) {
      Fields.Field call = Request.extractQueryParameters(request).get("call");
      sendJson(response, callback, exchanges(call == null ? "" : call.getValue()));
    } else if (FILES.containsKey(path)) {
      sendFile(response, callback, FILES.get(path));
    } else {
      response.setStatus(404);
      Content.Sink.write(response, true, "There is nothing here.\n", callback);
    }
    return true;
  }

  private static void sendFile(Response response, Callback callback, String name)
      throws IOException {
    try (InputStream file = PageHandler.class.getResourceAsStream(name)) {
      response
          .getHeaders()
          .put(HttpHeader.CONTENT_TYPE, TYPES.get(name.substring(name.indexOf('.') + 1)));
      response.write(true, ByteBuffer.wrap(file.readAllBytes()), callback);
    }
  }

  private static void sendJson(Response response, Callback callback, String json) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, json, callback);
  }

  private String exchanges(String call) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      out.writeArrayFieldStart("exchanges");
      for (Exchange exchange : exchanges.ofCall(call)) {
        write(out, exchange);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return json.toString();
  }

  private static void write(JsonGenerator out, Exchange exchange) throws IOException {
    out.writeStartObject();
    Judgement judgement = exchange.judgement();
    out.writeStringField("kind", judgement.kind().toString());
    out.writeStringField("function", exchange.target());
    out.writeStringField("method", exchange.method());
    out.writeStringField("path", exchange.path());
    writeHeaders(out, "requestHeaders", exchange.requestHeaders());
    out.writeNumberField("status", exchange.status());
    writeHeaders(out, "responseHeaders", exchange.responseHeaders());
    out.writeBooleanField("allowed", judgement.isAllowed());
    out.writeStringField("access", judgement.access().toString());
    out.writeStringField("reason", judgement.reason());
    out.writeStringField("explanation", judgement.explanation());
    out.writeNumberField("millis", Math.round(exchange.nanos() / 1e5) / 10.0);
    out.writeEndObject();
  }

  private static void writeHeaders(JsonGenerator out, String field, List<Field> headers)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (Field header : headers) {
      out.writeStartArray();
      out.writeString(header.name());
      out.writeString(header.value());
      out.writeEndArray();
    }
    out.writeEndArray();
  }
}
