package dev.corsage.probe;

import java.net.URI;
import java.util.Locale;

/** Hosts and origins of URLs. */
final class Hosts {
  private Hosts() {}

  /** Returns the origin of a URL as browsers serialize it. */
  static String origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int defaultPort = scheme.equals("https") ? 443 : 80;
    String port = url.getPort() < 0 || url.getPort() == defaultPort ? "" : ":" + url.getPort();
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
  }

  /** Tells whether a host is an address, which has no subdomains. */
  static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  /** Returns the host without its first label; itself if it would be one label alone. */
  static String parent(String host) {
    int dot = host.indexOf('.');
    return !isAddress(host) && dot > 0 && host.indexOf('.', dot + 1) > 0
        ? host.substring(dot + 1)
        : host;
  }
}
