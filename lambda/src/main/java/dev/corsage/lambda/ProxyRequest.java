package dev.corsage.lambda;

import dev.corsage.HttpRequest;
import java.util.List;

/** A request as an event tells of it, whether read from its bytes or from an event class. */
interface ProxyRequest extends HttpRequest {

  /** Returns what the event is, and what the response must be. */
  EventShape shape();

  /** Tells whether a WebSocket is to be opened. */
  boolean opensWebSocket();

  /** Returns the id that the API gave the request, or null. */
  String requestId();

  /**
   * Tells whether there is no origin to judge: messages of a WebSocket that is already open say
   * nothing of it.
   */
  default boolean isWebSocketMessage() {
    return shape() == EventShape.WEBSOCKET && !opensWebSocket();
  }

  @Override
  default String targetOrigin() {
    List<String> host = header("host");
    List<String> scheme = header("x-forwarded-proto");
    if (host.size() != 1 || scheme.size() > 1) {
      return null;
    }
    return (scheme.isEmpty() ? "https" : scheme.get(0)) + "://" + host.get(0);
  }

  /**
   * Returns the domain that the event names, or else, for those that never name one (load
   * balancers, Lattice), the one in the header {@code Host}.
   */
  default String domainOr(String named) {
    if (named != null || shape().isApiGateway()) {
      return named;
    }
    List<String> host = header("host");
    if (host.size() != 1) {
      return null;
    }
    int colon = host.get(0).lastIndexOf(':');
    return colon > host.get(0).lastIndexOf(']') ? host.get(0).substring(0, colon) : host.get(0);
  }

  /**
   * Returns the path of an event in payload format 1.0, percent-encoded.
   *
   * @param version of the payload format; events of REST APIs say none
   */
  default String fromPayload1(String path, String version) {
    return "1.0".equals(version) ? encoded(path) : path;
  }

  /** Returns the path of an event in payload format 2.0, percent-encoded and without the stage. */
  default String fromPayload2(String rawPath) {
    String path = withoutStage(rawPath);
    String domain = domain();
    // All HTTP APIs name a domain; some emulators name none, and decode nothing.
    boolean httpApi = domain != null && !domain.contains(".lambda-url.");
    return httpApi ? encoded(path) : path;
  }

  /**
   * Takes the percent signs of a decoded path for what they are. HTTP APIs decode paths in both
   * payload formats, {@code rawPath} too: for {@code /a%2570} a function gets {@code /a%70}, which
   * is not {@code /ap}. AWS's <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">page
   * on routes</a> says so of "request parameters" only; of {@code rawPath} there are events from
   * AWS in <a href="https://github.com/fastify/aws-lambda-fastify/issues/169">two</a> <a
   * href="https://github.com/honojs/hono/issues/2156">reports</a>, and of <a
   * href="https://github.com/middleapi/standard-server/pull/93">REST APIs, function URLs and load
   * balancers</a>, that they decode nothing.
   */
  private static String encoded(String path) {
    return path == null ? null : path.replace("%", "%25");
  }

  /**
   * Returns the path without the stage: at the API's own endpoint the paths of payload format 2.0
   * begin with it, unless it is {@code $default}.
   */
  default String withoutStage(String rawPath) {
    String stage = stage();
    String domain = domain();
    if (rawPath == null || stage == null || domain == null || !domain.contains(".execute-api.")) {
      return rawPath;
    }
    int end = stage.length() + 1;
    boolean hasStage =
        rawPath.startsWith(stage, 1) && (rawPath.length() == end || rawPath.charAt(end) == '/');
    return !hasStage ? rawPath : rawPath.length() == end ? "/" : rawPath.substring(end);
  }
}
