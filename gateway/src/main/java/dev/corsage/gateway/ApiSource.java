package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.WebSocketApi;
import java.io.IOException;
import java.util.List;

/** Where the APIs of a gateway come from. */
interface ApiSource {

  /**
   * What a gateway runs.
   *
   * @param policy the policy of the API; null if each function has its own
   * @param pageConfiguration what the demo pages need to know, as JSON; empty if there are none
   * @param notes what does not run as it should, a sentence each
   */
  record Plan(
      List<Api> apis,
      List<FunctionSetup> functions,
      CorsDecider policy,
      String pageConfiguration,
      List<String> notes) {}

  /** Returns how many APIs there are; each has a port. */
  int apis();

  /** Returns the WebSocket APIs; each has a port, after those of the APIs. */
  default List<WebSocketApi> webSocketApis() {
    return List.of();
  }

  /** Returns how many demo pages there are; each has a port. */
  int pages();

  /**
   * Returns what runs.
   *
   * @param apiOrigins the origins of the APIs, which are open already
   * @param pageOrigins the origins of the pages
   * @throws GatewayException if it cannot run; the message says why
   */
  Plan plan(List<String> apiOrigins, List<String> pageOrigins) throws GatewayException, IOException;
}
