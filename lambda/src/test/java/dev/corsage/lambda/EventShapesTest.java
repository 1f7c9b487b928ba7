package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invokers besides API Gateway, and the responses that they need. */
class EventShapesTest {
  private static final String APP = "https://app.example.com";

  private static final CorsDecider POLICY =
      CorsPolicy.builder().origins(APP).methods("PUT").exposedHeaders("etag").build();

  private static final Map<String, String> ENVIRONMENT =
      Map.of("ALLOWED_ORIGINS", APP, "ALLOWED_METHODS", "PUT");

  /**
   * One invoker.
   *
   * @param event an event, with %1$s for the method and %2$s for the origin
   * @param preflight how the response to an allowed preflight begins
   */
  record Row(String name, EventShape shape, String event, String preflight) {
    String event(String method, String origin) {
      return event.formatted(method, origin);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    String single =
        "{\"statusCode\":204,\"statusDescription\":\"204 No Content\",\"headers\":"
            + "{\"Access-Control-Allow-Origin\":\"https://app.example.com\",";
    return List.of(
        new Row(
            "function URL",
            EventShape.API_GATEWAY_V2,
            """
            {"version":"2.0","routeKey":"$default","rawPath":"/a","rawQueryString":"",
             "headers":{"origin":"%2$s","access-control-request-method":"PUT",
              "host":"abc.lambda-url.eu-west-1.on.aws"},
             "requestContext":{"accountId":"anonymous","apiId":"abc","stage":"$default",
              "domainName":"abc.lambda-url.eu-west-1.on.aws","http":{"method":"%1$s","path":"/a",
              "protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"test"}},
             "isBase64Encoded":false}
            """,
            "{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":"),
        new Row(
            "load balancer",
            EventShape.ALB,
            """
            {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
             "httpMethod":"%1$s","path":"/a","queryStringParameters":{},
             "headers":{"origin":"%2$s","access-control-request-method":"PUT","host":"api.test"},
             "body":"","isBase64Encoded":false}
            """,
            single),
        new Row(
            "load balancer, multi-value headers",
            EventShape.ALB_MULTI_VALUE,
            """
            {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
             "httpMethod":"%1$s","path":"/a","multiValueQueryStringParameters":{},
             "multiValueHeaders":{"origin":["%2$s"],"access-control-request-method":["PUT"],
              "host":["api.test"]},"body":"","isBase64Encoded":false}
            """,
            "{\"statusCode\":204,\"statusDescription\":\"204 No Content\",\"multiValueHeaders\":"
                + "{\"Access-Control-Allow-Origin\":[\"https://app.example.com\"],"),
        new Row(
            "VPC Lattice, version 1",
            EventShape.LATTICE,
            """
            {"raw_path":"/a?b=c","method":"%1$s","headers":{"origin":"%2$s",
              "access-control-request-method":"PUT","host":"x.vpc-lattice-svcs.eu-west-1.on.aws"},
             "query_string_parameters":{"b":"c"},"body":"","is_base64_encoded":false}
            """,
            single),
        new Row(
            "VPC Lattice, version 2",
            EventShape.LATTICE,
            """
            {"version":"2.0","path":"/a","method":"%1$s","headers":{"origin":["%2$s"],
              "access-control-request-method":["PUT"],
              "host":["x.vpc-lattice-svcs.eu-west-1.on.aws"]},
             "requestContext":{"serviceArn":"arn:aws:vpc-lattice:x","region":"eu-west-1"},
             "isBase64Encoded":false}
            """,
            single));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isToldByWhatItContains(Row row) {
    Event event = Event.read(JsonBytesTest.bytes(row.event("GET", APP)));

    assertThat(event.shape()).isEqualTo(row.shape);
    assertThat(event.method()).isEqualTo("GET");
    assertThat(event.header("origin")).containsExactly(APP);
    assertThat(event.path()).isEqualTo("/a");
    assertThat(event.domain()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void preflightsGetResponsesInItsShape(Row row) {
    for (String response :
        List.of(
            HandlerResponse.by(new PreflightHandler(ENVIRONMENT), row.event("OPTIONS", APP)).json(),
            HandlerResponse.by(
                    Cors.wrap(POLICY, HandlerResponse.with("{\"statusCode\":500}")),
                    row.event("OPTIONS", APP))
                .json())) {
      assertThat(response)
          .startsWith(row.preflight)
          .endsWith("\"body\":\"\",\"isBase64Encoded\":false}");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void refusalsAreInItsShape(Row row) {
    String response =
        HandlerResponse.by(
                new PreflightHandler(ENVIRONMENT), row.event("OPTIONS", "https://evil.test"))
            .json();

    assertThat(response).startsWith("{\"statusCode\":403,").doesNotContain("Access-Control-Allow");
    assertThat(response.contains("\"statusDescription\":\"403 Forbidden\""))
        .isEqualTo(row.shape.hasStatusDescription());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void responsesOfTheHandlerAreCompletedInItsShape(Row row) {
    String response =
        HandlerResponse.by(
                Cors.wrap(
                    POLICY,
                    HandlerResponse.with("{\"statusCode\":200,\"headers\":{\"x-a\":\"b\"}}")),
                row.event("GET", APP))
            .json();
    boolean multi = row.shape == EventShape.ALB_MULTI_VALUE;

    assertThat(response)
        .isEqualTo(
            multi
                ? "{\"statusCode\":200,\"multiValueHeaders\":{\"x-a\":[\"b\"],"
                    + "\"Access-Control-Allow-Origin\":[\"https://app.example.com\"],"
                    + "\"Access-Control-Expose-Headers\":[\"etag\"],\"Vary\":[\"Origin\"]}}"
                : "{\"statusCode\":200,\"headers\":{\"x-a\":\"b\","
                    + "\"Access-Control-Allow-Origin\":\"https://app.example.com\","
                    + "\"Access-Control-Expose-Headers\":\"etag\",\"Vary\":\"Origin\"}}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void failuresAreInItsShape(Row row) {
    HandlerResponse responded =
        HandlerResponse.by(
            Cors.wrap(
                POLICY,
                (input, output, context) -> {
                  throw new IllegalStateException("secret");
                }),
            row.event("GET", APP));

    assertThat(responded.json())
        .startsWith("{\"statusCode\":500,")
        .contains("Access-Control-Allow-Origin", "Internal Server Error")
        .doesNotContain("secret");
  }

  private static String webSocket(String eventType, String headers) {
    return """
        {%s"requestContext":{"routeKey":"$connect","eventType":"%s","connectionId":"abc=",
          "domainName":"ws.example.com","stage":"prod","apiId":"a1"},"isBase64Encoded":false}
        """
        .formatted(headers, eventType);
  }

  static Stream<Map.Entry<String, Integer>> handshakes() {
    return Stream.of(
        Map.entry("\"headers\":{\"Origin\":\"https://app.example.com\"},", 200),
        Map.entry("\"headers\":{\"Origin\":\"https://evil.test\"},", 403),
        Map.entry("\"headers\":{\"Origin\":\"null\"},", 403),
        Map.entry(
            "\"headers\":{\"Origin\":\"https://evil.test\"},"
                + "\"multiValueHeaders\":{\"Origin\":[\"https://evil.test\"]},",
            403),
        Map.entry(
            "\"headers\":{\"Origin\":\"https://ws.example.com\",\"Host\":\"ws.example.com\"},",
            200),
        Map.entry("\"headers\":{\"Host\":\"ws.example.com\"},", 200));
  }

  /** CORS does not hold for WebSockets: who may open one is for the server to say. */
  @ParameterizedTest
  @MethodSource("handshakes")
  void aWebSocketIsOpenedByAllowedOriginsOnly(Map.Entry<String, Integer> handshake) {
    String event = webSocket("CONNECT", handshake.getKey());
    String opened = "{\"statusCode\":200,\"body\":\"opened\"}";

    assertThat(HandlerResponse.by(new PreflightHandler(ENVIRONMENT), event).status())
        .isEqualTo(handshake.getValue());
    String response =
        HandlerResponse.by(Cors.wrap(POLICY, HandlerResponse.with(opened)), event).json();
    if (handshake.getValue() == 200) {
      assertThat(response).isEqualTo(opened);
    } else {
      assertThat(response).startsWith("{\"statusCode\":403,");
    }
    assertThat(response).doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MESSAGE", "DISCONNECT"})
  void messagesOfAnOpenWebSocketPass(String eventType) {
    String event = webSocket(eventType, "");
    assertThat(HandlerResponse.by(Cors.wrap(POLICY, HandlerResponse.with("\"any\"")), event).json())
        .isEqualTo("\"any\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers", "multiValueHeaders", "requestContext", "httpMethod", "path"})
  void aFieldThatIsThereTwiceIsNoEvent(String field) {
    String json = "{\"httpMethod\":\"GET\",\"" + field + "\":null,\"" + field + "\":null}";
    assertThat(catchThrowable(() -> Event.read(JsonBytesTest.bytes(json))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This event has the key " + field + " twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http",
        "elb",
        "stage",
        "apiId",
        "domainName",
        "requestId",
        "connectionId",
        "eventType"
      })
  void aFieldThatIsTwiceInTheContextIsNoEvent(String field) {
    String twice = "\"" + field + "\":null,\"" + field + "\":\"x\"";
    String json = "{\"httpMethod\":\"GET\",\"requestContext\":{" + twice + "}}";
    assertThat(catchThrowable(() -> Event.read(JsonBytesTest.bytes(json))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This event has the key " + field + " twice");
  }
}
