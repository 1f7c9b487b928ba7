package dev.corsage.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The CORS configuration of an <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">HTTP
 * API</a> or a <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html">function
 * URL</a>: what AWS answers by itself. Immutable.
 *
 * @param origins exact ones, {@code *}, {@code https://*} or {@code http://*}
 * @param maxAge in seconds, as it is written; empty if it is not
 * @param property what it is called in the template
 * @param line where it is written
 */
public record BuiltInCors(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    String maxAge,
    boolean credentials,
    String property,
    int line) {

  /** Reads one; keys are in upper camel case in properties, in lower camel case in OpenAPI. */
  static BuiltInCors read(Value value, String property) {
    Value cors = value;
    if (value instanceof Value.Text) {
      // SAM: true is every origin, and a plain text is one.
      String origin = value.isTrue() ? "*" : value.text();
      return new BuiltInCors(
          List.of(origin), List.of(), List.of(), List.of(), "", false, property, value.line());
    }
    return new BuiltInCors(
        texts(cors, "AllowOrigins"),
        texts(cors, "AllowMethods"),
        texts(cors, "AllowHeaders"),
        texts(cors, "ExposeHeaders"),
        either(cors, "MaxAge").text(),
        either(cors, "AllowCredentials").isTrue(),
        property,
        value.line());
  }

  private static Value either(Value cors, String key) {
    Value upper = cors.at(key);
    String lower = key.substring(0, 1).toLowerCase(Locale.ROOT) + key.substring(1);
    return upper.isPresent() ? upper : cors.at(lower);
  }

  private static List<String> texts(Value cors, String key) {
    return either(cors, key).texts();
  }

  /** Tells whether it allows every origin in the user's name, which AWS refuses to deploy. */
  boolean isStarWithCredentials() {
    return credentials && origins.contains("*");
  }

  /** Returns the headers of the response to a preflight; none for an origin that is not allowed. */
  public List<Map.Entry<String, String>> preflightHeaders(String origin) {
    List<Map.Entry<String, String>> all = new ArrayList<>(commonHeaders(origin));
    if (!all.isEmpty()) {
      add(all, "access-control-allow-methods", String.join(",", methods));
      add(all, "access-control-allow-headers", String.join(",", headers));
      add(all, "access-control-max-age", maxAge);
    }
    return all;
  }

  /** Returns the headers of the response to an actual request. */
  public List<Map.Entry<String, String>> actualHeaders(String origin) {
    List<Map.Entry<String, String>> all = new ArrayList<>(commonHeaders(origin));
    if (!all.isEmpty()) {
      add(all, "access-control-expose-headers", String.join(",", exposed));
    }
    return all;
  }

  private List<Map.Entry<String, String>> commonHeaders(String origin) {
    List<Map.Entry<String, String>> common = new ArrayList<>();
    if (origin == null) {
      return common;
    }
    boolean listed =
        origins.contains(origin)
            || (origins.contains("https://*") && origin.startsWith("https://"))
            || (origins.contains("http://*") && origin.startsWith("http://"));
    if (listed || origins.contains("*")) {
      add(common, "access-control-allow-origin", listed ? origin : "*");
      add(common, "access-control-allow-credentials", credentials ? "true" : "");
    }
    return common;
  }

  private static void add(List<Map.Entry<String, String>> to, String name, String value) {
    if (!value.isEmpty()) {
      to.add(Map.entry(name, value));
    }
  }
}
