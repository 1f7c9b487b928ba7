package dev.corsage.browser;

import java.util.Locale;

/**
 * A request's <a href="https://fetch.spec.whatwg.org/#concept-request-redirect-mode">redirect
 * mode</a>.
 */
public enum RedirectMode {
  /** Redirects are followed: the default of {@code fetch}. */
  FOLLOW,
  /** A redirect is an error. */
  ERROR,
  /** A redirect is not followed, and the page can read nothing of it. */
  MANUAL;

  /** Returns the name that pages write, such as {@code manual}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
