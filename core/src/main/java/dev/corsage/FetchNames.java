package dev.corsage;

import java.util.Locale;
import java.util.Set;

/** The names of methods and header fields in RFC 9110 and the Fetch standard. */
public final class FetchNames {

  /**
   * <a href="https://fetch.spec.whatwg.org/#cors-safelisted-method">CORS-safelisted methods</a>.
   */
  static final Set<String> SAFELISTED_METHODS = Set.of("GET", "HEAD", "POST");

  /** Methods that browsers put in upper case; PATCH is not among them. */
  static final Set<String> NORMALIZED_METHODS =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /** <a href="https://fetch.spec.whatwg.org/#forbidden-method">Forbidden methods</a>. */
  static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

  /**
   * <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">Forbidden request-headers</a>
   * that are forbidden by name alone; those by prefix are in {@link #isForbiddenRequestHeader}.
   */
  private static final Set<String> FORBIDDEN_REQUEST_HEADERS =
      Set.of(
          "accept-charset",
          "accept-encoding",
          "access-control-request-headers",
          "access-control-request-method",
          "connection",
          "content-length",
          "cookie",
          "cookie2",
          "date",
          "dnt",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "referer",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  /** Headers in which a request can name another method than its own. */
  static final Set<String> METHOD_OVERRIDES =
      Set.of("x-http-method", "x-http-method-override", "x-method-override");

  /** Safelisted as long as their values are simple. */
  static final Set<String> SAFELISTED_REQUEST_HEADERS =
      Set.of("accept", "accept-language", "content-language", "range");

  /** The response headers of the CORS protocol. */
  static final Set<String> CORS_RESPONSE_HEADERS =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-allow-origin",
          "access-control-allow-private-network",
          "access-control-expose-headers",
          "access-control-max-age");

  /** Headers that are useless to expose in the response to an actual request. */
  static final Set<String> NOT_FOR_EXPOSURE =
      Set.of(
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-max-age",
          "access-control-request-headers",
          "access-control-request-method",
          "origin");

  /** Forbidden response-header names: never readable. */
  static final Set<String> FORBIDDEN_RESPONSE_HEADERS = Set.of("set-cookie", "set-cookie2");

  /** CORS-safelisted response-header names: always readable. */
  static final Set<String> SAFELISTED_RESPONSE_HEADERS =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  /** Response headers whose values are secrets. */
  static final Set<String> SECRETS =
      Set.of(
          "authorization",
          "x-amz-security-token",
          "x-api-key",
          "x-auth-token",
          "x-csrf-token",
          "x-xsrf-token");

  /** Request headers by which proxies and gateways tell servers who called, and how. */
  private static final Set<String> FOR_INFRASTRUCTURE =
      Set.of(
          "cf-connecting-ip",
          "forwarded",
          "true-client-ip",
          "x-client-ip",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url",
          "x-user-id");

  private FetchNames() {}

  static boolean isForInfrastructure(String lowerCaseName) {
    return FOR_INFRASTRUCTURE.contains(lowerCaseName)
        || lowerCaseName.startsWith("x-forwarded-")
        || lowerCaseName.startsWith("x-amzn-");
  }

  static boolean isForbiddenRequestHeader(String lowerCaseName) {
    return FORBIDDEN_REQUEST_HEADERS.contains(lowerCaseName)
        || lowerCaseName.startsWith("proxy-")
        || lowerCaseName.startsWith("sec-");
  }

  static boolean isForbiddenMethod(String method) {
    return method.length() <= 7 && FORBIDDEN_METHODS.contains(method.toUpperCase(Locale.ROOT));
  }

  /** Tells whether it stands for all methods in routes, such as those of API Gateway. */
  static boolean isRouteMethod(String method) {
    return method.equalsIgnoreCase("ANY") || method.equalsIgnoreCase("ALL");
  }

  /** Lower-cases ASCII letters and nothing else: KELVIN SIGN must not become a k. */
  static String lowerCase(String name) {
    StringBuilder lowerCase = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (lowerCase == null) {
          lowerCase = new StringBuilder(name);
        }
        lowerCase.setCharAt(i, lowerCase(c));
      }
    }
    return lowerCase == null ? name : lowerCase.toString();
  }

  static char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /**
   * Tells whether the text is a token (RFC 9110, section 5.6.2), as the names of methods and header
   * fields are.
   *
   * @param text not null
   */
  public static boolean isToken(String text) {
    return isToken(text, 0, text.length());
  }

  static boolean isToken(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return start < end;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
