package dev.corsage;

import java.util.List;

/**
 * The origin that a request was sent to, from what the request says of itself.
 *
 * <p>What a page could set itself is not believed: {@code X-Forwarded-Host} and {@code Forwarded}
 * never are. Browsers alone set {@code Sec-Fetch-Site} and {@code Host} (<a
 * href="https://fetch.spec.whatwg.org/#forbidden-request-header">Fetch, forbidden
 * request-headers</a>). The first one is right behind every proxy, also one that changes the host,
 * and for a page whose referrer policy makes its origin {@code null}.
 */
public final class TargetOrigin {
  private TargetOrigin() {}

  /**
   * Returns what {@link HttpRequest#targetOrigin} returns of a request to AWS, or null where it is
   * not known.
   *
   * @param request not null
   * @param domain what the request was sent to, for a request without a {@code Host}; null if it is
   *     not known
   * @param httpsOnly whether nothing but {@code https} can have reached it, whatever a header says
   */
  public static String of(HttpRequest request, String domain, boolean httpsOnly) {
    String host = host(request, domain);
    return of(request, host == null ? null : scheme(request, host, httpsOnly), host);
  }

  /**
   * Tells what {@link HttpRequest#isSentTo} tells of a request to AWS: the same as {@link
   * #of(HttpRequest, String, boolean)}, without putting the origin together.
   */
  public static boolean is(String origin, HttpRequest request, String domain, boolean httpsOnly) {
    String host = host(request, domain);
    return is(origin, request, host == null ? null : scheme(request, host, httpsOnly), host);
  }

  private static String host(HttpRequest request, String domain) {
    List<String> hosts = request.header("host");
    return hosts.size() == 1 ? hosts.get(0) : hosts.isEmpty() ? domain : null;
  }

  /**
   * Returns what {@link HttpRequest#targetOrigin} returns of a request to a server that knows what
   * it was reached by, or null where it is not known.
   *
   * @param request not null
   * @param scheme {@code https} or {@code http}; null if it is not known
   * @param host the host, with the port unless it is the scheme's own; null if it is not known
   */
  public static String of(HttpRequest request, String scheme, String host) {
    List<String> origin = request.header("origin");
    if (origin.size() == 1 && isFromSameOrigin(request)) {
      return origin.get(0);
    }
    return scheme == null || host == null
        ? null
        : scheme + "://" + host.substring(0, hostLength(scheme, host));
  }

  /**
   * Tells what {@link HttpRequest#isSentTo} tells of a request to such a server: the same as {@link
   * #of(HttpRequest, String, String)}, without putting the origin together.
   */
  public static boolean is(String origin, HttpRequest request, String scheme, String host) {
    if (isFromSameOrigin(request)) {
      List<String> lines = request.header("origin");
      if (lines.size() == 1) {
        return lines.get(0).equals(origin);
      }
    }
    if (scheme == null || host == null) {
      return false;
    }
    int length = hostLength(scheme, host);
    int hostStart = scheme.length() + 3;
    return origin.length() == hostStart + length
        && origin.startsWith(scheme)
        && origin.startsWith("://", scheme.length())
        && origin.regionMatches(hostStart, host, 0, length);
  }

  /**
   * See <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata</a>.
   */
  private static boolean isFromSameOrigin(HttpRequest request) {
    List<String> site = request.header("sec-fetch-site");
    return site.size() == 1 && site.get(0).equals("same-origin");
  }

  /** Returns the length of a host without the scheme's own port. */
  private static int hostLength(String scheme, String host) {
    String defaultPort = scheme.equals("https") ? ":443" : ":80";
    return host.endsWith(defaultPort) ? host.length() - defaultPort.length() : host.length();
  }

  /**
   * Returns the scheme that a host was reached by, or null where it is not known. A load balancer
   * has listeners of both, and <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html">sets
   * X-Forwarded-Proto</a>; API Gateway and function URLs have https on port 443 alone, whatever a
   * header says, so another port is that of an emulator.
   */
  private static String scheme(HttpRequest request, String host, boolean httpsOnly) {
    boolean port = host.lastIndexOf(':') > host.lastIndexOf(']') && !host.endsWith(":443");
    List<String> forwarded = request.header("x-forwarded-proto");
    if (forwarded.isEmpty() || (httpsOnly && !port)) {
      return "https";
    }
    String only = forwarded.size() == 1 ? forwarded.get(0) : "";
    return only.equals("https") || only.equals("http") ? only : null;
  }
}
