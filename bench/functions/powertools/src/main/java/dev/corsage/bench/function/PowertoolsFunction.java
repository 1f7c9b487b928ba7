package dev.corsage.bench.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** Answers preflights from a set of origins, and writes a structured line of each. */
public final class PowertoolsFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(PowertoolsFunction.class);

  private final Set<String> origins = Set.of(System.getenv("ALLOWED_ORIGINS").split("[, ]+", -1));

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> response(event));
  }

  private APIGatewayV2HTTPResponse response(APIGatewayV2HTTPEvent event) {
    String origin = event.getHeaders().get("origin");
    LOG.info("preflight from {}", origin);
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
