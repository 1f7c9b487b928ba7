package dev.corsage.browser;

import java.net.URI;

/**
 * The <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check">cross-origin
 * resource policy check</a> of responses that get no CORS check.
 */
final class ResourcePolicy {
  private ResourcePolicy() {}

  static Verdict check(Page page, URI url, Response response) {
    String policy = response.get("Cross-Origin-Resource-Policy").orElse("");
    boolean passes =
        switch (policy) {
          case "same-origin" -> Walk.origin(url).equals(page.origin());
          case "same-site" -> isSameSite(page.origin(), url);
          case "cross-origin" -> true;
          default -> !page.isIsolated();
        };
    if (passes) {
      return Verdict.of(Outcome.OPAQUE);
    }
    return policy.startsWith("same-")
        ? new Verdict(Outcome.RESOURCE_POLICY, policy)
        : Verdict.of(Outcome.RESOURCE_POLICY_MISSING);
  }

  /**
   * Tells whether a URL is of the page's site, as far as that shows without the list of public
   * suffixes: the same host, or one below the other's.
   */
  private static boolean isSameSite(String origin, URI url) {
    if (origin.equals("null")) {
      return false;
    }
    URI page = URI.create(origin);
    String mine = page.getHost();
    String other = url.getHost();
    boolean sameHost =
        other.equals(mine) || other.endsWith("." + mine) || mine.endsWith("." + other);
    // A policy of http does not hold for pages of https, and the other way round.
    return sameHost && page.getScheme().equals(url.getScheme());
  }
}
