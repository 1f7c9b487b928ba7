package dev.corsage.browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request that a page makes to another origin, and what the Fetch standard says about it before
 * it is sent. Immutable.
 *
 * @param origin the page's origin, serialized; not null
 * @param method the method, in the case in which it is sent; not null
 * @param headers the headers that the page sets; not null
 * @param credentials whether its credentials mode is {@code include}
 */
public record PageRequest(
    String origin, String method, List<RequestHeader> headers, boolean credentials) {

  /**
   * <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">Fetch standard</a>.
   */
  private static final int MAX_SAFELISTED_SUM = 1_024;

  private static final Set<String> SAFELISTED_METHODS = Set.of("GET", "HEAD", "POST");
  private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
  private static final Set<String> NORMALIZED_METHODS =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /** Creates a request; no argument may be null. */
  public PageRequest {
    headers = List.copyOf(headers);
  }

  /**
   * Returns a request as a browser takes it from a page: with its method <a
   * href="https://fetch.spec.whatwg.org/#concept-method-normalize">normalized</a> and without <a
   * href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden request-headers</a>.
   */
  public static PageRequest of(
      String origin, String method, List<RequestHeader> headers, boolean credentials) {
    return new PageRequest(
        origin,
        normalize(method),
        headers.stream().filter(header -> !header.isForbidden()).toList(),
        credentials);
  }

  private static String normalize(String method) {
    String upperCase = method.toUpperCase(Locale.ROOT);
    return NORMALIZED_METHODS.contains(upperCase) ? upperCase : method;
  }

  /** <a href="https://fetch.spec.whatwg.org/#forbidden-method">Forbidden method</a>. */
  public static boolean isForbiddenMethod(String method) {
    return FORBIDDEN_METHODS.contains(method.toUpperCase(Locale.ROOT));
  }

  /** <a href="https://fetch.spec.whatwg.org/#cors-safelisted-method">Fetch standard</a>. */
  static boolean isSafelistedMethod(String method) {
    return SAFELISTED_METHODS.contains(method);
  }

  /** Tells whether the method needs no permission. */
  public boolean isMethodSafelisted() {
    return isSafelistedMethod(method);
  }

  /**
   * Tells whether the browser sends a preflight (<a
   * href="https://fetch.spec.whatwg.org/#main-fetch">main fetch</a>). It also does for upload
   * listeners and streamed bodies, which this model does not have.
   */
  public boolean needsPreflight() {
    return !isMethodSafelisted() || !unsafeHeaderNames().isEmpty();
  }

  /** Tells whether Chromium sends no preflight although the standard requires one. */
  public boolean isSimpleToChromium() {
    return needsPreflight()
        && !new PageRequest(
                origin,
                method,
                headers.stream().filter(header -> !header.isSafeToChromium()).toList(),
                credentials)
            .needsPreflight();
  }

  /**
   * Returns the <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">
   * CORS-unsafe request-header names</a>: in lower case, sorted, each once.
   */
  public Set<String> unsafeHeaderNames() {
    Set<String> names = new TreeSet<>();
    int safelistedSum = 0;
    for (RequestHeader header : headers) {
      if (header.isSafelisted()) {
        safelistedSum += header.value().length();
      } else {
        names.add(header.lowerCaseName());
      }
    }
    if (safelistedSum > MAX_SAFELISTED_SUM) {
      headers.forEach(header -> names.add(header.lowerCaseName()));
    }
    return names;
  }

  /** Returns the preflight that the browser would send for this request. */
  public Preflight preflight() {
    return new Preflight(origin, method, unsafeHeaderNames(), credentials);
  }

  /** Returns the headers of the actual request, as far as they are known. */
  public Map<String, List<String>> actualHeaders() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("Origin", List.of(origin));
    lines.putAll(pageHeaders());
    return lines;
  }

  /** Returns the headers that the page sets, by name. */
  public Map<String, List<String>> pageHeaders() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    headers.forEach(header -> lines.put(header.name(), List.of(header.value())));
    return lines;
  }
}
