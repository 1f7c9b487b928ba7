package dev.corsage.browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">CORS-preflight fetch</a>
 * asks for. Immutable.
 *
 * @param origin the page's origin, serialized; not null
 * @param method the method of the request; not null
 * @param headerNames the names of the headers that need permission, in lower case and in the order
 *     in which they are sent; not null
 * @param credentials whether the credentials mode of the request is {@code include}. The preflight
 *     itself never carries credentials
 */
public record Preflight(
    String origin, String method, Set<String> headerNames, boolean credentials) {

  /** Returns the headers that it is sent with, by name; steps 1 to 6 of the standard. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("Accept", List.of("*/*"));
    lines.put("Origin", List.of(origin));
    lines.put("Access-Control-Request-Method", List.of(method));
    if (!headerNames.isEmpty()) {
      // Unlike other lists, this one has no space behind the comma.
      lines.put("Access-Control-Request-Headers", List.of(String.join(",", headerNames)));
    }
    return lines;
  }
}
