package dev.corsage.gateway;

/** The policy document of the demo: small, and with something of everything. */
final class DemoPolicy {
  private DemoPolicy() {}

  static String allowing(String origin) {
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
