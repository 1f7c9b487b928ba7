package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.PolicyScope;
import dev.corsage.lambda.TypedShape.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
   * @param response what the handler returns; null means that it must not be called
   * @param status what comes of it
   * @param headers likewise
   * @param body likewise
   */
  record Row(
      String name,
      String method,
      String origin,
      Function<TypedShape<?, ?>, Response> response,
      int status,
      String headers,
      String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Response with(int status, Map<String, String> headers) {
    return new Response(status, headers, null, "body");
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
    Response response =
        shape.response(
            CORS,
            row.method.replace("-ordinary", ""),
            headers(row),
            () -> {
              assertThat(row.response).as("a preflight must not reach the handler").isNotNull();
              return row.response.apply(shape);
            },
            context);

    assertThat(response.status()).isEqualTo(row.status);
    assertThat(response.sortedHeaders()).hasToString(row.headers);
    assertThat(response.body()).isEqualTo(row.body);
    // With multi-value headers on, a load balancer takes no others.
    assertThat(response.headers() == null).isEqualTo(shape.name().contains("multi-value"));
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
    Response response =
        shape.response(
            Cors.of(blocking, Map.of()),
            "GET",
            Map.of("Origin", EVIL),
            () -> {
              throw new OutOfMemoryError("it ran");
            },
            null);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.sortedHeaders()).isEqualTo(Map.of("Vary", "Origin"));
  }

  /** Payload format 2.0 makes a 200 of what has no status; for the others it is no response. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void withoutStatus(TypedShape<?, ?> shape) {
    Response response =
        shape.response(CORS, "GET", Map.of("Origin", APP), () -> with(0, NONE), new FakeContext());
    boolean inferred = shape.name().equals("HTTP API");

    assertThat(response.status()).isEqualTo(inferred ? 200 : 502);
    assertThat(response.sortedHeaders()).hasToString(inferred ? CORS_HEADERS : JSON_CORS_HEADERS);
    assertThat(response.body())
        .isEqualTo(inferred ? "body" : "{\"message\":\"Internal Server Error\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void nullAsResponse(TypedShape<?, ?> shape) {
    Response response =
        shape.response(CORS, "GET", Map.of("Origin", APP), () -> null, new FakeContext());
    boolean inferred = shape.name().equals("HTTP API");

    assertThat(response.status()).isEqualTo(inferred ? 200 : 502);
    assertThat(response.sortedHeaders()).hasToString(JSON_CORS_HEADERS);
    assertThat(response.body())
        .isEqualTo(inferred ? "null" : "{\"message\":\"Internal Server Error\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void tooLate(TypedShape<?, ?> shape) {
    Response response =
        shape.response(
            CORS.respondBeforeTimeout(Duration.ofMillis(500)),
            "GET",
            Map.of("Origin", APP),
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException expected) {
                // What it returns now is dropped.
              }
              return with(418, NONE);
            },
            new FakeContext(550));

    assertThat(response.status()).isEqualTo(504);
    assertThat(response.sortedHeaders()).hasToString(JSON_CORS_HEADERS);
    assertThat(response.body()).isEqualTo("{\"message\":\"Gateway Timeout\"}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void inTime(TypedShape<?, ?> shape) {
    Response response =
        shape.response(
            CORS.respondBeforeTimeout(Duration.ofMillis(500)),
            "GET",
            Map.of("Origin", APP),
            () -> with(404, NONE),
            new FakeContext());

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.sortedHeaders()).hasToString(CORS_HEADERS);
  }

  /** A response may be a constant that all requests share. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void theHandlersOwnResponseIsNotTouched(TypedShape<?, ?> shape) {
    Map<String, String> headers = Map.of("Vary", "Accept", "access-control-max-age", "5");
    Map<String, List<String>> lists = Map.of("Set-Cookie", List.of("a", "b"));
    List<Response> left = new ArrayList<>();
    Response response =
        shape.respondAndKeep(
            CORS, Map.of("Origin", APP), new Response(200, headers, lists, "body"), left);

    assertThat(left).containsExactly(new Response(200, headers, lists, "body"));
    assertThat(response.multiValueHeaders()).containsEntry("Set-Cookie", List.of("a", "b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void outOfMemoryIsNotHidden(TypedShape<?, ?> shape) {
    assertThatThrownBy(
            () ->
                shape.response(
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
    shape.response(CORS, "GET", Map.of("ORIGIN", EVIL), () -> with(200, NONE), context);

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
    for (PolicyScope place : shape.places()) {
      CorsPolicies policies =
          CorsPolicies.builder()
              .policy(place, CorsPolicy.builder().origins(EVIL))
              .policy(PolicyScope.anywhere(), CorsPolicy.builder().origins(APP))
              .build();
      Response response =
          shape.response(
              Cors.of(policies, Map.of()),
              "GET",
              Map.of("Origin", EVIL),
              () -> with(200, NONE),
              null);

      assertThat(response.sortedHeaders())
          .as(place.toString())
          .containsEntry("Access-Control-Allow-Origin", EVIL);
    }
  }
}
