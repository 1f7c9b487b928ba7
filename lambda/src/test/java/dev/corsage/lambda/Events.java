package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Events as API Gateway sends them, cut down to their shape; headers as {@code Name: value}. */
final class Events {
  static final String APP = "https://app.example.com";
  static final String EVIL = "https://evil.test";

  private Events() {}

  /** REST API: names in the client's case, every header in both objects. */
  static String rest(String method, String... headers) {
    return """
        {"resource":"/{proxy+}","path":"/orders","httpMethod":"%1$s",
         "headers":%2$s,"multiValueHeaders":%3$s,
         "queryStringParameters":null,"pathParameters":{"proxy":"orders"},"stageVariables":null,
         "requestContext":{"path":"/prod/orders","httpMethod":"%1$s","stage":"prod",
          "identity":{"sourceIp":"192.0.2.1","userAgent":"test"}},
         "body":null,"isBase64Encoded":false}"""
        .formatted(method, last(headers), all(headers));
  }

  /** HTTP API, payload format version 1.0: the same with names in lower case. */
  static String v1(String method, String... headers) {
    String[] lowerCase = lowerCase(headers);
    return """
        {"version":"1.0","resource":"$default","path":"/orders","httpMethod":"%1$s",
         "headers":%2$s,"multiValueHeaders":%3$s,
         "requestContext":{"domainName":"api.example.com","httpMethod":"%1$s","path":"/orders"},
         "body":null,"isBase64Encoded":false}"""
        .formatted(method, last(lowerCase), all(lowerCase));
  }

  /** HTTP API, payload format version 2.0: lines joined by commas, the method further in. */
  static String v2(String method, String... headers) {
    return """
        {"version":"2.0","routeKey":"$default","rawPath":"/orders","rawQueryString":"",
         "cookies":["a=1"],"headers":%2$s,
         "requestContext":{"domainName":"api.example.com",
          "http":{"method":"%1$s","path":"/orders","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"},
          "routeKey":"$default"},
         "isBase64Encoded":false}"""
        .formatted(method, joined(lowerCase(headers)));
  }

  static String[] preflight(String origin, String method, String... more) {
    List<String> headers = new ArrayList<>();
    headers.add("Origin: " + origin);
    headers.add("Access-Control-Request-Method: " + method);
    headers.addAll(List.of(more));
    return headers.toArray(String[]::new);
  }

  private static String last(String... headers) {
    return object(headers, values -> quoted(values.get(values.size() - 1)));
  }

  private static String joined(String... headers) {
    return object(headers, values -> quoted(String.join(",", values)));
  }

  private static String all(String... headers) {
    return object(
        headers,
        values -> values.stream().map(Events::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  private interface Values {
    String toJson(List<String> values);
  }

  private static String object(String[] headers, Values values) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      byName.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
    }
    return byName.entrySet().stream()
        .map(header -> quoted(header.getKey()) + ":" + values.toJson(header.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String[] lowerCase(String... headers) {
    String[] result = new String[headers.length];
    for (int i = 0; i < headers.length; i++) {
      String[] parts = headers[i].split(": ", 2);
      result[i] = parts[0].toLowerCase(Locale.ROOT) + ": " + parts[1];
    }
    return result;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
