package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.PolicyScope;
import dev.corsage.lambda.events.EventTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes and event classes are two ways into one function: the same event and the same result of the
 * handler give the same response and the same log. AWS's own serializers, those of the managed
 * runtimes, make the objects of the bytes and the bytes of the objects.
 */
@Timeout(60)
class EntryPointsTest {
  private static final String PATH = "/orders";

  private static final CorsPolicy.Builder POLICY =
      CorsPolicy.builder().origins(APP).methods("PUT").exposedHeaders("etag");

  /**
   * A kind of event.
   *
   * @param event with @method, @headers (an object) and @lists (the same with lists)
   */
  record Shape<I, O>(
      String name, EventType<I, O> type, Class<I> events, Class<O> responses, String event) {

    byte[] event(String method, Map<String, String> headers) {
      return event
          .replace("@method", method)
          .replace("@headers", json(headers, "\"", "\""))
          .replace("@lists", json(headers, "[\"", "\"]"))
          .getBytes(UTF_8);
    }

    private static String json(Map<String, String> headers, String before, String after) {
      List<String> fields = new ArrayList<>();
      headers.forEach((name, value) -> fields.add('"' + name + "\":" + before + value + after));
      return "{" + String.join(",", fields) + "}";
    }

    /** Returns the response to an event by a wrapped handler of bytes, and what was logged. */
    Seen throughBytes(Cors cors, byte[] event, Result result) {
      FakeContext context = context(result);
      RequestStreamHandler handler =
          (input, output, c) -> output.write(result.get(new String(input.readAllBytes(), UTF_8)));
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      try {
        cors.wrap(handler).handleRequest(new ByteArrayInputStream(event), output, context);
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
      // As the invoker reads it, without a difference between missing and null.
      O response = serializer(responses).fromJson(output.toString(UTF_8));
      return seen(response, context);
    }

    /** Returns the same by a wrapped handler of event classes. */
    Seen throughClasses(Cors cors, byte[] event, Result result) {
      FakeContext context = context(result);
      RequestHandler<I, O> handler =
          (e, c) -> serializer(responses).fromJson(new String(result.get(name), UTF_8));
      I read = serializer(events).fromJson(new String(event, UTF_8));
      return seen(cors.wrap(handler, type).handleRequest(read, context), context);
    }

    private Seen seen(O response, FakeContext context) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      serializer(responses).toJson(response, json);
      Map<String, Object> fields = new TreeMap<>();
      ((Map<?, ?>) JsonValue.read(json.toString(UTF_8)))
          .forEach((name, value) -> fields.put((String) name, value));
      // The trace of a failure differs, because the handlers do.
      return new Seen(fields, context.log().replaceAll(",\"stackTrace\":\\[.*]", ""));
    }

    private static FakeContext context(Result result) {
      return new FakeContext(result == Result.LATE ? 550 : Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What an invoker gets, and what is in the log. */
  record Seen(Map<String, Object> response, String log) {}

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, EntryPointsTest.class.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }

  /** Results of the handler. */
  enum Result {
    SUCCESS("{\"statusCode\":200,\"headers\":{\"x-a\":\"b\"},\"body\":\"done\"}"),
    ERROR_STATUS("{\"statusCode\":503,\"body\":\"later\"}"),
    NULL_HEADERS("{\"statusCode\":200,\"headers\":null,\"multiValueHeaders\":null,\"body\":null}"),
    NULL_VALUE("{\"statusCode\":200,\"headers\":{\"x-a\":null,\"x-b\":\"c\"}}"),
    NULL_LIST("{\"statusCode\":200,\"multiValueHeaders\":{\"x-a\":null,\"x-b\":[null,\"c\"]}}"),
    LISTS("{\"statusCode\":200,\"multiValueHeaders\":{\"Set-Cookie\":[\"a=1\",\"b=2\"]}}"),
    BOTH(
        "{\"statusCode\":200,\"headers\":{\"x-a\":\"1\",\"x-b\":\"2\"},"
            + "\"multiValueHeaders\":{\"x-a\":[\"3\",\"4\"],\"X-B\":[\"5\"]}}"),
    OWN_CORS(
        "{\"statusCode\":200,\"headers\":{\"access-control-allow-origin\":\"*\","
            + "\"Access-Control-Max-Age\":\"5\"},\"multiValueHeaders\":"
            + "{\"ACCESS-CONTROL-ALLOW-CREDENTIALS\":[\"true\"]}}"),
    OWN_VARY(
        "{\"statusCode\":200,\"headers\":{\"vary\":\"accept, ORIGIN\"},"
            + "\"multiValueHeaders\":{\"Vary\":[\"cookie\"]}}"),
    VARY_STAR("{\"statusCode\":200,\"headers\":{\"Vary\":\"Accept, *\"}}"),
    BASE64("{\"statusCode\":200,\"body\":\"AAAA\",\"isBase64Encoded\":true}"),
    COOKIES("{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2\"]}"),
    DESCRIPTION("{\"statusCode\":418,\"statusDescription\":\"418 Teapot\"}"),
    NULL("null"),
    EXCEPTION(null),
    LATE(null);

    private final String json;

    Result(String json) {
      this.json = json;
    }

    byte[] get(String event) {
      if (this == EXCEPTION) {
        throw new IllegalArgumentException("secret of " + event);
      }
      if (this == LATE) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
          // What it returns now is dropped.
        }
        return SUCCESS.json.getBytes(UTF_8);
      }
      return json.getBytes(UTF_8);
    }
  }

  /**
   * A request.
   *
   * @param headers {@code Name: value}
   */
  record Request(String name, String method, List<String> headers) {
    Request(String name, String method, String... headers) {
      this(name, method, List.of(headers));
    }

    Map<String, String> lines() {
      Map<String, String> lines = new LinkedHashMap<>();
      lines.put("Host", "api.example.com");
      for (String header : headers) {
        lines.put(
            header.substring(0, header.indexOf(':')), header.substring(header.indexOf(' ') + 1));
      }
      return lines;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Request> REQUESTS =
      List.of(
          new Request("allowed", "GET", "oRIGIN: " + APP),
          new Request("refused", "POST", "Origin: " + EVIL),
          new Request("null origin", "GET", "Origin: null"),
          new Request("two origins in one line", "GET", "Origin: " + APP + ", " + APP),
          new Request("no origin", "DELETE"),
          new Request("same origin", "PUT", "Origin: https://api.example.com"),
          new Request(
              "same origin by scheme",
              "PUT",
              "Origin: http://api.example.com",
              "X-Forwarded-Proto: http"),
          // U+017F is an S where case is ignored as for text, but not in the name of a header.
          new Request(
              "name that only looks like Host",
              "PUT",
              "Origin: https://api.example.com",
              "ho\u017ft: evil.test"),
          new Request("ordinary OPTIONS", "OPTIONS", "Origin: " + APP),
          new Request(
              "preflight", "OPTIONS", "Origin: " + APP, "Access-Control-Request-Method: PUT"),
          new Request(
              "preflight with a name that only looks like one",
              "OPTIONS",
              "Origin: " + APP,
              "Acce\u017f\u017f-Control-Request-Method: PUT"),
          new Request(
              "preflight, method refused",
              "OPTIONS",
              "Origin: " + APP,
              "access-control-request-METHOD: DELETE"),
          new Request(
              "preflight, header refused",
              "OPTIONS",
              "Origin: " + APP,
              "Access-Control-Request-Method: PUT",
              "Access-Control-Request-Headers: x-a"),
          new Request(
              "preflight, origin refused",
              "OPTIONS",
              "Origin: " + EVIL,
              "Access-Control-Request-Method: PUT"));

  /** Events of VPC Lattice, version 1, for which there are no classes. */
  @SuppressWarnings("unchecked")
  private static final class Lattice
      implements EventType<Map<String, Object>, Map<String, Object>> {
    @Override
    public EventRequest request(Map<String, Object> event) {
      return new EventRequest(
          EventShape.LATTICE,
          (String) event.get("method"),
          (Map<String, String>) event.get("headers"),
          null,
          (String) event.get("raw_path"));
    }

    @Override
    public EventResponse read(Map<String, Object> response) {
      return new EventResponse(
          response.get("statusCode") instanceof Integer status ? status : 0,
          (Map<String, String>) response.get("headers"),
          (Map<String, List<String>>) response.get("multiValueHeaders"),
          null);
    }

    @Override
    public Map<String, Object> response(EventResponse parts, String body) {
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("statusCode", parts.status());
      response.put("statusDescription", EventShape.statusDescription(parts.status()));
      response.put("headers", parts.headers());
      response.put("body", body);
      response.put("isBase64Encoded", false);
      return response;
    }

    @Override
    public Map<String, Object> copy(Map<String, Object> response, EventResponse parts) {
      Map<String, Object> copy = new LinkedHashMap<>(response);
      copy.put("headers", parts.headers());
      copy.remove("multiValueHeaders");
      if (parts.multiValueHeaders() != null) {
        copy.put("multiValueHeaders", parts.multiValueHeaders());
      }
      return copy;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<Shape<?, ?>> shapes() {
    String rest =
        """
        {"path":"/orders","httpMethod":"@method",%s
         "requestContext":{"stage":"prod","requestId":"r-1","apiId":"a1"},"isBase64Encoded":false}
        """;
    String http =
        """
        {"version":"2.0","rawPath":"%s/orders","headers":@headers,
         "requestContext":{"domainName":"%s","stage":"%s","apiId":"a1","requestId":"r-1",
          "http":{"method":"@method","path":"/orders"}},"isBase64Encoded":false}
        """;
    String alb =
        """
        {"requestContext":{"elb":{"targetGroupArn":"arn:aws:x"}},"httpMethod":"@method",
         "path":"/orders",%s"body":"","isBase64Encoded":false}
        """;
    String one = "\"headers\":@headers,\"multiValueHeaders\":null,";
    String both = "\"headers\":@headers,\"multiValueHeaders\":@lists,";
    String lists = "\"headers\":null,\"multiValueHeaders\":@lists,";
    List<Shape<?, ?>> shapes = new ArrayList<>();
    shapes.add(rest("REST API", rest.formatted(both)));
    shapes.add(rest("REST API, emulated", rest.formatted(one)));
    shapes.add(rest("REST API, lists alone", rest.formatted(lists)));
    shapes.add(rest("HTTP API, format 1.0", rest.formatted("\"version\":\"1.0\"," + both)));
    String api = "a1.execute-api.eu-west-1.amazonaws.com";
    String url = "u1.lambda-url.eu-west-1.on.aws";
    shapes.add(http("HTTP API, stage", http.formatted("/prod", api, "prod")));
    shapes.add(http("HTTP API, own domain", http.formatted("", "api.example.com", "$default")));
    shapes.add(http("function URL", http.formatted("", url, "$default")));
    shapes.add(alb("load balancer", alb.formatted("\"headers\":@headers,")));
    shapes.add(alb("load balancer, lists", alb.formatted("\"multiValueHeaders\":@lists,")));
    shapes.add(
        new Shape<>(
            "VPC Lattice",
            new Lattice(),
            (Class) Map.class,
            (Class) Map.class,
            """
            {"raw_path":"/orders?page=1","method":"@method","headers":@headers,"body":"",
             "is_base64_encoded":false}
            """));
    for (String type : List.of("CONNECT", "MESSAGE", "DISCONNECT")) {
      shapes.add(
          new Shape<>(
              "WebSocket, " + type,
              EventTypes.WEBSOCKET_API,
              APIGatewayV2WebSocketEvent.class,
              APIGatewayV2WebSocketResponse.class,
              """
              {"headers":@headers,"multiValueHeaders":@lists,"requestContext":{"eventType":"%s",
               "connectionId":"c","domainName":"ws.example.com","stage":"prod","requestId":"r-1"}}
              """
                  .formatted(type)));
    }
    return shapes;
  }

  private static Shape<?, ?> rest(String name, String event) {
    return new Shape<>(
        name,
        EventTypes.REST_API,
        APIGatewayProxyRequestEvent.class,
        APIGatewayProxyResponseEvent.class,
        event);
  }

  private static Shape<?, ?> http(String name, String event) {
    return new Shape<>(
        name,
        EventTypes.HTTP_API,
        APIGatewayV2HTTPEvent.class,
        APIGatewayV2HTTPResponse.class,
        event);
  }

  private static Shape<?, ?> alb(String name, String event) {
    return new Shape<>(
        name,
        EventTypes.LOAD_BALANCER,
        ApplicationLoadBalancerRequestEvent.class,
        ApplicationLoadBalancerResponseEvent.class,
        event);
  }

  private static Map<String, CorsDecider> policies() {
    Map<String, CorsDecider> policies = new LinkedHashMap<>();
    policies.put("one policy", POLICY.build());
    policies.put("blocking", CorsPolicy.builder().origins(APP).blockRefusedOrigins(true).build());
    policies.put("any origin", CorsPolicy.builder().origins("*").methods("PUT").build());
    policies.put(
        "by path",
        CorsPolicies.builder().policy(PolicyScope.anywhere().path(PATH), POLICY).build());
    return policies;
  }

  static Stream<Arguments> requests() {
    return shapes().stream()
        .flatMap(shape -> REQUESTS.stream().map(request -> Arguments.of(shape, request)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("requests")
  void aRequestGetsOneResponse(Shape<?, ?> shape, Request request) {
    byte[] event = shape.event(request.method, request.lines());
    policies()
        .forEach(
            (name, policy) -> {
              Cors cors = Cors.of(policy, Map.of("CORSAGE_LOG", "allowed"));
              assertThat(shape.throughClasses(cors, event, Result.SUCCESS))
                  .as(name)
                  .isEqualTo(shape.throughBytes(cors, event, Result.SUCCESS));
            });
  }

  static Stream<Arguments> results() {
    return shapes().stream()
        .filter(shape -> !shape.name.startsWith("WebSocket"))
        .flatMap(shape -> Stream.of(Result.values()).map(result -> Arguments.of(shape, result)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("results")
  void aResultOfTheHandlerGivesOneResponse(Shape<?, ?> shape, Result result) {
    Cors cors = Cors.of(POLICY.build(), Map.of()).respondBeforeTimeout(Duration.ofMillis(500));
    for (String origin : List.of(APP, EVIL)) {
      byte[] event = shape.event("GET", Map.of("Origin", origin));

      assertThat(shape.throughClasses(cors, event, result))
          .isEqualTo(shape.throughBytes(cors, event, result));
    }
  }
}
