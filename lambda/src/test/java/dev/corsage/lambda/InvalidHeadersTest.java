package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a handler that are not valid HTTP are neither sent nor forgotten in silence. */
class InvalidHeadersTest {
  private static final Cors CORS =
      Cors.of(CorsPolicy.builder().origins(APP).build(), Map.of("CORSAGE_LOG", "refused"));

  private static final Map<String, String> OURS =
      Map.of("Access-Control-Allow-Origin", APP, "Vary", "Origin");

  /** All as they are in JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " Access-Control-Allow-Origin",
        "Access-Control-Allow-Origin ",
        "\\tAccess-Control-Allow-Origin",
        "\\u0000Access-Control-Allow-Origin",
        "\\ufeffAccess-Control-Allow-Origin",
        "\\u00a0Access-Control-Allow-Origin",
        "Access-Control-Allow-Origin\\u200b",
        "Access-Control-Allow-Origin:",
        "Access-Control\\r\\n-Allow-Origin",
        "x\\r\\nAccess-Control-Allow-Origin",
        "x: y\\nAccess-Control-Allow-Origin",
        "acce\\u017f\\u017f-control-allow-origin",
        "\\u0410ccess-Control-Allow-Origin",
        " Vary",
        "Set Cookie",
        "x(y)",
        "\\ud800",
        ""
      })
  void aNameThatIsNoTokenIsDroppedAndLogged(String name) {
    for (String headers :
        List.of("\"headers\":{\"%s\":\"*\"}", "\"multiValueHeaders\":{\"%s\":[\"*\"]}")) {
      String response = "{\"statusCode\":200," + headers.formatted(name) + "}";
      HandlerResponse sent = by(response, Events.rest("GET", "Origin: " + APP));

      assertThat(sent.json()).doesNotContain("*");
      assertThat(sent.headers()).isEqualTo(OURS);
      assertLogged(sent.log(), (String) JsonValue.read('"' + name + '"'));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nAccess-Control-Allow-Origin: *",
        "a\\nb",
        "a\\rb",
        "\\n",
        "a\\u0000b",
        "b\\r\\n\\r\\n<script>"
      })
  void aValueThatCouldEndTheLineIsDroppedAndLogged(String value) {
    for (String name : List.of("x-a", "Vary", "Location", "Set-Cookie")) {
      for (String headers :
          List.of(
              "\"headers\":{\"%s\":\"%s\"}",
              "\"headers\":{\"%s\":[\"good\",\"%s\"]}",
              "\"multiValueHeaders\":{\"%s\":[\"good\",\"%s\"]}")) {
        String response = "{\"statusCode\":200," + headers.formatted(name, value) + "}";
        HandlerResponse sent = by(response, Events.v1("GET", "Origin: " + APP));

        assertThat(sent.fields()).isEqualTo(Map.of("statusCode", 200, "headers", OURS));
        assertLogged(sent.log(), name);
      }
    }
  }

  @Test
  void aCookieThatCouldEndTheLineIsDroppedAndLogged() {
    String response = "{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2\\r\\nx: y\"]}";
    HandlerResponse sent = by(response, Events.v2("GET", "Origin: " + APP));

    assertThat(sent.fields())
        .isEqualTo(Map.of("statusCode", 200, "headers", OURS, "cookies", List.of("a=1")));
    assertLogged(sent.log(), "set-cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-a", "!#$%&'*+-.^_`|~09", "X-ACCESS-CONTROL", "a\tb ä\u0001"})
  void whatIsValidStays(String text) {
    boolean name = !text.contains("\t");
    Map<String, String> headers = Map.of(name ? text : "x-a", name ? "b" : text);
    APIGatewayV2HTTPResponse sent = typed(headers, List.of("c=d"), new FakeContext());

    assertThat(sent.getHeaders()).containsAllEntriesOf(headers);
    assertThat(sent.getCookies()).containsExactly("c=d");
  }

  @Test
  void eventClassesAreNoWayAround() {
    Map<String, String> headers = new HashMap<>();
    headers.put(" Access-Control-Allow-Origin", "*");
    headers.put(null, "*");
    headers.put("x-a", "b\r\nAccess-Control-Allow-Origin: *");
    FakeContext context = new FakeContext();
    APIGatewayV2HTTPResponse sent = typed(headers, List.of("a=1\n", "b=2"), context);

    assertThat(sent.getHeaders()).isEqualTo(OURS);
    assertThat(sent.getCookies()).containsExactly("b=2");
    assertThat(context.log().lines()).hasSize(1);
    assertThat(context.log())
        .contains("\"corsage\":\"dropped\"", "\" Access-Control-Allow-Origin\"", "\"x-a\"");
  }

  @Test
  void theLineIsBounded() {
    StringBuilder names = new StringBuilder();
    IntStream.range(0, 10_000).forEach(i -> names.append("\"a b").append(i).append("\":\"\","));
    HandlerResponse sent =
        by(
            "{\"statusCode\":200,\"headers\":{" + names + "\"x-a\":\"b\"}}",
            Events.v2("GET", "Origin: " + APP));

    assertThat(sent.headers()).containsEntry("x-a", "b");
    assertThat(sent.log().lines())
        .singleElement()
        .asString()
        .contains("\"a b19\",\"and 9980 more\"]")
        .doesNotContain("a b20");
  }

  @Test
  void metadataOfAStreamIsNoWayAround() {
    HandlerResponse sent =
        by(
            "{\"headers\":{\" Vary\":\"x\",\"x-a\":\"b\\n\"}}" + "\0".repeat(8) + "body",
            Events.v2("GET", "Origin: " + APP));

    assertThat(sent.json()).doesNotContain(" Vary", "x-a").endsWith("body");
    assertThat(sent.log()).contains("\"headers\":[\" Vary\",\"x-a\"]");
  }

  private static HandlerResponse by(String response, String event) {
    RequestStreamHandler handler = HandlerResponse.with(response);
    return HandlerResponse.by(CORS.wrap(handler), event);
  }

  private static APIGatewayV2HTTPResponse typed(
      Map<String, String> headers, List<String> cookies, FakeContext context) {
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withHeaders(Map.of("Origin", APP))
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withHttp(
                        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                            .withMethod("GET")
                            .build())
                    .build())
            .build();
    return CORS.wrap(
            (APIGatewayV2HTTPEvent e, Context c) ->
                APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(200)
                    .withHeaders(headers)
                    .withCookies(cookies)
                    .build(),
            EventTypes.HTTP_API)
        .handleRequest(event, context);
  }

  /** One line of printable ASCII that names the header. */
  private static void assertLogged(String log, String name) {
    assertThat(log).matches("[ -~]+\n");
    assertThat(JsonValue.read(log))
        .hasFieldOrPropertyWithValue("corsage", "dropped")
        .hasFieldOrPropertyWithValue("headers", List.of(name));
  }
}
