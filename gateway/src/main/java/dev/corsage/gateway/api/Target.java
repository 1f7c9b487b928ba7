package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import dev.corsage.store.Secrets;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a route leads to. */
public sealed interface Target {

  /**
   * A function.
   *
   * @param id its id
   * @param streams whether it is invoked with response streaming
   */
  record Function(String id, boolean streams) implements Target {

    /** Creates one whose responses are buffered, as they are unless configured otherwise. */
    public Function(String id) {
      this(id, false);
    }
  }

  /**
   * A server that is called as by an HTTP proxy integration.
   *
   * @param server an http or https URL: host, port and path
   * @param policy the policy that decides on the CORS headers of its responses; null if they leave
   *     as they are
   */
  record Backend(URI server, CorsDecider policy) implements Target {

    /** Creates one; throws an IllegalArgumentException if the URL is not usable. */
    public Backend {
      checkUrl(server);
    }

    /**
     * Checks whether a URL can be that of a backend.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static void checkUrl(URI server) {
      String scheme = server.getScheme();
      if (scheme == null
          || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
          || server.getHost() == null
          || server.getPort() > 65_535
          || server.getRawUserInfo() != null
          || server.getRawQuery() != null
          || server.getRawFragment() != null) {
        throw new IllegalArgumentException(
            Secrets.masked(server.toString())
                + " is not the URL of a server: http:// or https://, host, port and path, without"
                + " user, query and fragment");
      }
    }

    /** Tells whether the server would be this port of this machine. */
    public boolean isAt(int port) {
      return server.getPort() == port
          && Set.of("localhost", "127.0.0.1", "[::1]").contains(server.getHost());
    }
  }

  /**
   * A response that the gateway makes itself: the mock integration of a REST API.
   *
   * @param unknown the names of headers whose values only a deployment knows; they are not sent
   */
  record Mock(int status, Map<String, String> headers, Set<String> unknown) implements Target {}

  /** What is not in the template, or not a function; described for people. */
  record Other(String description) implements Target {}
}
