package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.DecisionOf;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the response of a handler. */
class ResponseRewriterTest {
  static final Map<String, String> ALLOWED =
      Map.of("Access-Control-Allow-Origin", "https://a.test");
  private static final String ALLOWED_JSON = "{\"Access-Control-Allow-Origin\":\"https://a.test\"}";

  record Row(String name, String response, String rewritten) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(
            "status alone",
            "{\"statusCode\":204}",
            "{\"statusCode\":204,\"headers\":" + ALLOWED_JSON + "}"),
        new Row(
            "headers null",
            "{\"headers\":null,\"multiValueHeaders\":null,\"statusCode\":200,\"body\":null}",
            "{\"statusCode\":200,\"body\":null,\"headers\":" + ALLOWED_JSON + "}"),
        new Row(
            "headers as some serializers write an empty map",
            "{\"headers\":[],\"statusCode\":200,\"multiValueHeaders\":[],\"body\":\"b\"}",
            "{\"statusCode\":200,\"body\":\"b\",\"headers\":" + ALLOWED_JSON + "}"),
        new Row(
            "several values in headers",
            "{\"statusCode\":200,\"headers\":{\"x-a\":[\"1\",\"2\"]}}",
            "{\"statusCode\":200,\"headers\":{\"x-a\":\"1, 2\"," + ALLOWED_JSON.substring(1) + "}"),
        new Row(
            "everything else is as it was",
            """
            {"statusCode":200,"body":"\\"ö\\u0000\\n\\ud83c\\udf39","isBase64Encoded":true,
             "cookies":["a=1; Secure","b=2"],"big":123456789012345678901234567890,
             "deep":{"headers":{"Vary":"*","Access-Control-Allow-Origin":"*"},"list":[1,[],{}]},
             "statusDescription":"200 OK"}
            """,
            """
            {"statusCode":200,"body":"\\"ö\\u0000\\n🌹","isBase64Encoded":true,\
            "cookies":["a=1; Secure","b=2"],"big":123456789012345678901234567890,\
            "deep":{"headers":{"Vary":"*","Access-Control-Allow-Origin":"*"},"list":[1,[],{}]},\
            "statusDescription":"200 OK","headers":%s}"""
                .formatted(ALLOWED_JSON)),
        new Row(
            "other headers stay",
            "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/html\",\"x-a\":\"\"}}",
            "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"text/html\",\"x-a\":\"\","
                + ALLOWED_JSON.substring(1)
                + "}"),
        new Row(
            "other headers of several lines stay",
            "{\"multiValueHeaders\":{\"Set-Cookie\":[\"a=1\",\"b=2\"],\"x-a\":[]},\"statusCode\":1}",
            "{\"statusCode\":1,\"headers\":"
                + ALLOWED_JSON
                + ",\"multiValueHeaders\":{\"Set-Cookie\":[\"a=1\",\"b=2\"],\"x-a\":[]}}"),
        new Row(
            "numbers and booleans are text in headers",
            "{\"statusCode\":200,\"headers\":{\"a\":5,\"b\":true,\"c\":null}}",
            "{\"statusCode\":200,\"headers\":{\"a\":\"5\",\"b\":\"true\","
                + ALLOWED_JSON.substring(1)
                + "}"),
        new Row(
            "status as text",
            "{\"statusCode\":\"201\"}",
            "{\"statusCode\":\"201\",\"headers\":" + ALLOWED_JSON + "}"));
  }

  @Test
  void everyByteOfOtherFieldsStays() throws MalformedResponseException {
    String fields =
        "\"statusCode\" : 200 ,\"a\":1.10,\"b\":1e400,\"body\":\"🌹 \\u00fc\",\"c\":[ {} ]";

    assertThat(rewrite("{" + fields + "}", EventShape.API_GATEWAY_V1, ALLOWED))
        .isEqualTo("{" + fields + ",\"headers\":" + ALLOWED_JSON + "}");
  }

  @Test
  void aResponseInAnotherEncodingIsMalformed() {
    byte[] response = "{\"statusCode\":200}".getBytes(StandardCharsets.UTF_16LE);

    assertThatThrownBy(
            () ->
                ResponseRewriter.rewrite(
                    response,
                    response.length,
                    EventShape.API_GATEWAY_V1,
                    DecisionOf.headers(ALLOWED),
                    ResponseRewriterTest::drop))
        .isInstanceOf(MalformedResponseException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isCompleted(Row row) throws MalformedResponseException {
    for (EventShape shape : EventShape.values()) {
      if (!shape.hasOnlyMultiValueHeaders()) {
        assertThat(JsonValue.read(rewrite(row.response, shape, ALLOWED)))
            .isEqualTo(JsonValue.read(row.rewritten));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Access-Control-Allow-Origin",
        "access-control-allow-origin",
        "ACCESS-CONTROL-ALLOW-ORIGIN",
        "Access-Control-Allow-Credentials",
        "access-control-expose-headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers",
        "Access-Control-Max-Age",
        "Access-Control-Allow-Private-Network"
      })
  void headersOfCorsAreReplaced(String name) throws MalformedResponseException {
    String response =
        """
        {"statusCode":200,"headers":{"%1$s":"https://evil.test"},
         "multiValueHeaders":{"%1$s":["*","https://evil.test"]}}
        """
            .formatted(name);

    assertThat(rewrite(response, EventShape.API_GATEWAY_V1, ALLOWED))
        .isEqualTo("{\"statusCode\":200,\"headers\":" + ALLOWED_JSON + "}");
    assertThat(rewrite(response, EventShape.API_GATEWAY_V1, Map.of()))
        .isEqualTo("{\"statusCode\":200,\"headers\":{}}");
  }

  @DisplayName("Play 2017-10-05: the Vary of the handler survives")
  @ParameterizedTest(name = "{0} {1} and {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "none",
      textBlock =
          """
          {}                                | {}                      | none   | none
          {}                                | {}                      | Origin | Origin
          {"Vary":"Accept"}                 | {}                      | none   | Accept
          {"Vary":"Accept"}                 | {}                      | Origin | Accept, Origin
          {"vary":"Accept,  Cookie"}        | {}                      | Origin | Accept, Cookie, Origin
          {"Vary":"Origin"}                 | {}                      | Origin | Origin
          {"Vary":"accept, origin"}         | {}                      | Origin | accept, origin
          {"Vary":"Accept","VARY":"accept"} | {"vary":["Cookie"]}     | Origin | Accept, Cookie, Origin
          {}                                | {"Vary":["A, B","b,C"]} | Origin | A, B, C, Origin
          {"Vary":"*"}                      | {}                      | Origin | *
          {"Vary":"Accept, *"}              | {}                      | Origin | *
          {}                                | {"Vary":["Accept","*"]} | none   | *
          {"Vary":""}                       | {"Vary":[]}             | none   | none
          {"Vary":" , ,"}                   | {}                      | Origin | Origin
          {"Vary":null}                     | {"Vary":null}           | Origin | Origin
          """)
  void varyIsCompleted(String headers, String multi, String decided, String vary)
      throws MalformedResponseException {
    String response =
        "{\"headers\":" + headers + ",\"multiValueHeaders\":" + multi + ",\"statusCode\":200}";
    String expected = vary == null ? "{}" : "{\"Vary\":\"" + vary + "\"}";

    assertThat(
            rewrite(
                response,
                EventShape.API_GATEWAY_V1,
                decided == null ? Map.of() : Map.of("Vary", decided)))
        .isEqualTo("{\"statusCode\":200,\"headers\":" + expected + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"message\":\"ö ✓\"}",
        "{\"body\":\"x\",\"headers\":{\"x-a\":\"b\"}}",
        "{\"statusCode\":null,\"body\":\"x\"}",
        "[1, 2]",
        "\"text\"",
        "5",
        "true",
        "null"
      })
  void whatHasNoStatusIsTheBodyInPayload2(String response) throws MalformedResponseException {
    Object rewritten = JsonValue.read(rewrite(response, EventShape.API_GATEWAY_V2, ALLOWED));

    assertThat(rewritten)
        .isEqualTo(
            Map.of(
                "statusCode",
                200,
                "headers",
                Map.of(
                    "Access-Control-Allow-Origin",
                    "https://a.test",
                    "Content-Type",
                    "application/json"),
                "body",
                response,
                "isBase64Encoded",
                false));
    assertThatThrownBy(() -> rewrite(response, EventShape.API_GATEWAY_V1, ALLOWED))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("statusCode");
  }

  /** Without a status, payload format 2.0 takes the whole for the body: nothing is malformed. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"headers\":\"x\"}", "{\"body\":{\"a\":1}}", "{\"cookies\":[{}]}"})
  void whatIsNoResponseMayHaveAnyFields(String response) throws MalformedResponseException {
    whatHasNoStatusIsTheBodyInPayload2(response);
  }

  /** With multi-value headers on, a load balancer reads nothing else; emulators likewise. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"statusCode":200}                             | {}
          {"statusCode":200,"headers":{"a":"b"}}         | {"a":["b"]}
          {"statusCode":200,"headers":{"a":"b"},"multiValueHeaders":{"a":["c","d"],"e":["f"]}} \
          | {"a":["c","d"],"e":["f"]}
          {"statusCode":200,"multiValueHeaders":{"access-control-allow-origin":["*"],"a":["b"]}} \
          | {"a":["b"]}
          """)
  void everyHeaderIsInMultiValueHeadersWhereOnlyTheseCount(String response, String others)
      throws MalformedResponseException {
    String headers = others.replaceFirst("}$", others.equals("{}") ? "" : ",");
    for (EventShape shape :
        List.of(EventShape.ALB_MULTI_VALUE, EventShape.API_GATEWAY_V1_MULTI_VALUE)) {
      assertThat(JsonValue.read(rewrite(response, shape, ALLOWED)))
          .isEqualTo(
              JsonValue.read(
                  "{\"statusCode\":200,\"multiValueHeaders\":"
                      + headers
                      + "\"Access-Control-Allow-Origin\":[\"https://a.test\"]}}"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = EventShape.class, names = ".*_MULTI_VALUE", mode = EnumSource.Mode.MATCH_NONE)
  void largeBodyIsKept(EventShape payload) throws MalformedResponseException {
    String body = "ab✓".repeat(1_000_000);

    assertThat(rewrite("{\"statusCode\":200,\"body\":\"" + body + "\"}", payload, Map.of()))
        .isEqualTo("{\"statusCode\":200,\"body\":\"" + body + "\",\"headers\":{}}");
  }

  static String rewrite(String response, EventShape payload, Map<String, String> decided)
      throws MalformedResponseException {
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    return Sent.text(
        ResponseRewriter.rewrite(
            bytes, bytes.length, payload, DecisionOf.headers(decided), ResponseRewriterTest::drop));
  }

  static void drop(Collection<String> names) {
    assertThat(names).as("headers that are not valid").isEmpty();
  }
}
