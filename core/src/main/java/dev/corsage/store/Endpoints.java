package dev.corsage.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which URLs a store may be reached at: a scheme, a host and a port alone; {@code https}, or {@code
 * http} to this machine and its container network. Over an open network, {@code http} would show
 * keys and session tokens to everybody on the way, and let them change the list.
 */
final class Endpoints {
  private static final int MAX_PORT = 65_535;

  /** How containers of Docker and Podman name the machine that they run on. */
  private static final Set<String> HOST_OF_CONTAINERS =
      Set.of("host.docker.internal", "gateway.docker.internal", "host.containers.internal");

  private static final Pattern LOOPBACK = Pattern.compile("127(?:\\.[0-9]{1,3}){3}|\\[::1]|::1");

  /** A service of the same container network. Not a number, which would be an IPv4 address. */
  private static final Pattern SINGLE_LABEL = Pattern.compile("[a-z][a-z0-9-]*");

  private Endpoints() {}

  /**
   * Returns the URL, without a slash at its end.
   *
   * @throws IllegalArgumentException if it cannot be an endpoint; the message is the reason, a
   *     clause without the URL
   */
  static URI parse(String url) {
    URI uri = uriOrNull(url);
    String scheme = uri == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException(
          "the endpoint is not a URL of a scheme, a host and a port alone");
    }
    if (scheme.equals("http") && !isNear(uri.getHost())) {
      throw new IllegalArgumentException(
          "the endpoint "
              + uri.getHost()
              + " is not on this machine or in its container network, so it needs https://");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(scheme + "://" + uri.getHost() + port);
  }

  private static URI uriOrNull(String url) {
    try {
      URI uri = new URI(url);
      boolean alone =
          uri.getScheme() != null
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
      return alone && uri.getPort() != 0 && uri.getPort() <= MAX_PORT ? uri : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  static boolean isNear(String written) {
    String host = written.toLowerCase(Locale.ROOT);
    return host.endsWith(".localhost")
        || LOOPBACK.matcher(host).matches()
        || SINGLE_LABEL.matcher(host).matches()
        || HOST_OF_CONTAINERS.contains(host);
  }
}
