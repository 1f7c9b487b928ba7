package dev.corsage.gateway.api;

import java.util.Map;

/**
 * A <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html">WebSocket
 * API</a>. CORS does not apply to it: whoever handles {@code $connect} checks the {@code Origin}.
 * Immutable.
 *
 * @param id its logical id in the template
 * @param stage the stage that clients connect to
 * @param selectedBy the key of a message that names its route; empty if all take {@code $default}
 * @param routes by their keys, such as {@code $connect}
 */
public record WebSocketApi(String id, String stage, String selectedBy, Map<String, Route> routes) {
  public static final String CONNECT = "$connect";
  public static final String DISCONNECT = "$disconnect";
  public static final String DEFAULT = "$default";

  /** Creates an API. */
  public WebSocketApi {
    routes = Map.copyOf(routes);
  }

  /**
   * A route.
   *
   * @param function the id of the function that it leads to; empty if it leads to something else
   * @param authorizer what protects it, which only {@code $connect} can have; null if nothing does
   * @param replies whether the function's response to a message is sent to the client
   */
  public record Route(String function, Authorizer authorizer, boolean replies) {}
}
