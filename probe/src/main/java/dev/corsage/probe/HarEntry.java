package dev.corsage.probe;

import dev.corsage.browser.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request of a recording, as far as it matters here. Immutable.
 *
 * @param method the method, as sent
 * @param url the URL
 * @param headers the headers of the request; browsers leave some out
 * @param hasCookies whether cookies were sent
 * @param resourceType Chromium's type, or Firefox's cause; empty if there is none
 * @param response the response; its status is 0 if the browser hides it
 * @param version the version of the response
 * @param body the beginning of the response's body, if it is short and of an error; else empty
 * @param error what the browser says went wrong; empty if nothing
 */
record HarEntry(
    String method,
    URI url,
    List<Map.Entry<String, String>> headers,
    boolean hasCookies,
    String resourceType,
    Response response,
    String version,
    String body,
    String error) {
  /** What the Fetch standard does not use the CORS protocol for. */
  private static final Set<String> OTHER_MODES = Set.of("navigate", "no-cors", "websocket");

  private static final Set<String> OTHER_TYPES = Set.of("document", "websocket");

  private static final Set<String> SCRIPTED = Set.of("fetch", "xhr");

  /** Returns the lines of a request header, joined; empty if it is absent. */
  String header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().strip())
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the origin of the page; empty if it is not known. Of a request that was stopped,
   * browsers record fewer headers than they would have sent.
   */
  String origin() {
    String origin = header("Origin");
    boolean stopped = response.status() == 0 || SCRIPTED.contains(resourceType);
    if (!origin.isEmpty() || !stopped) {
      return origin;
    }
    try {
      URI page = new URI(header("Referer"));
      return page.getHost() == null || page.getScheme() == null ? "" : Hosts.origin(page);
    } catch (URISyntaxException unusual) {
      return "";
    }
  }

  /** Tells whether a browser checks the response. */
  boolean isCrossOrigin() {
    String origin = origin();
    boolean elsewhere = !origin.isEmpty() && !origin.equals(Hosts.origin(url));
    return elsewhere
        && !OTHER_MODES.contains(header("Sec-Fetch-Mode"))
        && !OTHER_TYPES.contains(resourceType);
  }

  boolean isPreflight() {
    return method.equals("OPTIONS") && !header("Access-Control-Request-Method").isEmpty();
  }

  /** Returns the names that a preflight asks for, as it was sent. */
  Set<String> requestedHeaders() {
    return Stream.of(header("Access-Control-Request-Headers").split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tells whether a request is the one that a preflight was sent for. */
  boolean isAskedForBy(HarEntry preflight) {
    return method.equals(preflight.header("Access-Control-Request-Method"))
        && url.equals(preflight.url)
        && origin().equals(preflight.origin());
  }

  Received received() {
    return new Received(version, response, body);
  }
}
