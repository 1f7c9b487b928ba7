package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invokers whose events have {@code multiValueHeaders} alone read nothing else in responses. */
class OnlyMultiValueHeadersTest {
  private static final String APP = "https://app.example.com";

  private static final RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>
      HANDLER =
          Cors.of(CorsPolicy.builder().origins(APP).methods("PUT").build(), Map.of())
              .wrap(
                  (event, context) ->
                      new APIGatewayProxyResponseEvent()
                          .withStatusCode(200)
                          .withHeaders(Map.of("x-a", "b")),
                  EventTypes.REST_API);

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "GET"})
  void responsesHaveMultiValueHeadersAlone(String method) {
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod(method)
            .withMultiValueHeaders(
                Map.of("Origin", List.of(APP), "Access-Control-Request-Method", List.of("PUT")));

    APIGatewayProxyResponseEvent alone = HANDLER.handleRequest(event, new FakeContext());
    assertThat(alone.getHeaders()).isNull();
    assertThat(alone.getMultiValueHeaders())
        .containsEntry("Access-Control-Allow-Origin", List.of(APP));

    event.setHeaders(Map.of("Origin", APP, "Access-Control-Request-Method", "PUT"));
    APIGatewayProxyResponseEvent usual = HANDLER.handleRequest(event, new FakeContext());
    assertThat(usual.getHeaders()).containsEntry("Access-Control-Allow-Origin", APP);
    assertThat(usual.getMultiValueHeaders()).isNull();
    assertThat(usual.getStatusCode())
        .isEqualTo(alone.getStatusCode())
        .isEqualTo(method.equals("GET") ? 200 : 204);
  }
}
