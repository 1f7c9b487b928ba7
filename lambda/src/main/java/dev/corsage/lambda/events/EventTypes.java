package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.lambda.EventType;

/**
 * The types of events that wrapped handlers can take. A function that uses them needs {@code
 * com.amazonaws:aws-lambda-java-events} as a dependency of its own build.
 */
public final class EventTypes {
  /** REST APIs, and HTTP APIs with payload format version 1.0. */
  public static final EventType<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>
      REST_API = new RestApi();

  /** HTTP APIs with payload format version 2.0, their default, and function URLs. */
  public static final EventType<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> HTTP_API =
      new HttpApi();

  /** Application Load Balancers, with or without multi-value headers. */
  public static final EventType<
          ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent>
      LOAD_BALANCER = new LoadBalancer();

  /** WebSocket APIs. */
  public static final EventType<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>
      WEBSOCKET_API = new WebSocketApi();

  private EventTypes() {}
}
