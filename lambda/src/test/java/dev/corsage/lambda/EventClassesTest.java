package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers of event classes: what only one of the classes has. */
class EventClassesTest {
  private static final Cors CORS =
      Cors.of(CorsPolicy.builder().origins(APP).methods("PUT").build(), Map.of());

  /** Lists of values are looked at before single ones; all lines count. */
  @Test
  void originsInListsOfValues() {
    RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler =
        CORS.wrap(
            (event, context) -> new APIGatewayProxyResponseEvent().withStatusCode(200),
            EventTypes.REST_API);
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("GET")
            .withHeaders(Map.of("Origin", APP))
            .withMultiValueHeaders(Map.of("Origin", List.of(APP)));

    assertThat(handler.handleRequest(event, null).getHeaders())
        .containsEntry("Access-Control-Allow-Origin", APP);

    event.setMultiValueHeaders(Map.of("Origin", List.of(APP, EVIL)));
    assertThat(handler.handleRequest(event, null).getHeaders()).isEqualTo(Map.of("Vary", "Origin"));

    event.setMultiValueHeaders(Map.of("Origin", List.of(APP), "origin", List.of(APP)));
    assertThat(handler.handleRequest(event, null).getHeaders()).isEqualTo(Map.of("Vary", "Origin"));
  }

  @Test
  void otherFieldsOfAResponseStay() {
    APIGatewayV2HTTPResponse http =
        CORS.wrap(
                (APIGatewayV2HTTPEvent event, Context context) ->
                    APIGatewayV2HTTPResponse.builder()
                        .withStatusCode(200)
                        .withCookies(List.of("a=1"))
                        .withIsBase64Encoded(true)
                        .build(),
                EventTypes.HTTP_API)
            .handleRequest(
                APIGatewayV2HTTPEvent.builder()
                    .withRequestContext(
                        APIGatewayV2HTTPEvent.RequestContext.builder()
                            .withHttp(
                                APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                    .withMethod("GET")
                                    .build())
                            .build())
                    .build(),
                null);

    assertThat(http.getCookies()).containsExactly("a=1");
    assertThat(http.getIsBase64Encoded()).isTrue();

    ApplicationLoadBalancerRequestEvent request = new ApplicationLoadBalancerRequestEvent();
    request.setHttpMethod("GET");
    ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
    response.setStatusCode(200);
    response.setStatusDescription("200 Fine");
    response.setIsBase64Encoded(true);
    ApplicationLoadBalancerResponseEvent copy =
        CORS.wrap((e, context) -> response, EventTypes.LOAD_BALANCER).handleRequest(request, null);

    assertThat(copy).isNotSameAs(response);
    assertThat(copy.getStatusDescription()).isEqualTo("200 Fine");
    assertThat(copy.getIsBase64Encoded()).isTrue();

    APIGatewayProxyResponseEvent rest =
        CORS.wrap(
                (APIGatewayProxyRequestEvent e, Context context) ->
                    new APIGatewayProxyResponseEvent()
                        .withStatusCode(200)
                        .withIsBase64Encoded(true),
                EventTypes.REST_API)
            .handleRequest(new APIGatewayProxyRequestEvent().withHttpMethod("GET"), null);

    assertThat(rest.getIsBase64Encoded()).isTrue();
  }

  @Test
  void loadBalancersGetAStatusDescription() {
    ApplicationLoadBalancerRequestEvent request = new ApplicationLoadBalancerRequestEvent();
    request.setHttpMethod("GET");

    assertThat(
            CORS.wrap(
                    (ApplicationLoadBalancerRequestEvent e, Context context) -> {
                      throw new IllegalStateException("test");
                    },
                    EventTypes.LOAD_BALANCER)
                .handleRequest(request, new FakeContext())
                .getStatusDescription())
        .isEqualTo("500 Internal Server Error");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "CONNECT, https://app.example.com, 200",
        "CONNECT, https://evil.test, 403",
        "CONNECT, null, 403",
        "CONNECT, none, 200",
        "MESSAGE, https://evil.test, 200",
        "DISCONNECT, none, 200"
      })
  void aWebSocketIsOpenedByAllowedOriginsOnly(String eventType, String origin, int status) {
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    APIGatewayV2WebSocketEvent.RequestContext requestContext =
        new APIGatewayV2WebSocketEvent.RequestContext();
    requestContext.setEventType(eventType);
    requestContext.setConnectionId("c");
    event.setRequestContext(requestContext);
    event.setHeaders(origin == null ? null : Map.of("Origin", origin));
    APIGatewayV2WebSocketResponse opened = new APIGatewayV2WebSocketResponse();
    opened.setStatusCode(200);
    APIGatewayV2WebSocketResponse response =
        CORS.wrap((e, context) -> opened, EventTypes.WEBSOCKET_API)
            .handleRequest(event, new FakeContext());

    assertThat(response.getStatusCode()).isEqualTo(status);
    if (status == 200) {
      assertThat(response).isSameAs(opened);
    }
  }

  @Test
  void theTypeOfAnotherPayloadIsAnError() {
    RequestHandler<APIGatewayV2HTTPEvent, ?> http =
        CORS.wrap((event, context) -> null, EventTypes.HTTP_API);
    RequestHandler<APIGatewayProxyRequestEvent, ?> rest =
        CORS.wrap((event, context) -> null, EventTypes.REST_API);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                http.handleRequest(
                    APIGatewayV2HTTPEvent.builder().withHeaders(Map.of()).build(), null))
        .withMessageContaining("not of the type");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                rest.handleRequest(
                    new APIGatewayProxyRequestEvent().withHeaders(Map.of("origin", APP)), null));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> CORS.wrap(null, EventTypes.REST_API));
    assertThatNullPointerException().isThrownBy(() -> CORS.wrap((event, context) -> null, null));
  }
}
