package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.RequestHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Why a page can, or cannot, read the response to a request, step by step. Immutable.
 *
 * @param request the request, as the browser takes it from the page
 * @param why why the browser sends a preflight; empty if it does not
 * @param preflight the preflight; null if there is none
 * @param actual the actual request; null if it is never sent
 * @param notes what else is worth knowing
 * @param remedy what to do; empty if the page can read the response
 */
record Explanation(
    PageRequest request,
    List<String> why,
    SimulatedExchange preflight,
    SimulatedExchange actual,
    List<String> notes,
    String remedy) {

  /** The key of a request that no browser sends. */
  private static final String FORBIDDEN_METHOD = "forbidden-method";

  private static final Set<String> PARSED = Set.of("content-type", "accept", "range");

  /**
   * Explains a request that a page makes.
   *
   * @param withCredentials whether the policy has credentials
   * @param sameOrigin whether the page is in the API's own origin
   */
  static Explanation of(
      CorsDecider policy,
      boolean withCredentials,
      String origin,
      String method,
      List<RequestHeader> headers,
      boolean credentials,
      boolean sameOrigin) {
    PageRequest request =
        PageRequest.of(
            origin,
            method,
            headers,
            credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN);
    List<String> notes = notes(request, method, headers);
    if (PageRequest.isForbiddenMethod(method)) {
      return new Explanation(
          request,
          List.of(),
          null,
          null,
          notes,
          "Use another method; no page can send " + method + ", whatever the server says.");
    }
    if (sameOrigin) {
      notes.add(
          "The page has the API's own origin: the browser sends no preflight, and no list matters.");
      SimulatedExchange own = SimulatedExchange.sameOrigin(policy, request);
      return new Explanation(request, List.of(), null, own, notes, "");
    }
    SimulatedExchange preflight = null;
    if (request.needsPreflight()) {
      preflight = SimulatedExchange.preflight(policy, request);
      if (!preflight.isPassed()) {
        return new Explanation(
            request,
            why(request),
            preflight,
            null,
            notes,
            Remedy.of(policy, withCredentials, request, preflight));
      }
    }
    SimulatedExchange actual = SimulatedExchange.actual(policy, request);
    String remedy = actual.isPassed() ? "" : Remedy.of(policy, withCredentials, request, actual);
    return new Explanation(request, why(request), preflight, actual, notes, remedy);
  }

  private static List<String> notes(
      PageRequest request, String method, List<RequestHeader> headers) {
    List<String> notes = new ArrayList<>();
    OriginAdvice.of(request.origin()).ifPresent(advice -> notes.add(advice.reason()));
    if (!request.method().equals(method)) {
      notes.add("Browsers send " + method + " as " + request.method() + ".");
    }
    headers.stream()
        .filter(RequestHeader::isForbidden)
        .forEach(
            header ->
                notes.add(
                    "Pages cannot set "
                        + header.lowerCaseName()
                        + ": browsers leave it out, or set it themselves."));
    if (request.isSimpleToChromium()) {
      notes.add("Chromium, unlike the standard, sends this request without a preflight.");
    }
    return notes;
  }

  private static List<String> why(PageRequest request) {
    List<String> why = new ArrayList<>();
    if (!request.isMethodSafelisted()) {
      why.add(request.method() + " is not one of the methods GET, HEAD and POST.");
    }
    for (String name : request.unsafeHeaderNames()) {
      why.add(
          PARSED.contains(name) || name.endsWith("-language")
              ? "The header " + name + " has a value that needs permission."
              : "The header " + name + " needs permission.");
    }
    return why;
  }

  boolean isReadable() {
    return actual != null && actual.isPassed();
  }

  /** Returns the key of the verdict that decided. */
  String key() {
    if (actual != null) {
      return actual.verdict().outcome().key();
    }
    return preflight == null ? FORBIDDEN_METHOD : preflight.verdict().outcome().key();
  }

  /**
   * Returns what is refused: {@code page}, {@code preflight} or {@code request}; null if nothing.
   */
  String refusedAt() {
    if (isReadable()) {
      return null;
    }
    return actual != null ? "request" : preflight != null ? "preflight" : "page";
  }
}
