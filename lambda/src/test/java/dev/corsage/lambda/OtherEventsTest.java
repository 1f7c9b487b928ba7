package dev.corsage.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One function may also be invoked by what sends no HTTP requests: then there is no CORS. */
class OtherEventsTest {
  private static final Cors CORS =
      Cors.of(
              CorsPolicy.builder().origins("https://a.test").blockRefusedOrigins(true).build(),
              Map.of("CORSAGE_LOG", "allowed", "CORSAGE_METRICS", "true"))
          .respondBeforeTimeout(Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"Scheduled Event\","
            + "\"source\":\"aws.events\",\"resources\":[\"arn:aws:events:x\"],\"detail\":{}}",
        "{\"source\":\"serverless-plugin-warmup\"}",
        "{\"warmer\":true,\"concurrency\":3}",
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"{\\\"httpMethod\\\":\\\"GET\\\"}\"}]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"object\":{\"key\":\"a\"}}}]}",
        "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"a\"}}]}",
        "{\"Records\":[{\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{}}]}",
        "{\"awslogs\":{\"data\":\"H4sI\"}}",
        "{\"triggerSource\":\"PreSignUp_SignUp\",\"request\":{},\"response\":{}}",
        "{\"type\":\"TOKEN\",\"methodArn\":\"arn:x\",\"authorizationToken\":\"t\"}",
        "{\"order\":7,\"path\":\"/a\"}",
        "{}",
        "null",
        "[1,2]",
        "\"ping\"",
        "5"
      })
  void passesUntouched(String event) {
    String result = "not even JSON \0 " + event;
    RequestStreamHandler echo =
        (input, output, context) -> {
          assertThat(input.readAllBytes()).isEqualTo(event.getBytes(UTF_8));
          output.write(result.getBytes(UTF_8));
        };
    HandlerResponse passed = HandlerResponse.by(CORS.wrap(echo), event);

    assertThat(passed.json()).isEqualTo(result);
    assertThat(passed.log()).isEmpty();
    if (event.startsWith("{")) {
      passesClasses(event);
    }
  }

  private static void passesClasses(String event) {
    passes(
        event,
        EventTypes.REST_API,
        APIGatewayProxyRequestEvent.class,
        new APIGatewayProxyResponseEvent());
    passes(event, EventTypes.HTTP_API, APIGatewayV2HTTPEvent.class, new APIGatewayV2HTTPResponse());
    passes(
        event,
        EventTypes.LOAD_BALANCER,
        ApplicationLoadBalancerRequestEvent.class,
        new ApplicationLoadBalancerResponseEvent());
    passes(
        event,
        EventTypes.WEBSOCKET_API,
        APIGatewayV2WebSocketEvent.class,
        new APIGatewayV2WebSocketResponse());
  }

  private static <I, O> void passes(
      String json, EventType<I, O> type, Class<I> events, O response) {
    PojoSerializer<I> serializer =
        LambdaEventSerializers.isLambdaSupportedEvent(events.getName())
            ? LambdaEventSerializers.serializerFor(events, OtherEventsTest.class.getClassLoader())
            : JacksonFactory.getInstance().getSerializer(events);
    for (I event : Arrays.asList(serializer.fromJson(json), null)) {
      RequestHandler<I, O> handler =
          CORS.wrap(
              (I passed, Context context) -> {
                assertThat(passed).isSameAs(event);
                return response;
              },
              type);

      assertThat(handler.handleRequest(event, new FakeContext())).isSameAs(response);
    }
  }
}
