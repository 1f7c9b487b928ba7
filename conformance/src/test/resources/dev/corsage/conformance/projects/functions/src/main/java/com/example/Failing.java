package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

public final class Failing implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  // set-up
  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler =
      dev.corsage.lambda.Cors.of(dev.corsage.lambda.EnvironmentPolicy.read(System.getenv()))
          .wrap(Failing::fail, dev.corsage.lambda.events.EventTypes.HTTP_API);
  // end

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return handler.handleRequest(event, context);
  }

  private static APIGatewayV2HTTPResponse fail(APIGatewayV2HTTPEvent event, Context context) {
    throw new IllegalStateException("This function fails.");
  }
}
