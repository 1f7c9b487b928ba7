package dev.corsage.gateway;

import java.util.Map;

/**
 * What an event says of the route that its request took.
 *
 * @param key such as {@code GET /items}
 * @param resource such as <code>/items/{id}</code>
 * @param parameters the values of the path's variables
 */
record EventRoute(String key, String resource, Map<String, String> parameters, String stage) {

  /** Returns the route that takes every request. */
  static EventRoute proxy(ApiRequest request) {
    String resource = "/{proxy+}";
    return new EventRoute(
        request.method() + " " + resource,
        resource,
        Map.of("proxy", request.path().replaceFirst("^/", "")),
        EventWriter.STAGE);
  }
}
