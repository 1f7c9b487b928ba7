package dev.corsage.browser;

import java.util.Locale;

/**
 * A page's <a
 * href="https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value">embedder
 * policy</a>, the value of its {@code Cross-Origin-Embedder-Policy}. It asks something of what the
 * page loads without CORS, and nothing of CORS requests.
 */
public enum EmbedderPolicy {
  /** The page loads what it likes: there is no such header. */
  UNSAFE_NONE,
  /** What the page loads without CORS from other origins, it loads without cookies. */
  CREDENTIALLESS,
  /**
   * What the page loads without CORS from other origins needs {@code Cross-Origin-Resource-Policy}.
   */
  REQUIRE_CORP;

  /** Returns the value of the header, such as {@code require-corp}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
