package dev.corsage.browser;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as it leaves the browser. Immutable.
 *
 * @param method the method; not null
 * @param url an absolute URL; not null
 * @param headers the header lines that decide CORS, and those that the page sets, by name; not null
 * @param preflight what it asks for; null if it is not a preflight
 * @param hasCookies whether it carries the cookies of the URL's site
 */
public record SentRequest(
    String method,
    URI url,
    Map<String, List<String>> headers,
    Preflight preflight,
    boolean hasCookies) {

  /** Creates a request; only {@code preflight} may be null. */
  public SentRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Tells whether it is a preflight. */
  public boolean isPreflight() {
    return preflight != null;
  }

  /** Returns the value of {@code Origin}; null if it is sent without one. */
  public String origin() {
    return headers.containsKey("Origin") ? headers.get("Origin").get(0) : null;
  }
}
