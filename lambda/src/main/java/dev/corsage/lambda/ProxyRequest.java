package dev.corsage.lambda;

import dev.corsage.HttpRequest;
import dev.corsage.TargetOrigin;
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

  @Override
  default String targetOrigin() {
    return TargetOrigin.of(this, eventDomain(), shape().isHttpsOnly());
  }

  @Override
  default boolean isSentTo(String origin) {
    return TargetOrigin.is(origin, this, eventDomain(), shape().isHttpsOnly());
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
