package dev.corsage.probe;

import dev.corsage.browser.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A response as it came. Immutable.
 *
 * @param version such as {@code HTTP/2.0}
 * @param response status and field lines
 * @param body its beginning, each byte a character
 */
record Received(String version, Response response, String body) {

  static Received of(String version, Response response, byte[] body) {
    return new Received(version, response, new String(body, StandardCharsets.ISO_8859_1));
  }

  int status() {
    return response.status();
  }

  /** Returns the lines of a header, joined; empty if it is absent. */
  String header(String name) {
    return response.get(name).orElse("");
  }

  boolean has(String name) {
    return response.get(name).isPresent();
  }

  Optional<String> allowOrigin() {
    return response.get("Access-Control-Allow-Origin");
  }
}
