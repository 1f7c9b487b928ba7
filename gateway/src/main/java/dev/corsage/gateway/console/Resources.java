package dev.corsage.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What both kinds of pages send: files of this package, JSON, and the headers around them. */
final class Resources {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json");

  private Resources() {}

  /** Puts the headers that restrict a page. */
  static void restrict(Response response, String contentSecurityPolicy) {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response
        .getHeaders()
        .put(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; " + contentSecurityPolicy);
  }

  static void sendFile(Response response, Callback callback, String name) throws IOException {
    try (InputStream file = Resources.class.getResourceAsStream(name)) {
      response
          .getHeaders()
          .put(HttpHeader.CONTENT_TYPE, TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
      response.write(true, ByteBuffer.wrap(file.readAllBytes()), callback);
    }
  }

  static void sendJson(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPES.get("json"));
    Content.Sink.write(response, true, json, callback);
  }

  static void sendNothing(Response response, Callback callback) {
    response.setStatus(404);
    Content.Sink.write(response, true, "There is nothing here.\n", callback);
  }
}
