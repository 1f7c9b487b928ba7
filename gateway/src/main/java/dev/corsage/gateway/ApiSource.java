package dev.corsage.gateway;

import dev.corsage.ReplaceableDecider;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.WebSocketApi;
import dev.corsage.gateway.console.ConsoleSetup.TemplateFinding;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the APIs of a gateway come from. */
interface ApiSource {

  /**
   * What a gateway runs.
   *
   * @param policy the policy of the API; null if each function has its own
   * @param variables the environment that the policy of the API comes from
   * @param findings what is wrong with the template
   * @param notes what does not run as it should, a sentence each
   */
  record Plan(
      List<Api> apis,
      List<FunctionSetup> functions,
      ReplaceableDecider policy,
      Map<String, String> variables,
      List<TemplateFinding> findings,
      List<String> notes) {}

  /** Tells whether somebody has given the policy, or it is one of ours for want of another. */
  default boolean isPolicyGiven() {
    return true;
  }

  /** Returns how many APIs there are; each has a port. */
  int apis();

  /** Returns the WebSocket APIs; each has a port, after those of the APIs. */
  default List<WebSocketApi> webSocketApis() {
    return List.of();
  }

  /** Returns what runs, for people. */
  String title();

  /** Tells whether the API is the demo. */
  default boolean isDemo() {
    return false;
  }

  /**
   * Returns what runs.
   *
   * @param apiOrigins the origins of the APIs, which are open already
   * @param pageOrigins the origins of the pages that calls are sent from
   * @throws GatewayException if it cannot run; the message says why
   */
  Plan plan(List<String> apiOrigins, List<String> pageOrigins) throws GatewayException, IOException;
}
