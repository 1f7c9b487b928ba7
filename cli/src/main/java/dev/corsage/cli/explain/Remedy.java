package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Origin;
import dev.corsage.PolicyCode;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to change, in the policy or in the page, so that the page can read the response. */
final class Remedy {
  private static final String PROBE = "x-corsage-probe";

  private static final String TO_ORIGINS = " to \"origins\", if its pages are trusted";

  private static final String OWN_ORIGIN =
      "Give the page an origin of its own: serve it over https, not from a file, a data: URL or a"
          + " sandboxed frame without allow-same-origin.";

  private Remedy() {}

  /**
   * Returns the remedy, in sentences.
   *
   * @param withCredentials whether the policy has credentials
   * @param verdict what decided
   * @param exchanges what was sent; the last is what the browser refuses, if it is one
   */
  static String of(
      CorsDecider policy,
      boolean withCredentials,
      PageRequest request,
      Verdict verdict,
      List<SimulatedExchange> exchanges) {
    SimulatedExchange last = exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
    if (verdict.outcome() == Outcome.METHOD_FORBIDDEN) {
      return "Use another method; no page can send "
          + request.method()
          + ", whatever the server says.";
    }
    if (last == null || last.isPassed()) {
      // It is not the response that the browser refuses.
      return ConsoleMessage.of(verdict, request.origin(), 0).remedy();
    }
    if (verdict.outcome() == Outcome.RESOURCE_POLICY
        || verdict.outcome() == Outcome.RESOURCE_POLICY_MISSING) {
      return "Set \"resourcePolicy\": \"cross-origin\" in the policy, or load it with CORS"
          + " (crossorigin on an element).";
    }
    if ("null".equals(last.request().origin()) && !request.origin().equals("null")) {
      return "Call the final URL: after a redirect from a second origin on, browsers send Origin:"
          + " null.";
    }
    if (exchanges.stream().anyMatch(exchange -> exchange.redirect().isPresent())
        && last.isPreflight()
        && last.decision().isAllowed()) {
      return "Call the final URL.";
    }
    return of(policy, withCredentials, request, last);
  }

  private static String of(
      CorsDecider policy, boolean withCredentials, PageRequest request, SimulatedExchange refused) {
    return switch (refused.decision().reason()) {
      case ORIGIN_NOT_ALLOWED -> origin(withCredentials, request, refused.decision());
      case ORIGIN_MALFORMED -> malformed(request.origin());
      case ORIGIN_NULL ->
          OWN_ORIGIN
              + (request.credentials() || withCredentials
                  ? ""
                  : " (null in \"origins\" needs \"tolerateNullOrigin\": true and no credentials; any"
                      + " page can have it.)");
      case NO_POLICY ->
          "Add a policy for this place, or say where the request is sent to: --stage, --api-id,"
              + " --domain, --path.";
      case ALLOW_LIST_UNAVAILABLE ->
          "Check the store of the allow list: the reason says what failed.";
      case METHOD_NOT_ALLOWED, HEADER_NOT_ALLOWED -> missing(policy, request);
      case ALLOWED, NO_ORIGIN, SAME_ORIGIN -> credentials(request, refused.verdict());
    };
  }

  private static String origin(boolean withCredentials, PageRequest request, Decision refused) {
    boolean usable = !(request.credentials() || withCredentials) || !isInsecure(request.origin());
    String secure = request.origin().replaceFirst("^http://", "https://");
    Optional<Origin> page = Origin.parse(request.origin());
    Optional<Origin> near =
        refused.nearestOrigin().flatMap(pattern -> Origin.parse(pattern.toString()));
    String serve =
        page.isPresent() && near.map(Origin::host).equals(page.map(Origin::host))
            ? "Serve the page from " + near.get() + ", which is on the list."
            : "";
    if (usable) {
      String add = "dd " + quoted(request.origin()) + TO_ORIGINS + ".";
      return serve.isEmpty() ? "A" + add : serve + " Or a" + add;
    }
    // An entry that lint calls an error is no remedy.
    return serve.isEmpty()
        ? "Serve the page over https, as credentials require, and add "
            + (isInsecure(secure) ? "its new origin" : quoted(secure))
            + TO_ORIGINS
            + "."
        : serve;
  }

  /** Tells whether a policy has credentials, as far as one of its own origins shows it. */
  static boolean isWithCredentials(CorsDecider policy) {
    return policy instanceof CorsPolicy one
        && one.origins().stream()
            .map(pattern -> Origin.parse(pattern.toString()))
            .flatMap(Optional::stream)
            .limit(1)
            .map(origin -> HttpRequest.of("GET", Map.of("Origin", List.of(origin.toString()))))
            .map(request -> policy.decide(request).headers())
            .anyMatch(headers -> headers.containsKey("Access-Control-Allow-Credentials"));
  }

  private static boolean isInsecure(String origin) {
    return CorsPolicy.builder().origins(origin).credentials(true).problems().stream()
        .anyMatch(problem -> problem.code() == PolicyCode.CREDENTIALS_INSECURE_ORIGIN);
  }

  private static String malformed(String origin) {
    String instead = OriginAdvice.of(origin).map(OriginAdvice::instead).orElse("");
    return instead.isEmpty()
        ? "Use the origin that the browser's console shows: only scheme, host and port."
        : "Browsers would send " + instead + ": explain that one.";
  }

  /** Names everything that is missing, not only what the server found first. */
  private static String missing(CorsDecider policy, PageRequest request) {
    StringBuilder remedy = new StringBuilder();
    String method = request.method();
    if (!isAllowed(policy, request, method, null)) {
      String upperCase = method.toUpperCase(Locale.ROOT);
      if (!method.equals(upperCase)) {
        remedy.append("Write ").append(quoted(upperCase));
        remedy.append(" in the page: methods are case-sensitive. ");
      }
      if (!isAllowed(policy, request, upperCase, null)) {
        remedy.append("Add ").append(quoted(upperCase)).append(" to \"methods\". ");
      }
    }
    List<String> headers =
        request.unsafeHeaderNames().stream()
            .filter(name -> !isAllowed(policy, request, "GET", name))
            .toList();
    if (!headers.isEmpty()) {
      remedy.append("Add ");
      remedy.append(headers.stream().map(Remedy::quoted).collect(Collectors.joining(", ")));
      remedy.append(" to \"requestHeaders\". ");
      // A header that nobody lists can only be allowed by a star.
      if (headers.contains("authorization") && isAllowed(policy, request, "GET", PROBE)) {
        remedy.append("The * there does not cover authorization. ");
      }
    }
    Verdict actual = onActual(policy, request);
    if (!actual.isPassed()) {
      remedy.append(credentials(request, actual));
    }
    return remedy.toString().strip();
  }

  private static boolean isAllowed(
      CorsDecider policy, PageRequest request, String method, String header) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Origin", List.of(request.origin()));
    headers.put("Access-Control-Request-Method", List.of(method));
    if (header != null) {
      headers.put("Access-Control-Request-Headers", List.of(header));
    }
    Decision decision = policy.decide(HttpRequest.of("OPTIONS", headers));
    return decision.isAllowed();
  }

  /** Returns what browsers would make of the response to the actual request, if it were sent. */
  private static Verdict onActual(CorsDecider policy, PageRequest request) {
    Decision decision =
        policy.decide(
            HttpRequest.of(request.method(), Map.of("Origin", List.of(request.origin()))));
    return BrowserModel.check(
        request.origin(),
        request.credentials(),
        new Response(200, List.copyOf(decision.headers().entrySet())));
  }

  private static String credentials(PageRequest request, Verdict refused) {
    String page = "leave the credentials out in the page (credentials: \"omit\").";
    boolean isStar = refused.outcome() == Outcome.ANY_ORIGIN_WITH_CREDENTIALS;
    if (!isStar && refused.outcome() != Outcome.CREDENTIALS_NOT_ALLOWED) {
      return ConsoleMessage.of(refused, request.origin(), 0).remedy();
    }
    if (request.kind() == RequestKind.BEACON) {
      page = "use fetch with keepalive and credentials: \"omit\" in place of the beacon.";
    }
    // With credentials neither null nor a plain origin builds.
    if (request.origin().equals("null")) {
      return OWN_ORIGIN + " Or " + page;
    }
    if (isInsecure(request.origin())) {
      return "Serve the page over https, as credentials require, list its origin and set"
          + " \"credentials\": true, or "
          + page;
    }
    return isStar
        ? "List the origins instead of \"*\" and set \"credentials\": true, or " + page
        : "Set \"credentials\": true in the policy, or " + page;
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
