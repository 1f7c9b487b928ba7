package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.Place;
import dev.corsage.lambda.TypedShape.Answer;
import dev.corsage.lambda.events.EventTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers of event classes: each shape in each situation. */
class EventTypesTest {
  private static final Cors CORS =
      Cors.of(
          CorsPolicy.builder().origins(APP).methods("PUT").exposedHeaders("etag").build(),
          Map.of());
  private static final Map<String, String> NONE = Map.of();
  private static final String CORS_HEADERS =
      "{Access-Control-Allow-Origin=https://app.example.com, Access-Control-Expose-Headers=etag,"
          + " Vary=Origin}";
  private static final String JSON_CORS_HEADERS =
      CORS_HEADERS.replace("Vary", "Content-Type=application/json, Vary");

  /**
   * A situation.
   *
   * @param method of the request
   * @param origin of the request, or null
   * @param answer what the handler answers; null means that it must not be asked
   * @param status what comes of it
   * @param headers likewise
   * @param body likewise
   */
  record Row(
      String name,
      String method,
      String origin,
      Function<TypedShape<?, ?>, Answer> answer,
      int status,
      String headers,
      String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Answer with(int status, Map<String, String> headers) {
    return new Answer(status, headers, null, "body");
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("success", "GET", APP, s -> with(200, NONE), 200, CORS_HEADERS, "body"),
          new Row("error status", "GET", APP, s -> with(503, NONE), 503, CORS_HEADERS, "body"),
          new Row("no headers at all", "GET", APP, s -> with(200, null), 200, CORS_HEADERS, "body"),
          new Row(
              "refused origin", "GET", EVIL, s -> with(200, NONE), 200, "{Vary=Origin}", "body"),
          new Row("non-CORS", "POST", null, s -> with(200, NONE), 200, "{Vary=Origin}", "body"),
          new Row(
              "ordinary OPTIONS",
              "OPTIONS-ordinary",
              APP,
              s -> with(200, NONE),
              200,
              CORS_HEADERS,
              "body"),
          new Row(
              "own CORS headers",
              "GET",
              APP,
              s ->
                  with(
                      200,
                      Map.of("access-control-allow-origin", "*", "Access-Control-Max-Age", "1")),
              200,
              CORS_HEADERS,
              "body"),
          new Row(
              "own CORS headers, refused",
              "GET",
              EVIL,
              s -> with(200, Map.of("ACCESS-CONTROL-ALLOW-ORIGIN", "*", "X-A", "b")),
              200,
              "{Vary=Origin, X-A=b}",
              "body"),
          new Row(
              "own Vary",
              "GET",
              EVIL,
              s -> with(200, Map.of("vary", "accept, ORIGIN")),
              200,
              "{Vary=accept, ORIGIN}",
              "body"),
          new Row(
              "null among the headers",
              "GET",
              EVIL,
              s -> with(200, Collections.singletonMap("X-A", null)),
              200,
              "{Vary=Origin}",
              "body"),
          new Row(
              "exception",
              "GET",
              APP,
              s -> {
                throw new IllegalStateException("secret");
              },
              500,
              JSON_CORS_HEADERS,
              "{\"message\":\"Internal Server Error\"}"),
          new Row(
              "error",
              "GET",
              EVIL,
              s -> {
                throw new AssertionError("secret");
              },
              500,
              "{Content-Type=application/json, Vary=Origin}",
              "{\"message\":\"Internal Server Error\"}"),
          new Row(
              "preflight allowed",
              "OPTIONS",
              APP,
              null,
              204,
              "{Access-Control-Allow-Methods=PUT,"
                  + " Access-Control-Allow-Origin=https://app.example.com, Vary=Origin,"
                  + " Access-Control-Request-Method, Access-Control-Request-Headers}",
              ""),
          new Row(
              "preflight refused",
              "OPTIONS",
              EVIL,
              null,
              403,
              "{Vary=Origin, Access-Control-Request-Method, Access-Control-Request-Headers}",
              ""));

  static Stream<Arguments> all() {
    return TypedShape.ALL.stream().flatMap(s -> ROWS.stream().map(row -> Arguments.of(s, row)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("all")
  void everyShapeInEverySituation(TypedShape<?, ?> shape, Row row) {
    FakeContext context = new FakeContext();
    Answer answer =
        shape.answer(
            CORS,
            row.method.replace("-ordinary", ""),
            headers(row),
            () -> {
              assertThat(row.answer).as("a preflight must not reach the handler").isNotNull();
              return row.answer.apply(shape);
            },
            context);

    assertThat(answer.status()).isEqualTo(row.status);
    assertThat(answer.sortedHeaders()).hasToString(row.headers);
    assertThat(answer.body()).isEqualTo(row.body);
    // With multi-value headers on, a load balancer takes no others.
    assertThat(answer.headers() == null).isEqualTo(shape.name().contains("multi-value"));
    assertThat(context.log().contains("secret")).isEqualTo(row.status == 500);
  }

  private static Map<String, String> headers(Row row) {
    Map<String, String> headers = new HashMap<>();
    if (row.origin != null) {
      headers.put("oRigin", row.origin);
    }
    if (row.method.equals("OPTIONS")) {
      headers.put("access-control-request-METHOD", "PUT");
    }
    return headers;
  }

  static List<TypedShape<?, ?>> shapes() {
    return TypedShape.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void blockedOriginsDoNotReachTheHandler(TypedShape<?, ?> shape) {
    CorsPolicy blocking = CorsPolicy.builder().origins(APP).blockRefusedOrigins(true).build();
    Answer answer =
        shape.answer(
            Cors.of(blocking, Map.of()),
            "GET",
            Map.of("Origin", EVIL),
            () -> {
              throw new OutOfMemoryError("it ran");
            },
            null);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.sortedHeaders()).isEqualTo(Map.of("Vary", "Origin"));
  }

  /** Payload format 2.0 makes a 200 of what has no status; for the others it is no answer. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void withoutStatus(TypedShape<?, ?> shape) {
    Answer answer =
        shape.answer(CORS, "GET", Map.of("Origin", APP), () -> with(0, NONE), new FakeContext());
    boolean inferred = shape.name().equals("HTTP API");

    assertThat(answer.status()).isEqualTo(inferred ? 200 : 502);
    assertThat(answer.sortedHeaders()).hasToString(inferred ? CORS_HEADERS : JSON_CORS_HEADERS);
    assertThat(answer.body())
        .isEqualTo(inferred ? "body" : "{\"message\":\"Internal Server Error\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void nullAsAnswer(TypedShape<?, ?> shape) {
    Answer answer = shape.answer(CORS, "GET", Map.of("Origin", APP), () -> null, new FakeContext());
    boolean inferred = shape.name().equals("HTTP API");

    assertThat(answer.status()).isEqualTo(inferred ? 200 : 502);
    assertThat(answer.sortedHeaders()).hasToString(JSON_CORS_HEADERS);
    assertThat(answer.body())
        .isEqualTo(inferred ? "null" : "{\"message\":\"Internal Server Error\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void tooLate(TypedShape<?, ?> shape) {
    Answer answer =
        shape.answer(
            CORS.answerBeforeTimeout(Duration.ofMillis(500)),
            "GET",
            Map.of("Origin", APP),
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException expected) {
                // What it answers now goes nowhere.
              }
              return with(418, NONE);
            },
            new FakeContext(550));

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.sortedHeaders()).hasToString(JSON_CORS_HEADERS);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Gateway Timeout\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void inTime(TypedShape<?, ?> shape) {
    Answer answer =
        shape.answer(
            CORS.answerBeforeTimeout(Duration.ofMillis(500)),
            "GET",
            Map.of("Origin", APP),
            () -> with(404, NONE),
            new FakeContext());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.sortedHeaders()).hasToString(CORS_HEADERS);
  }

  /** An answer may be a constant that all requests share. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void theHandlersOwnAnswerIsNotTouched(TypedShape<?, ?> shape) {
    Map<String, String> headers = Map.of("Vary", "Accept", "access-control-max-age", "5");
    Map<String, List<String>> lists = Map.of("Set-Cookie", List.of("a", "b"));
    List<Answer> left = new ArrayList<>();
    Answer answer =
        shape.answerAndKeep(
            CORS, Map.of("Origin", APP), new Answer(200, headers, lists, "body"), left);

    assertThat(left).containsExactly(new Answer(200, headers, lists, "body"));
    assertThat(answer.multiValueHeaders()).containsEntry("Set-Cookie", List.of("a", "b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void outOfMemoryIsNotHidden(TypedShape<?, ?> shape) {
    assertThatThrownBy(
            () ->
                shape.answer(
                    CORS,
                    "GET",
                    NONE,
                    () -> {
                      throw new OutOfMemoryError("test");
                    },
                    null))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void refusalsAreLogged(TypedShape<?, ?> shape) {
    FakeContext context = new FakeContext();
    shape.answer(CORS, "GET", Map.of("ORIGIN", EVIL), () -> with(200, NONE), context);

    assertThat(context.log())
        .isEqualTo(
            "{\"corsage\":\"refused\",\"kind\":\"actual\",\"reason\":\"origin-not-allowed\","
                + "\"origin\":\"https://evil.test\",\"method\":\"GET\","
                + (shape.hasRequestId() ? "\"requestId\":\"r-1\"," : "")
                + "\"awsRequestId\":\""
                + FakeContext.REQUEST_ID
                + "\"}\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void policiesByPlace(TypedShape<?, ?> shape) {
    for (Place place : shape.places()) {
      CorsPolicies policies =
          CorsPolicies.builder()
              .policy(place, CorsPolicy.builder().origins(EVIL))
              .policy(Place.anywhere(), CorsPolicy.builder().origins(APP))
              .build();
      Answer answer =
          shape.answer(
              Cors.of(policies, Map.of()),
              "GET",
              Map.of("Origin", EVIL),
              () -> with(200, NONE),
              null);

      assertThat(answer.sortedHeaders())
          .as(place.toString())
          .containsEntry("Access-Control-Allow-Origin", EVIL);
    }
  }

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
  void whatElseAnAnswerHasStays() {
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
    ApplicationLoadBalancerResponseEvent answer = new ApplicationLoadBalancerResponseEvent();
    answer.setStatusCode(200);
    answer.setStatusDescription("200 Fine");
    answer.setIsBase64Encoded(true);
    ApplicationLoadBalancerResponseEvent copy =
        CORS.wrap((e, context) -> answer, EventTypes.LOAD_BALANCER).handleRequest(request, null);

    assertThat(copy).isNotSameAs(answer);
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
    APIGatewayV2WebSocketResponse answer =
        CORS.wrap((e, context) -> opened, EventTypes.WEBSOCKET_API)
            .handleRequest(event, new FakeContext());

    assertThat(answer.getStatusCode()).isEqualTo(status);
    if (status == 200) {
      assertThat(answer).isSameAs(opened);
    }
  }

  @Test
  void whatThePlatformOwnsIsLeftToIt() {
    RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler =
        (event, context) -> null;

    assertThat(CORS.platformOwnsCors().wrap(handler, EventTypes.REST_API)).isSameAs(handler);
  }

  @Test
  void theTypeOfAnotherPayloadIsAnError() {
    RequestHandler<APIGatewayV2HTTPEvent, ?> http =
        CORS.wrap((event, context) -> null, EventTypes.HTTP_API);
    RequestHandler<APIGatewayProxyRequestEvent, ?> rest =
        CORS.wrap((event, context) -> null, EventTypes.REST_API);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> http.handleRequest(new APIGatewayV2HTTPEvent(), null))
        .withMessageContaining("no event of the type");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rest.handleRequest(new APIGatewayProxyRequestEvent(), null));
    assertThatIllegalArgumentException().isThrownBy(() -> rest.handleRequest(null, null));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> CORS.wrap(null, EventTypes.REST_API));
    assertThatNullPointerException().isThrownBy(() -> CORS.wrap((event, context) -> null, null));
  }
}
