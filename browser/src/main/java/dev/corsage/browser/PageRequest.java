package dev.corsage.browser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A request that a page makes, and what the Fetch standard says about it before it is sent.
 * Immutable.
 *
 * @param page the page; not null
 * @param kind by what it is made; not null
 * @param method the method, in the case in which it is sent; not null
 * @param headers the headers that the page sets; not null
 * @param credentialsMode its credentials mode; not null
 * @param redirectMode its redirect mode; not null
 */
public record PageRequest(
    Page page,
    RequestKind kind,
    String method,
    List<RequestHeader> headers,
    CredentialsMode credentialsMode,
    RedirectMode redirectMode) {

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
   * Returns the request of a {@code fetch} as a browser takes it from a page; no argument may be
   * null.
   */
  public static PageRequest of(
      String origin, String method, List<RequestHeader> headers, CredentialsMode mode) {
    return of(Page.of(origin), RequestKind.FETCH, method, headers, mode);
  }

  /**
   * Returns a request as a browser takes it from a page: with its method <a
   * href="https://fetch.spec.whatwg.org/#concept-method-normalize">normalized</a>, without <a
   * href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden request-headers</a>,
   * and without what its kind does not let the page choose.
   *
   * @param method what the page wants; a kind that has no choice leaves it out
   * @param headers what the page wants to set
   * @param mode what the page wants; beacons always have {@code include}
   */
  public static PageRequest of(
      Page page,
      RequestKind kind,
      String method,
      List<RequestHeader> headers,
      CredentialsMode mode) {
    return new PageRequest(
        page,
        kind,
        kind.hasMethods() ? normalize(method) : kind.usualMethod(),
        headers.stream()
            .filter(header -> !header.isForbidden())
            .filter(header -> isSettable(kind, header))
            .toList(),
        kind == RequestKind.BEACON ? CredentialsMode.INCLUDE : mode,
        RedirectMode.FOLLOW);
  }

  /** <a href="https://fetch.spec.whatwg.org/#concept-headers-guard">Headers guard</a>. */
  private static boolean isSettable(RequestKind kind, RequestHeader header) {
    return switch (kind) {
      case NO_CORS -> header.isNoCorsSafelisted();
      case BEACON -> header.lowerCaseName().equals("content-type");
      default -> kind.hasHeaders();
    };
  }

  /** Returns the page's origin, serialized; not null. */
  public String origin() {
    return page.origin();
  }

  /** Tells whether the credentials mode is {@code include}. */
  public boolean credentials() {
    return credentialsMode == CredentialsMode.INCLUDE;
  }

  /**
   * Returns the same request with another redirect mode; what is not a {@code fetch} has no choice,
   * and follows redirects.
   */
  public PageRequest with(RedirectMode mode) {
    return new PageRequest(
        page, kind, method, headers, credentialsMode, kind.isFetch() ? mode : RedirectMode.FOLLOW);
  }

  /** Returns the same request with other headers. */
  public PageRequest with(List<RequestHeader> others) {
    return new PageRequest(page, kind, method, others, credentialsMode, redirectMode);
  }

  /** Returns the same request without some of its headers. */
  PageRequest without(Predicate<RequestHeader> unwanted) {
    return with(method, unwanted);
  }

  /** Returns the same request with another method, and without some of its headers. */
  PageRequest with(String other, Predicate<RequestHeader> unwanted) {
    return new PageRequest(
        page,
        kind,
        other,
        headers.stream().filter(unwanted.negate()).toList(),
        credentialsMode,
        redirectMode);
  }

  /** Tells whether no CORS check is made, and nothing of the response can be read. */
  boolean isOpaque() {
    return kind == RequestKind.NO_CORS
        || (kind == RequestKind.BEACON && headers.stream().allMatch(RequestHeader::isSafelisted));
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
   * Tells whether the browser sends a preflight by the standard (<a
   * href="https://fetch.spec.whatwg.org/#main-fetch">main fetch</a>).
   */
  public boolean needsPreflight() {
    return !isOpaque()
        && (kind.isAlwaysPreflighted() || !isMethodSafelisted() || !unsafeHeaderNames().isEmpty());
  }

  /** Tells whether an engine sends a preflight. */
  public boolean needsPreflight(Engine engine) {
    return !isOpaque()
        && !(kind == RequestKind.FONT && engine == Engine.WEBKIT)
        && (kind.isAlwaysPreflighted(engine, method)
            || !isMethodSafelisted()
            || !as(engine).unsafeHeaderNames().isEmpty());
  }

  /** Returns the request without the headers that an engine needs no permission for. */
  PageRequest as(Engine engine) {
    return engine == Engine.CHROMIUM ? without(RequestHeader::isSafeToChromium) : this;
  }

  /** Tells whether Chromium sends no preflight although the standard requires one. */
  public boolean isSimpleToChromium() {
    return needsPreflight() && !needsPreflight(Engine.CHROMIUM);
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
    return new Preflight(origin(), method, unsafeHeaderNames(), credentials());
  }

  /** Returns the headers of the actual request, as far as they are known. */
  public Map<String, List<String>> actualHeaders() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("Origin", List.of(origin()));
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
