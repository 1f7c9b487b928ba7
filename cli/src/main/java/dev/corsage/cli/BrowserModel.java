package dev.corsage.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a browser makes of a server's answers, by the <a href="https://fetch.spec.whatwg.org/">Fetch
 * standard</a>. Values in, values out; measured against three engines in the tests.
 */
final class BrowserModel {
  private static final String CORS_CHECK = "cors-check";
  private static final String PREFLIGHT = "cors-preflight-fetch";

  /** Step 7.9 of the CORS-preflight fetch. */
  private static final int DEFAULT_MAX_AGE = 5;

  static final int CHROMIUM_MAX_AGE = 7_200;
  static final int FIREFOX_MAX_AGE = 86_400;
  static final int WEBKIT_MAX_AGE = 600;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private BrowserModel() {}

  /** Judges the response to the request itself; any status may be read. */
  static Verdict check(PageRequest request, Response response) {
    return corsCheck(request, response, "no-acao");
  }

  /** <a href="https://fetch.spec.whatwg.org/#cors-check">CORS check</a>. */
  private static Verdict corsCheck(PageRequest request, Response response, String missing) {
    Optional<String> allowed = response.get("Access-Control-Allow-Origin");
    if (allowed.isEmpty()) {
      return Verdict.failed(missing, "CORS check, step 2", CORS_CHECK, "");
    }
    String origin = allowed.get();
    if (!request.credentials() && origin.equals("*")) {
      return Verdict.passed("CORS check, step 3", CORS_CHECK);
    }
    if (!origin.equals(request.origin())) {
      return Verdict.failed(mismatch(origin), "CORS check, step 4", CORS_CHECK, origin);
    }
    if (!request.credentials()) {
      return Verdict.passed("CORS check, step 5", CORS_CHECK);
    }
    String credentials = response.get("Access-Control-Allow-Credentials").orElse("");
    return credentials.equals("true")
        ? Verdict.passed("CORS check, step 7", CORS_CHECK)
        : Verdict.failed("acac", "CORS check, step 8", CORS_CHECK, credentials);
  }

  /** To the standard a mismatch is a mismatch; browsers' consoles tell these apart. */
  private static String mismatch(String value) {
    if (value.equals("*")) {
      return "star-with-credentials";
    }
    if (value.indexOf(',') >= 0 || value.indexOf(' ') >= 0) {
      return "many-acao";
    }
    return value.equals("null") || value.matches("[A-Za-z][A-Za-z0-9+.-]*://[^*]+")
        ? "origin-mismatch"
        : "bad-acao";
  }

  /**
   * Judges the response to the preflight: <a
   * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">CORS-preflight fetch</a>, step 7.
   */
  static Verdict checkPreflight(PageRequest request, Response response) {
    if (REDIRECTS.contains(response.status())) {
      return preflightFailed("preflight-redirect", "step 7", Integer.toString(response.status()));
    }
    Verdict shared = corsCheck(request, response, "preflight-no-acao");
    if (!shared.isPassed()) {
      return shared;
    }
    if (response.status() < 200 || response.status() > 299) {
      return preflightFailed("preflight-status", "step 7", Integer.toString(response.status()));
    }
    List<String> methods;
    try {
      methods = response.tokens("Access-Control-Allow-Methods");
    } catch (Response.NotAList malformed) {
      return preflightFailed("bad-acam", "step 7.3", malformed.getMessage());
    }
    List<String> headers;
    try {
      headers = response.tokens("Access-Control-Allow-Headers");
    } catch (Response.NotAList malformed) {
      return preflightFailed("bad-acah", "step 7.3", malformed.getMessage());
    }
    // With credentials a star is the name of a method, or of a header.
    boolean anyMethod = !request.credentials() && methods.contains("*");
    if (!methods.contains(request.method()) && !request.isMethodSafelisted() && !anyMethod) {
      return preflightFailed("method", "step 7.5", request.method());
    }
    return checkHeaders(request, headers);
  }

  private static Verdict checkHeaders(PageRequest request, List<String> allowed) {
    boolean any = !request.credentials() && allowed.contains("*");
    for (String name : request.unsafeHeaderNames()) {
      boolean named = allowed.stream().anyMatch(name::equalsIgnoreCase);
      if (!named && name.equals("authorization")) {
        // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
        Verdict failed = preflightFailed("header", "step 7.6", name);
        return any ? withNote(failed) : failed;
      }
      if (!named && !any) {
        return preflightFailed("header", "step 7.7", name);
      }
    }
    return Verdict.passed("CORS-preflight fetch, step 7", PREFLIGHT);
  }

  private static Verdict preflightFailed(String key, String step, String value) {
    return Verdict.failed(key, "CORS-preflight fetch, " + step, PREFLIGHT, value);
  }

  private static Verdict withNote(Verdict failed) {
    return new Verdict(
        failed.key(),
        failed.step(),
        failed.section(),
        failed.value(),
        "The standard does not let * stand for Authorization; Chromium, Firefox and Safari still"
            + " do, and have announced to stop.");
  }

  /**
   * Returns the names, in lower case, of the response headers that the page can read beside the
   * CORS-safelisted ones, {@code *} for all (<a
   * href="https://fetch.spec.whatwg.org/#http-access-control-expose-headers">Access-Control-Expose-Headers</a>).
   */
  static Set<String> exposedHeaders(PageRequest request, Response response) {
    try {
      Set<String> names = new TreeSet<>();
      response
          .tokens("Access-Control-Expose-Headers")
          .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
      // Forbidden response-header names; and with credentials a star is the name of a header.
      names.removeAll(Set.of("set-cookie", "set-cookie2"));
      if (request.credentials()) {
        names.remove("*");
      }
      return names;
    } catch (Response.NotAList malformed) {
      return Set.of();
    }
  }

  /**
   * Returns for how many seconds a browser keeps the response to a preflight (<a
   * href="https://fetch.spec.whatwg.org/#http-access-control-max-age">Access-Control-Max-Age</a>).
   *
   * @param limit the longest it keeps any
   */
  static int maxAge(Response response, int limit) {
    String seconds = response.get("Access-Control-Max-Age").orElse("");
    if (!seconds.matches("[0-9]+")) {
      return DEFAULT_MAX_AGE;
    }
    return seconds.length() > 9 ? limit : Math.min(limit, Integer.parseInt(seconds));
  }
}
