package dev.corsage.lambda;

import static dev.corsage.lambda.ResponseRewriterTest.rewrite;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.DecisionOf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the cookies of a response go: several lines are never joined to one. */
class ResponseCookiesTest {
  private static final String COOKIES = "{\"statusCode\":200,\"headers\":{%s}%s}";
  private static final String LINES = "\"a=1; Expires=Wed, 09 Jun\",\"b=2\"";

  /** Each shape takes several lines in another place; joined to one they would be one cookie. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          API_GATEWAY_V1 | | ,"multiValueHeaders":{"set-cookie":[LINES]}
          API_GATEWAY_V1_MULTI_VALUE | MULTI | "set-cookie":[LINES]
          ALB_MULTI_VALUE | MULTI | "set-cookie":[LINES]
          API_GATEWAY_V2 | | ,"cookies":[LINES]
          ALB | "set-cookie":"a=1; Expires=Wed, 09 Jun","Set-cookie":"b=2" | ~~
          LATTICE | "set-cookie":"a=1; Expires=Wed, 09 Jun","Set-cookie":"b=2" | ~~
          """)
  void linesOfCookiesStayLines(EventShape shape, String single, String others)
      throws MalformedResponseException {
    String multi = "{\"statusCode\":200,\"multiValueHeaders\":{" + others + "}}";
    String expected =
        "MULTI".equals(single) ? multi : COOKIES.formatted(single == null ? "" : single, others);
    for (String name : List.of("set-cookie", "Set-Cookie", "SET-COOKIE")) {
      String response = COOKIES.formatted("\"" + name + "\":[" + LINES + "]", "");
      String written = expected.replace("LINES", LINES);

      assertThat(JsonValue.read(rewrite(response, shape, Map.of())))
          .isEqualTo(
              JsonValue.read(
                  shape.hasOnlyMultiValueHeaders()
                      ? written.replace("set-cookie", name)
                      : written));
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          API_GATEWAY_V1 | "headers":{"set-cookie":"a"} | "headers":{"set-cookie":"a"}
          API_GATEWAY_V1 | "headers":{"set-cookie":["a"]} | "headers":{"set-cookie":"a"}
          API_GATEWAY_V1 | "headers":{"set-cookie":["a","b"]},"multiValueHeaders":{"set-cookie":["c"]} \
          | "headers":{},"multiValueHeaders":{"set-cookie":["c","a","b"]}
          API_GATEWAY_V2 | "headers":{"Set-Cookie":["a","b"]},"cookies":["c"] \
          | "headers":{},"cookies":["c","a","b"]
          API_GATEWAY_V2 | "cookies":["c","d"] | "headers":{},"cookies":["c","d"]
          API_GATEWAY_V2 | "cookies":"c" | "headers":{},"cookies":["c"]
          API_GATEWAY_V2 | "headers":{"x-a":["1","2"]} | "headers":{"x-a":"1, 2"}
          ALB | "headers":{"set-cookie":["a","b"],"Set-Cookie":"c"} \
          | "headers":{"set-cookie":"a","Set-cookie":"b","sEt-cookie":"c"}
          ALB | "headers":{"set-cookie":"a","Set-Cookie":"c"} | "headers":{"set-cookie":"a","Set-Cookie":"c"}
          """)
  void cookiesAreWhereTheInvokerTakesThem(EventShape shape, String fields, String expected)
      throws MalformedResponseException {
    assertThat(JsonValue.read(rewrite("{\"statusCode\":200," + fields + "}", shape, Map.of())))
        .isEqualTo(JsonValue.read("{\"statusCode\":200," + expected + "}"));
  }

  @Test
  void aLoadBalancerTakesAsManyCookiesAsTheNameHasSpellings() throws MalformedResponseException {
    String lines = IntStream.range(0, 512).mapToObj(i -> "\"" + i + "\"").collect(joining(","));
    List<String> dropped = new ArrayList<>();
    for (String more : List.of("", ",\"512\"")) {
      byte[] response =
          COOKIES
              .formatted("\"set-cookie\":[" + lines + more + "]", "")
              .getBytes(StandardCharsets.UTF_8);
      String sent =
          Sent.text(
              ResponseRewriter.rewrite(
                  response,
                  response.length,
                  EventShape.ALB,
                  DecisionOf.headers(Map.of()),
                  dropped::addAll));

      assertThat(new HandlerResponse(sent, "").headers()).hasSize(512);
      assertThat(dropped).isEqualTo(more.isEmpty() ? List.of() : List.of("set-cookie"));
    }
  }
}
