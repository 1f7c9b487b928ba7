package dev.corsage.lambda;

import dev.corsage.HttpRequest;
import java.util.List;

/**
 * The request in an event, whether read from its bytes or from an event class. Implementations
 * return what the event contains; what it means is the same for both and stands here and in {@link
 * EventShape}.
 */
interface ProxyRequest extends HttpRequest {

  /** Returns what invoked the function. */
  EventShape shape();

  /** Tells whether the event opens a WebSocket. */
  boolean opensWebSocket();

  /** Returns the id that the API gave the request, or null. */
  String requestId();

  /** Returns the version of the payload format that the event names, or null. */
  String version();

  /** Returns the path that the event contains, as it is, or null. */
  String eventPath();

  /** Returns the resource that the path was matched with, or null. */
  String resourcePath();

  /** Returns the part of the path that stands for a variable of the resource, or null. */
  String pathParameter(String name);

  /** Returns the domain that the event contains, or null. */
  String eventDomain();

  /** Tells whether the event is a message of an open WebSocket, which has no origin. */
  default boolean isWebSocketMessage() {
    return shape() == EventShape.WEBSOCKET && !opensWebSocket();
  }

  /**
   * {@inheritDoc}
   *
   * <p>What a page could set itself is not believed: {@code X-Forwarded-Host} and {@code Forwarded}
   * never are. Browsers alone set {@code Sec-Fetch-Site} and {@code Host} (<a
   * href="https://fetch.spec.whatwg.org/#forbidden-request-header">Fetch, forbidden
   * request-headers</a>). The first one is right behind every proxy, also one that changes the
   * host, and for a page whose referrer policy makes its origin {@code null}.
   */
  @Override
  default String targetOrigin() {
    List<String> origin = header("origin");
    // https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    if (origin.size() == 1 && header("sec-fetch-site").equals(List.of("same-origin"))) {
      return origin.get(0);
    }
    List<String> hosts = header("host");
    String host = hosts.size() == 1 ? hosts.get(0) : hosts.isEmpty() ? eventDomain() : null;
    String scheme = host == null ? null : scheme(host);
    if (scheme == null) {
      return null;
    }
    String defaultPort = scheme.equals("https") ? ":443" : ":80";
    return scheme
        + "://"
        + (host.endsWith(defaultPort)
            ? host.substring(0, host.length() - defaultPort.length())
            : host);
  }

  /**
   * Returns the scheme that a host was reached by, or null where it is not known. A load balancer
   * has listeners of both, and <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html">sets
   * X-Forwarded-Proto</a>; API Gateway and function URLs have https on port 443 alone, whatever a
   * header says, so another port is that of an emulator.
   */
  private String scheme(String host) {
    boolean port = host.lastIndexOf(':') > host.lastIndexOf(']') && !host.endsWith(":443");
    List<String> forwarded = header("x-forwarded-proto");
    if (forwarded.isEmpty() || (shape().isHttpsOnly() && !port)) {
      return "https";
    }
    String only = forwarded.size() == 1 ? forwarded.get(0) : "";
    return only.equals("https") || only.equals("http") ? only : null;
  }

  /** {@inheritDoc} For load balancers and VPC Lattice it is the header {@code Host}. */
  @Override
  default String domain() {
    String named = eventDomain();
    if (named != null || shape().namesDomain()) {
      return named;
    }
    List<String> host = header("host");
    if (host.size() != 1) {
      return null;
    }
    int colon = host.get(0).lastIndexOf(':');
    return colon > host.get(0).lastIndexOf(']') ? host.get(0).substring(0, colon) : host.get(0);
  }

  @Override
  default String path() {
    return shape().path(this);
  }
}
