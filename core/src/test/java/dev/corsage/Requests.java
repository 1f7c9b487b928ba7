package dev.corsage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Requests to decide on, and decisions as text to compare with. */
final class Requests {
  private Requests() {}

  static HttpRequest withoutOrigin(String method) {
    return HttpRequest.of(method, Map.of());
  }

  static HttpRequest actual(String method, String... originLines) {
    return HttpRequest.of(method, Map.of("Origin", List.of(originLines)));
  }

  static HttpRequest preflight(String origin, String method, String... headerLines) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Origin", List.of(origin));
    headers.put("Access-Control-Request-Method", List.of(method));
    if (headerLines.length > 0) {
      headers.put("Access-Control-Request-Headers", List.of(headerLines));
    }
    return HttpRequest.of("OPTIONS", headers);
  }

  /** Returns the request as it looks to a server that knows its own origin. */
  static HttpRequest sentTo(String targetOrigin, HttpRequest request) {
    return new HttpRequest() {
      @Override
      public String method() {
        return request.method();
      }

      @Override
      public List<String> header(String name) {
        return request.header(name);
      }

      @Override
      public String targetOrigin() {
        return targetOrigin;
      }
    };
  }

  /** Returns the headers of a decision, in their order, one a line. */
  static String headers(Decision decision) {
    return decision.headers().entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Returns the same request, sent to a path. */
  static HttpRequest at(String path, HttpRequest request) {
    return new HttpRequest() {
      @Override
      public String method() {
        return request.method();
      }

      @Override
      public List<String> header(String name) {
        return request.header(name);
      }

      @Override
      public String path() {
        return path;
      }
    };
  }
}
