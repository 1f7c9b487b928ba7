package dev.corsage.bench.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Set;

/** Answers preflights from a set of origins, with AWS's event classes. */
public final class EventsFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Set<String> origins = Set.of(System.getenv("ALLOWED_ORIGINS").split("[, ]+", -1));

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    String origin = event.getHeaders().get("origin");
    if (origin == null || !origins.contains(origin)) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(403).build();
    }
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(204)
        .withHeaders(
            Map.of(
                "Access-Control-Allow-Origin", origin,
                "Access-Control-Allow-Methods", "PUT,DELETE",
                "Access-Control-Allow-Headers", "authorization,content-type",
                "Vary", "Origin"))
        .build();
  }
}
