package dev.corsage.gateway.function;

import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.io.IOException;
import java.util.Map;

/** Events of requests. */
final class Events {
  private Events() {}

  /** Returns the event of a request without a body. */
  static byte[] event(ApiType type, ApiRequest request) throws IOException {
    return event(type, request, new byte[0]);
  }

  /** Returns the event of a request that takes a route with a greedy variable. */
  static byte[] event(ApiType type, ApiRequest request, byte[] body) throws IOException {
    Route route = new Route(request.method(), "/{proxy+}", new Target.Function("F"), type);
    Map<String, String> parameters = Map.of("proxy", request.path().replaceFirst("^/", ""));
    return EventWriter.write(type, request, new RouteTable.Match(route, parameters), body);
  }
}
