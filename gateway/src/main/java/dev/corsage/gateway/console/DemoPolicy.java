package dev.corsage.gateway.console;

/** The policy document of the demo: small, and with a bit of everything. */
public final class DemoPolicy {
  private DemoPolicy() {}

  /** Returns the document; it allows one origin. */
  public static String allowing(String origin) {
    // The shortest time that still shows the browser's cache at work.
    return """
        {
          "origins": ["%s"],
          "methods": ["PUT"],
          "requestHeaders": ["content-type", "x-demo"],
          "exposedHeaders": ["x-total-count"],
          "credentials": true,
          "maxAgeSeconds": 5
        }
        """
        .formatted(origin);
  }
}
