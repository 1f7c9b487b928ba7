package dev.corsage.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.ScriptableObject;

/**
 * Runs CloudFront functions as JavaScript 1.8 of 2008: ECMAScript 5.1 with {@code const} and {@code
 * let}, and nothing newer in its syntax.
 */
final class Rhino implements AutoCloseable {
  private static final String EVENT =
      "{\"version\":\"1.0\",\"response\":{\"statusCode\":200,\"headers\":{}}}";

  private final Context context = Context.enter();

  Rhino() {
    context.setLanguageVersion(Context.VERSION_1_8);
    context.setOptimizationLevel(-1);
  }

  /** Returns what both functions together send for the requests of a case. */
  List<JsonNode> decide(String onRequest, String onResponse, Case given) throws IOException {
    ScriptableObject ofRequests = load(onRequest);
    ScriptableObject ofResponses = load(onResponse);
    List<JsonNode> sent = new ArrayList<>();
    for (Case.Request each : given.requests()) {
      ObjectNode event = (ObjectNode) Cases.JSON.readTree(EVENT);
      event.set("request", request(each));
      JsonNode made = call(ofRequests, event);
      JsonNode status = made.path("statusCode");
      JsonNode response = status.isMissingNode() ? call(ofResponses, event) : made;
      sent.add(shown(status, response.get("headers")));
    }
    return sent;
  }

  private ScriptableObject load(String code) {
    ScriptableObject scope = context.initSafeStandardObjects();
    context.evaluateString(scope, code, "function", 1, null);
    return scope;
  }

  private JsonNode call(ScriptableObject scope, JsonNode event) throws IOException {
    Object argument =
        NativeJSON.parse(context, scope, event.toString(), (c, s, self, values) -> values[1]);
    Function handler = (Function) scope.get("handler", scope);
    Object result = handler.call(context, scope, scope, new Object[] {argument});
    return Cases.JSON.readTree((String) NativeJSON.stringify(context, scope, result, null, null));
  }

  private static ObjectNode request(Case.Request request) {
    ObjectNode json = Cases.JSON.createObjectNode().put("method", request.method());
    ObjectNode headers = json.putObject("headers");
    request
        .headers()
        .forEach(
            (name, lines) -> {
              ObjectNode header = headers.putObject(name.toLowerCase(Locale.ROOT));
              header.put("value", lines.get(0));
              if (lines.size() > 1) {
                ArrayNode values = header.putArray("multiValue");
                lines.forEach(line -> values.addObject().put("value", line));
              }
            });
    return json;
  }

  private static JsonNode shown(JsonNode status, JsonNode headers) {
    ObjectNode shown = Cases.JSON.createObjectNode();
    shown.set("status", status.isMissingNode() ? null : status);
    ObjectNode lists = shown.putObject("headers");
    headers
        .properties()
        .forEach(header -> lists.putArray(header.getKey()).add(header.getValue().get("value")));
    return shown;
  }

  @Override
  public void close() {
    context.close();
  }
}
