package dev.corsage.gateway.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the demo function needs of an event, in either payload format. */
record DemoRequest(String method, String path, String body, int visits, boolean secure) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern VISITS = Pattern.compile("(?:^|;\\s*)visits=(\\d{1,6})");

  static DemoRequest read(InputStream event) throws IOException {
    String method = "";
    String path = "";
    String body = "";
    int visits = 0;
    boolean secure = false;
    int depth = 0;
    try (JsonParser parser = JSON.createParser(event)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token != JsonToken.VALUE_STRING) {
          continue;
        }
        String name = parser.currentName() == null ? "cookies" : parser.currentName();
        switch (name.toLowerCase(Locale.ROOT)) {
          case "httpmethod" -> method = depth == 1 ? parser.getText() : method;
          // Of format 2.0: requestContext.http.method.
          case "method" -> method = depth == 3 ? parser.getText() : method;
          // Not requestContext.path: that of a REST API begins with the stage.
          case "path", "rawpath" -> path = depth == 1 ? parser.getText() : path;
          case "x-forwarded-proto" -> secure |= parser.getText().equals("https");
          case "cookie", "cookies" -> visits = Math.max(visits, visits(parser.getText()));
          case "body" -> body = depth == 1 ? parser.getText() : body;
          default -> {}
        }
      }
    }
    return new DemoRequest(method, path, body, visits, secure);
  }

  private static int visits(String cookies) {
    Matcher matcher = VISITS.matcher(cookies);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
