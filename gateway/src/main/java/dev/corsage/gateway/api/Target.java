package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import dev.corsage.store.Secrets;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
      int standard = server.getScheme().equalsIgnoreCase("https") ? 443 : 80;
      return (server.getPort() < 0 ? standard : server.getPort()) == port
          && Guard.isLoopback(server.getHost().toLowerCase(Locale.ROOT));
    }
  }

  /** A response that the gateway makes itself: the mock integration of a REST API. */
  record Mock(MappedIntegration integration) implements Target {

    /** Creates one that always has the same status and headers. */
    public Mock(int status, Map<String, String> headers) {
      this(MappedIntegration.fixed(status, headers));
    }

    /** Returns the status of its main response. */
    public int status() {
      MappedIntegration.IntegrationResponse response = integration.mainResponse();
      return response == null ? 500 : response.status();
    }

    /**
     * Returns the headers that its main response sets to static values, as they are written: not
     * all of them need be usable.
     */
    public Map<String, String> headers() {
      Map<String, String> headers = new LinkedHashMap<>();
      MappedIntegration.IntegrationResponse response = integration.mainResponse();
      if (response != null) {
        response.headers().stream()
            .filter(header -> header.value().isLiteral())
            .forEach(header -> headers.put(header.name(), header.value().literal()));
      }
      return headers;
    }

    /** Returns the names of its headers whose values only a deployment knows; they are not sent. */
    public Set<String> unknown() {
      MappedIntegration.IntegrationResponse response = integration.mainResponse();
      return response == null
          ? Set.of()
          : response.headers().stream()
              .filter(header -> !header.value().isKnown())
              .map(MappedIntegration.Header::name)
              .collect(Collectors.toSet());
    }
  }

  /**
   * An integration with a Lambda function, another service of AWS or a server, of type {@code AWS}
   * or {@code HTTP}.
   *
   * @param description of the endpoint, for people
   */
  record Mapped(MappedIntegration integration, String description) implements Target {}

  /** What is not in the template, or not a function; described for people. */
  record Other(String description) implements Target {}
}
