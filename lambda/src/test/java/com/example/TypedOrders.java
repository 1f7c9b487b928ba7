package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.time.Duration;

public final class TypedOrders
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler =
      Cors.of(EnvironmentPolicy.read(System.getenv()))
          .respondBeforeTimeout(Duration.ofMillis(500))
          .wrap(TypedOrders::order, EventTypes.HTTP_API);

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return handler.handleRequest(event, context);
  }

  private static APIGatewayV2HTTPResponse order(APIGatewayV2HTTPEvent event, Context context) {
    return APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody("[]").build();
  }
}
