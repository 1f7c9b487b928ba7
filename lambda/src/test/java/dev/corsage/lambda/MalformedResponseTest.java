package dev.corsage.lambda;

import static dev.corsage.lambda.ResponseRewriterTest.ALLOWED;
import static dev.corsage.lambda.ResponseRewriterTest.rewrite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsPolicy;
import dev.corsage.DecisionOf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that an invoker would not take: the page gets an error that it can read. */
class MalformedResponseTest {
  static List<String> malformed() {
    return List.of(
        "",
        " \n",
        "text",
        "<html></html>",
        "{",
        "{\"statusCode\":200",
        "{\"statusCode\":200}}",
        "{\"statusCode\":200} {}",
        "{\"statusCode\":200,}",
        "{statusCode:200}",
        "[1] 2",
        "{\"statusCode\":200,\"body\":\"\n\"}",
        "{\"statusCode\":200,\"headers\":{\"a\":}}");
  }

  /** Fields that no invoker accepts with such a value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Event classes have 0 for a status that is not set.
        "\"statusCode\":0",
        "\"body\":\"a\",\"statusCode\":\"0\"",
        "\"statusCode\":0.0",
        "\"statusCode\":-200",
        "\"statusCode\":\"\"",
        "\"statusCode\":\"OK\"",
        "\"statusCode\":\"200 OK\"",
        "\"statusCode\":true",
        "\"statusCode\":[200]",
        "\"statusCode\":{\"code\":200}",
        "\"statusCode\":200,\"body\":{\"a\":1}",
        "\"statusCode\":200,\"body\":{}",
        "\"body\":[1,2],\"statusCode\":200",
        "\"statusCode\":200,\"headers\":\"Content-Type: text/html\"",
        "\"statusCode\":200,\"headers\":[\"Content-Type: text/html\"]",
        "\"statusCode\":200,\"headers\":[{\"key\":\"a\",\"value\":\"b\"}]",
        "\"statusCode\":200,\"headers\":5",
        "\"headers\":true,\"statusCode\":200",
        "\"statusCode\":200,\"headers\":{\"a\":{\"b\":\"c\"}}",
        "\"statusCode\":200,\"headers\":{\"a\":[[\"b\"]]}",
        "\"statusCode\":200,\"headers\":{\"a\":[{}]}",
        "\"statusCode\":200,\"multiValueHeaders\":\"a: b\"",
        "\"statusCode\":200,\"multiValueHeaders\":[[\"a\",\"b\"]]",
        "\"statusCode\":200,\"multiValueHeaders\":{\"a\":{\"0\":\"b\"}}",
        "\"statusCode\":200,\"multiValueHeaders\":{\"Vary\":{}}",
        "\"statusCode\":200,\"cookies\":[{\"name\":\"a\"}]"
      })
  void aFieldOfTheWrongTypeIsMalformed(String fields) {
    malformedResponseIsRefused("{" + fields + "}");
    malformedResponseBecomesABadGatewayThatThePageCanRead("{" + fields + "}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedResponseIsRefused(String response) {
    for (EventShape payload : EventShape.values()) {
      assertThatThrownBy(() -> rewrite(response, payload, ALLOWED))
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedResponseBecomesABadGatewayThatThePageCanRead(String response) {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();
    for (String event :
        List.of(
            Events.v1("GET", "Origin: https://a.test"),
            Events.v2("GET", "Origin: https://a.test"))) {
      HandlerResponse responded =
          HandlerResponse.by(Cors.wrap(policy, HandlerResponse.with(response)), event);

      assertThat(responded.json())
          .isEqualTo(
              "{\"statusCode\":502,\"headers\":{\"Access-Control-Allow-Origin\":\"https://a.test\","
                  + "\"Vary\":\"Origin\",\"Content-Type\":\"application/json\"},"
                  + "\"body\":\"{\\\"message\\\":\\\"Internal Server Error\\\"}\","
                  + "\"isBase64Encoded\":false}");
      assertThat(responded.log()).contains("the function's response is malformed");
    }
  }

  /** A function that was killed while it wrote; what is behind the end is not read. */
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aResponseThatWasCutOffIsMalformed(EventShape shape) {
    byte[] whole =
        """
        {"statusCode":200,"headers":{"Vary":"A","x":"\\u00e4"},"multiValueHeaders":{"Vary":["A"]},\
        "cookies":["a=b"],"body":"ä","isBase64Encoded":false}"""
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < whole.length; length++) {
      int end = length;
      assertThatThrownBy(
              () ->
                  ResponseRewriter.rewrite(
                      whole, end, shape, DecisionOf.headers(ALLOWED), ResponseRewriterTest::drop))
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    byte[] latin1 = "{\"statusCode\":200,\"body\":\"ö\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(
            () ->
                ResponseRewriter.rewrite(
                    latin1,
                    latin1.length,
                    EventShape.API_GATEWAY_V1,
                    DecisionOf.headers(ALLOWED),
                    ResponseRewriterTest::drop))
        .isInstanceOf(MalformedResponseException.class);
  }
}
