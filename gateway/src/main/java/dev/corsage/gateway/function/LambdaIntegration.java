package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corsage.CorsDecider;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.GatewayReason;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.IntegrationException;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.io.IOException;

/**
 * A Lambda proxy integration: requests become events, and the function's responses those of the
 * API.
 *
 * @param function the function; not null
 * @param policy the policy in its environment; null if it is not known here
 * @param ownTimeout whether it has less time by its own configuration than the API would wait
 */
public record LambdaIntegration(LocalFunction function, CorsDecider policy, boolean ownTimeout)
    implements Integration {
  /**
   * What Lambda takes of a caller that waits for the response; <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>.
   */
  private static final int MAX_EVENT = 6 * 1024 * 1024;

  /**
   * Of the body of a request and of the response's JSON; <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Lambda
   * functions as targets</a>.
   */
  private static final int MAX_OF_LOAD_BALANCER = 1024 * 1024;

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public ApiResponse respond(RouteTable.Match match, ApiRequest request, byte[] body)
      throws IntegrationException {
    ApiType type = match.route().type();
    FunctionResponse response;
    try {
      byte[] event = EventWriter.write(type, request, match, body);
      if (event.length > MAX_EVENT || isTooMuch(type, body.length)) {
        throw new IntegrationException(GatewayReason.EVENT_TOO_LARGE);
      }
      response = function.invoke(event);
    } catch (FunctionException failed) {
      throw new IntegrationException(reason(failed));
    } catch (IOException notStarted) {
      throw new IntegrationException(GatewayReason.FUNCTION_FAILED);
    }
    if (isTooMuch(type, response.bytes().length)) {
      throw new IntegrationException(GatewayReason.RESPONSE_TOO_LARGE);
    }
    try {
      boolean streams = match.route().target() instanceof Target.Function to && to.streams();
      return streams
          ? StreamedResponse.read(response)
          : ResponseReader.read(type, response.bytes());
    } catch (IOException malformed) {
      function.log("The response is malformed: " + reason(malformed));
      throw new IntegrationException(GatewayReason.RESPONSE_MALFORMED);
    }
  }

  /** Tells whether a load balancer refuses so many bytes. */
  private static boolean isTooMuch(ApiType type, int bytes) {
    return type == ApiType.ALB && bytes > MAX_OF_LOAD_BALANCER;
  }

  /** Without where in the response it is: the source is not named. */
  private static String reason(IOException malformed) {
    return malformed instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : malformed.getMessage();
  }

  private GatewayReason reason(FunctionException failed) {
    return switch (failed.reason()) {
      // The API's own time limit, or a response of Lambda's that says that the function failed.
      case TIMED_OUT ->
          ownTimeout ? GatewayReason.TASK_TIMED_OUT : GatewayReason.FUNCTION_TIMED_OUT;
      case TOO_LARGE -> GatewayReason.RESPONSE_TOO_LARGE;
      case INIT, ERROR, DIED -> GatewayReason.FUNCTION_FAILED;
    };
  }
}
