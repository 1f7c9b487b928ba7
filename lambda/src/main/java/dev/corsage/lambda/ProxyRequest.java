package dev.corsage.lambda;

import dev.corsage.HttpRequest;
import java.util.List;

/** A request as an event tells of it, whether read from its bytes or from an event class. */
interface ProxyRequest extends HttpRequest {

  /** Returns what the event is, and what the answer must be. */
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
    if (named != null
        || shape() == EventShape.API_GATEWAY_V1
        || shape() == EventShape.API_GATEWAY_V2) {
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
