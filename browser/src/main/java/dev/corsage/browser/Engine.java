package dev.corsage.browser;

import java.util.Locale;

/** The browser engines that the model knows. */
public enum Engine {
  /** Chrome, Edge and others. */
  CHROMIUM("Chromium", "Chromium 156", 7_200),
  /** Firefox. */
  FIREFOX("Firefox", "Firefox ESR 153", 86_400),
  /** Safari, and every browser on iOS. */
  WEBKIT("Safari", "WebKitGTK 2.50", 600);

  private final String browser;
  private final String measured;
  private final int maxAge;

  Engine(String browser, String measured, int maxAge) {
    this.browser = browser;
    this.measured = measured;
    this.maxAge = maxAge;
  }

  /** Returns the stable key, such as {@code chromium}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name of the browser that people know it by, such as {@code Safari}; not null. */
  public String browser() {
    return browser;
  }

  /**
   * Returns the program and the version that predictions are compared with, such as {@code Chromium
   * 156}; not null.
   */
  public String measured() {
    return measured;
  }

  /** Returns the longest time that the engine caches the response to a preflight, in seconds. */
  int maxAge() {
    return maxAge;
  }

  /**
   * Tells whether a response to a preflight is kept for the usual time if its {@code
   * Access-Control-Max-Age} is not a number, as the standard says; else it is not kept.
   */
  boolean defaultsBadMaxAge() {
    return this != FIREFOX;
  }

  /** Tells whether a {@code *} that is kept serves other requests, as the standard says. */
  boolean usesStarsThatAreKept() {
    return this != FIREFOX;
  }

  /**
   * Tells whether a preflight that is kept for requests with credentials does not serve requests
   * without, contrary to the standard.
   */
  boolean cachesByCredentials() {
    return this == FIREFOX;
  }

  /**
   * Tells whether a request that needs a preflight at first gets one after every redirect, contrary
   * to the standard; and whether the headers of a body that a redirect has taken away come back
   * with the next one.
   */
  boolean repeatsPreflights() {
    return this != CHROMIUM;
  }

  /**
   * Tells whether preflights have the page's own origin, as the standard says, also where the
   * request itself has {@code null} after a redirect.
   */
  boolean namesPageInPreflights() {
    return this == FIREFOX;
  }

  /** Tells whether preflights after redirects ask for all headers that the page has set. */
  boolean asksForDroppedHeaders() {
    return this == WEBKIT;
  }

  /**
   * Tells whether a redirect without a {@code Location} is an error in the redirect mode {@code
   * error}, as the standard says.
   */
  boolean refusesRedirectsToNowhere() {
    return this == FIREFOX;
  }

  /** Tells whether there is {@code Cross-Origin-Embedder-Policy: credentialless}. */
  boolean knowsCredentialless() {
    return this != WEBKIT;
  }

  /** Tells whether pages from the internet need a permission to reach nearer networks. */
  boolean checksLocalNetwork() {
    return this != WEBKIT;
  }
}
