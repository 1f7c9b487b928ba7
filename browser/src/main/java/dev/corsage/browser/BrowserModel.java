package dev.corsage.browser;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a browser makes of a server's responses, by the <a
 * href="https://fetch.spec.whatwg.org/">Fetch standard</a>. The tests compare it with measurements
 * of three engines.
 */
public final class BrowserModel {
  /** Step 7.9 of the CORS-preflight fetch, in seconds. */
  private static final int DEFAULT_MAX_AGE = 5;

  /**
   * <a href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">Its name</a>.
   */
  private static final String AUTHORIZATION = "authorization";

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private BrowserModel() {}

  /**
   * Judges the response to an actual request; any status can be read.
   *
   * @param origin the page's origin, serialized; not null
   * @param credentials whether the credentials mode of the request is {@code include}
   * @param response the response; not null
   */
  public static Verdict check(String origin, boolean credentials, Response response) {
    return corsCheck(origin, credentials, response, Outcome.ORIGIN_MISSING);
  }

  /** <a href="https://fetch.spec.whatwg.org/#cors-check">CORS check</a>. */
  private static Verdict corsCheck(
      String origin, boolean credentials, Response response, Outcome missing) {
    Optional<String> allowed = response.get("Access-Control-Allow-Origin");
    if (allowed.isEmpty()) {
      return Verdict.of(missing);
    }
    String value = allowed.get();
    if (!credentials && value.equals("*")) {
      return Verdict.of(Outcome.ANY_ORIGIN_ALLOWED);
    }
    if (!value.equals(origin)) {
      return new Verdict(mismatch(value), value);
    }
    if (!credentials) {
      return Verdict.of(Outcome.ORIGIN_ALLOWED);
    }
    String allowCredentials = response.get("Access-Control-Allow-Credentials").orElse("");
    return allowCredentials.equals("true")
        ? Verdict.of(Outcome.CREDENTIALS_ALLOWED)
        : new Verdict(Outcome.CREDENTIALS_NOT_ALLOWED, allowCredentials);
  }

  /** The standard has one kind of mismatch; the consoles of browsers tell these apart. */
  private static Outcome mismatch(String value) {
    if (value.equals("*")) {
      return Outcome.ANY_ORIGIN_WITH_CREDENTIALS;
    }
    if (value.indexOf(',') >= 0 || value.indexOf(' ') >= 0) {
      return Outcome.SEVERAL_ORIGINS;
    }
    return value.equals("null") || value.matches("[A-Za-z][A-Za-z0-9+.-]*://[^*]+")
        ? Outcome.OTHER_ORIGIN
        : Outcome.ORIGIN_INVALID;
  }

  /**
   * Judges the response to a preflight: <a
   * href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">CORS-preflight fetch</a>, step 7.
   *
   * @param preflight what the preflight asks for; not null
   * @param response the response; not null
   */
  public static Verdict checkPreflight(Preflight preflight, Response response) {
    String status = Integer.toString(response.status());
    if (REDIRECTS.contains(response.status())) {
      return new Verdict(Outcome.PREFLIGHT_REDIRECTED, status);
    }
    Verdict shared =
        corsCheck(
            preflight.origin(),
            preflight.credentials(),
            response,
            Outcome.PREFLIGHT_ORIGIN_MISSING);
    if (!shared.isPassed()) {
      return shared;
    }
    if (response.status() < 200 || response.status() > 299) {
      return new Verdict(Outcome.PREFLIGHT_STATUS, status);
    }
    List<String> methods;
    try {
      methods = response.tokens("Access-Control-Allow-Methods");
    } catch (Response.NotAList malformed) {
      return new Verdict(Outcome.METHODS_INVALID, malformed.getMessage());
    }
    List<String> headers;
    try {
      headers = response.tokens("Access-Control-Allow-Headers");
    } catch (Response.NotAList malformed) {
      return new Verdict(Outcome.HEADERS_INVALID, malformed.getMessage());
    }
    // With credentials a star is the name of a method, or of a header.
    boolean anyMethod = !preflight.credentials() && methods.contains("*");
    String method = preflight.method();
    if (!methods.contains(method) && !PageRequest.isSafelistedMethod(method) && !anyMethod) {
      return new Verdict(Outcome.METHOD_NOT_ALLOWED, method);
    }
    return checkHeaders(preflight, headers);
  }

  private static Verdict checkHeaders(Preflight preflight, List<String> allowed) {
    boolean any = !preflight.credentials() && allowed.contains("*");
    List<String> notNamed =
        preflight.headerNames().stream()
            .filter(name -> allowed.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    if (notNamed.contains(AUTHORIZATION)) {
      return new Verdict(
          any ? Outcome.AUTHORIZATION_NOT_NAMED : Outcome.AUTHORIZATION_NOT_ALLOWED, AUTHORIZATION);
    }
    return any || notNamed.isEmpty()
        ? Verdict.of(Outcome.PREFLIGHT_ALLOWED)
        : new Verdict(Outcome.HEADER_NOT_ALLOWED, notNamed.get(0));
  }

  /**
   * Returns the names, in lower case, of the response headers that the page can read in addition to
   * the CORS-safelisted ones, {@code *} for all (<a
   * href="https://fetch.spec.whatwg.org/#http-access-control-expose-headers">Access-Control-Expose-Headers</a>).
   *
   * @param credentials whether the credentials mode of the request is {@code include}
   */
  public static Set<String> exposedHeaders(boolean credentials, Response response) {
    try {
      Set<String> names = new TreeSet<>();
      response
          .tokens("Access-Control-Expose-Headers")
          .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
      // Forbidden response-header names; and with credentials a star is the name of a header.
      names.removeAll(Set.of("set-cookie", "set-cookie2"));
      if (credentials) {
        names.remove("*");
      }
      return names;
    } catch (Response.NotAList malformed) {
      return Set.of();
    }
  }

  /**
   * Returns for how many seconds an engine caches the response to a preflight (<a
   * href="https://fetch.spec.whatwg.org/#http-access-control-max-age">Access-Control-Max-Age</a>).
   */
  public static int maxAge(Engine engine, Response response) {
    String seconds = response.get("Access-Control-Max-Age").orElse("");
    if (seconds.matches("-[0-9]+")) {
      return 0;
    }
    if (!seconds.matches("[0-9]+")) {
      return seconds.isEmpty() || engine.defaultsBadMaxAge() ? DEFAULT_MAX_AGE : 0;
    }
    return seconds.length() > 9
        ? engine.maxAge()
        : Math.min(engine.maxAge(), Integer.parseInt(seconds));
  }

  /**
   * Tells whether a page sees the times of a response (<a
   * href="https://fetch.spec.whatwg.org/#tao-check">TAO check</a>).
   *
   * @param origin what the request had as its Origin, serialized
   */
  public static boolean isTimingAllowed(String origin, Response response) {
    return response
        .get("Timing-Allow-Origin")
        .map(value -> Stream.of(value.split(",", -1)).map(String::strip))
        .orElse(Stream.of())
        .anyMatch(value -> value.equals("*") || value.equals(origin));
  }
}
