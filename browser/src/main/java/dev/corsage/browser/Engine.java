package dev.corsage.browser;

import java.util.Locale;

/** The browser engines that the model knows. */
public enum Engine {
  /** Chrome, Edge and others. */
  CHROMIUM("Chromium", 7_200),
  /** Firefox. */
  FIREFOX("Firefox", 86_400),
  /** Safari, and every browser on iOS. */
  WEBKIT("Safari", 600);

  private final String browser;
  private final int maxAge;

  Engine(String browser, int maxAge) {
    this.browser = browser;
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

  /** Returns the longest time that the engine caches the response to a preflight, in seconds. */
  int maxAge() {
    return maxAge;
  }
}
