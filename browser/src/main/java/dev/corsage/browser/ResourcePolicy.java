package dev.corsage.browser;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * The <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check">cross-origin
 * resource policy check</a> of responses that get no CORS check.
 */
final class ResourcePolicy {
  /** Second labels below which others register, as in {@code example.co.uk}. */
  private static final Set<String> REGISTRIES =
      Set.of("ac", "co", "com", "edu", "go", "gov", "net", "or", "org");

  private ResourcePolicy() {}

  /**
   * Checks a response.
   *
   * @param passed the outcome if the policy lets the page have it
   */
  static Verdict check(Page page, URI url, Response response, Outcome passed) {
    String policy = response.get("Cross-Origin-Resource-Policy").orElse("");
    boolean passes =
        switch (policy) {
          case "same-origin" -> Walk.origin(url).equals(page.origin());
          case "same-site" -> isSameSite(page.origin(), url);
          case "cross-origin" -> true;
          default -> page.embedderPolicy() != EmbedderPolicy.REQUIRE_CORP;
        };
    if (passes) {
      return Verdict.of(passed);
    }
    return policy.startsWith("same-")
        ? new Verdict(Outcome.RESOURCE_POLICY, policy)
        : Verdict.of(Outcome.RESOURCE_POLICY_MISSING);
  }

  /** <a href="https://html.spec.whatwg.org/multipage/browsers.html#same-site">Same site</a>. */
  private static boolean isSameSite(String origin, URI url) {
    try {
      URI page = new URI(origin);
      return page.getHost() != null
          && page.getScheme().equals(url.getScheme())
          && site(page.getHost()).equals(site(url.getHost()));
    } catch (URISyntaxException noOrigin) {
      return false;
    }
  }

  /**
   * Returns the registrable domain, as far as it shows without the list of public suffixes: two
   * labels, or three below what looks like a registry of a country. Addresses are whole.
   */
  private static String site(String host) {
    List<String> labels = List.of(host.split("\\.", -1));
    int size = labels.size();
    if (size < 3 || host.startsWith("[") || labels.get(size - 1).matches("[0-9]+")) {
      return host;
    }
    boolean registry =
        labels.get(size - 1).length() == 2 && REGISTRIES.contains(labels.get(size - 2));
    return String.join(".", labels.subList(size - (registry ? 3 : 2), size));
  }
}
