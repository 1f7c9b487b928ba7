package dev.corsage.bench.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Answers preflights from a set of origins, as a Spring Cloud Function. */
@SpringBootApplication
public class SpringFunction {
  private final Set<String> origins = Set.of(System.getenv("ALLOWED_ORIGINS").split("[, ]+", -1));

  /** Starts the application; in Lambda, the adapter does. */
  public static void main(String[] arguments) {
    SpringApplication.run(SpringFunction.class, arguments);
  }

  /** Returns the function. */
  @Bean
  public Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> preflight() {
    return this::response;
  }

  private APIGatewayV2HTTPResponse response(APIGatewayV2HTTPEvent event) {
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
