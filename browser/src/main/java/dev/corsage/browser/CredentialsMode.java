package dev.corsage.browser;

import java.util.Locale;

/**
 * A request's <a href="https://fetch.spec.whatwg.org/#concept-request-credentials-mode">mode</a>.
 */
public enum CredentialsMode {
  /** Never sends or stores cookies. */
  OMIT,
  /** Sends cookies to the page's own origin alone: the default of {@code fetch}. */
  SAME_ORIGIN,
  /** Sends cookies to every origin. */
  INCLUDE;

  /** Returns the name that pages write, such as {@code same-origin}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
