package dev.corsage.gateway.rules;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.RouteTable;
import java.util.List;

/**
 * A function in memory. With a policy it responds as a wrapped function does; without one it is a
 * function of others, whose responses are not known.
 *
 * @param name its name; {@link #UNKNOWN} without a policy
 * @param policy the policy; null if it is not known
 */
record PolicyFunction(String name, CorsDecider policy) implements Integration {
  /** The name of every function whose responses are not known. */
  static final String UNKNOWN = "a function whose responses are not known";

  static PolicyFunction unknown() {
    return new PolicyFunction(UNKNOWN, null);
  }

  @Override
  public ApiResponse respond(RouteTable.Match match, ApiRequest request, byte[] body) {
    if (policy == null) {
      return new ApiResponse(200, List.of(), new byte[0]);
    }
    Decision decision = policy.decide(request);
    List<Field> headers =
        decision.headers().entrySet().stream()
            .map(header -> new Field(header.getKey(), header.getValue()))
            .toList();
    return new ApiResponse(decision.status().orElse(200), headers, new byte[0]);
  }
}
