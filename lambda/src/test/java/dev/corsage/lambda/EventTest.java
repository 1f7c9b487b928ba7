package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.corsage.CorsPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

  record Row(String name, String json, EventShape payload) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> shapes() {
    String[] headers = {
      "Origin: https://app.example.com",
      "Access-Control-Request-Method: PUT",
      "Access-Control-Request-Headers: x-a,x-b",
      "Host: api.example.com",
      "X-Forwarded-Proto: https",
      "Accept: text/html"
    };
    return List.of(
        new Row("REST API", Events.rest("OPTIONS", headers), EventShape.API_GATEWAY_V1),
        new Row("payload 1.0", Events.v1("OPTIONS", headers), EventShape.API_GATEWAY_V1),
        new Row("payload 2.0", Events.v2("OPTIONS", headers), EventShape.API_GATEWAY_V2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void hasMethodAndHeaders(Row row) throws IOException {
    Event event = read(row.json);

    assertThat(event.shape()).isEqualTo(row.payload);
    assertThat(event.method()).isEqualTo("OPTIONS");
    assertThat(event.header("origin")).containsExactly("https://app.example.com");
    assertThat(event.header("access-control-request-method")).containsExactly("PUT");
    assertThat(event.header("access-control-request-headers")).containsExactly("x-a,x-b");
    assertThat(event.targetOrigin()).isEqualTo("https://api.example.com");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void keepsNothingElse(Row row) throws IOException {
    assertThat(read(row.json).header("accept")).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "absent",
      textBlock =
          """
          absent                | absent                       | []
          null                  | null                         | []
          {}                    | {}                           | []
          {"Origin":"a"}        | absent                       | [a]
          {"Origin":"a"}        | null                         | [a]
          {"ORIGIN":"a"}        | {}                           | [a]
          {"origin":"a"}        | {"host":["b"]}               | [a]
          {"origin":null}       | {"origin":null}              | []
          {"origin":"a"}        | {"origin":null}              | [a]
          {"origin":"a"}        | {"origin":[]}                | [a]
          {"origin":5}          | absent                       | []
          {"origin":{"a":"b"}}  | absent                       | []
          []                    | []                           | []
          "origin"              | 5                            | []
          absent                | {"Origin":["a"]}             | [a]
          null                  | {"origin":["a"]}             | [a]
          null                  | {"origin":["a","b"]}         | [a, b]
          null                  | {"origin":["a","a"]}         | [a, a]
          null                  | {"origin":["a"],"Origin":["b"]} | [a, b]
          null                  | {"origin":[null,"a",5]}      | [a]
          null                  | {"origin":"a"}               | [a]
          {"origin":"b"}        | {"origin":["a","b"]}         | [a, b]
          {"origin":"a"}        | {"Origin":["a"]}             | [a]
          {"Origin":"a","origin":"b"} | absent                 | [a, b]
          {"origin":""}         | absent                       | ['']
          {"origin ":"a"}       | absent                       | []
          """)
  void linesAreInMultiValueHeadersIfThereAreAny(String headers, String multi, String lines)
      throws IOException {
    String json =
        "{"
            + (headers == null ? "" : "\"headers\":" + headers + ",")
            + (multi == null ? "" : "\"multiValueHeaders\":" + multi + ",")
            + "\"httpMethod\":\"GET\"}";

    assertThat(read(json).header("origin").toString()).isEqualTo(lines.replace("''", ""));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          PUT API_GATEWAY_V1 | {"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"requestContext":{"httpMethod":"GET","http":null},"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"requestContext":null,"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"requestContext":{"elb":null,"connectionId":null},"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"headers":{},"multiValueHeaders":{},"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"headers":null,"multiValueHeaders":null,"httpMethod":"PUT"}
          PUT API_GATEWAY_V1_MULTI_VALUE | {"headers":null,"multiValueHeaders":{},"httpMethod":"PUT"}
          PUT API_GATEWAY_V1_MULTI_VALUE | {"multiValueHeaders":{"a":["b"]},"httpMethod":"PUT"}
          PUT ALB | {"requestContext":{"elb":{}},"httpMethod":"PUT"}
          PUT ALB | {"requestContext":{"elb":{}},"httpMethod":"PUT","headers":{},"multiValueHeaders":null}
          PUT ALB_MULTI_VALUE | {"requestContext":{"elb":{}},"httpMethod":"PUT","multiValueHeaders":{}}
          PUT ALB_MULTI_VALUE | {"requestContext":{"elb":{}},"httpMethod":"PUT","headers":null,"multiValueHeaders":{}}
          PUT API_GATEWAY_V1 | {"requestContext":[{"http":{"method":"GET"}}],"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"requestContext":{"authorizer":{"http":{"method":"GET"}}},"httpMethod":"PUT"}
          PUT API_GATEWAY_V1 | {"body":{"httpMethod":"GET"},"httpMethod":"PUT","headers":{"httpMethod":"GET"}}
          PUT API_GATEWAY_V1 | {"version":"2.0","httpMethod":"PUT"}
          PUT API_GATEWAY_V2 | {"requestContext":{"http":{"method":"PUT"}}}
          PUT API_GATEWAY_V2 | {"version":null,"requestContext":{"a":{"b":[1]},"http":{"path":"/","method":"PUT"}}}
          PUT API_GATEWAY_V2 | {"httpMethod":"GET","requestContext":{"http":{"method":"PUT"}}}
          PUT API_GATEWAY_V2 | {"requestContext":{"http":{"method":"PUT"}},"httpMethod":"GET"}
          """)
  void fieldsComeInAnyOrder(String expected, String json) throws IOException {
    Event event = read(json);

    assertThat(event.method() + " " + event.shape()).isEqualTo(expected);
  }

  @Test
  void headersMayStandBehindTheContext() throws IOException {
    Event event =
        read(
            """
            {"requestContext":{"http":{"method":"GET"}},"body":"{\\"headers\\":{}}",
             "headers":{"origin":"https://app.example.com"}}
            """);

    assertThat(event.header("origin")).containsExactly("https://app.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "\"warm-up\"",
        "{\"method\":\"GET\"}",
        "{\"headers\":{\"origin\":\"a\"}}",
        "5",
        "[]",
        "{}",
        "{\"httpMethod\":null}",
        "{\"httpMethod\":5}",
        "{\"Records\":[{\"httpMethod\":\"GET\"}]}",
        "{\"requestContext\":{\"http\":{\"path\":\"/\"}}}",
        "[{\"httpMethod\":\"GET\"}]"
      })
  void anotherEventIsNoRequestAndSaysWhatIsMissing(String json) throws IOException {
    Event event = read(json);

    assertThat(event.isRequest()).isFalse();
    assertThat(event.notARequest()).contains("httpMethod", "requestContext.http.method");
  }

  /**
   * What servers make of a header whose key is there twice differs; lines of one header have two.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"origin\":\"a\",\"origin\":\"b\"",
        "\"Origin\":\"a\",\"x\":\"y\",\"Origin\":\"a\"",
        "\"origin\":\"a\",\"\\u006frigin\":\"b\"",
        "\"origin\":[\"a\"],\"origin\":[]",
        "\"ORIGIN\":null,\"origin\":\"a\",\"ORIGIN\":null",
        "\"Host\":\"a\",\"Host\":\"b\"",
        "\"sec-fetch-site\":\"none\",\"sec-fetch-site\":\"same-origin\"",
        "\"access-control-request-method\":\"a\",\"access-control-request-method\":\"b\""
      })
  void aHeaderTwiceUnderOneKeyIsRefused(String headers) {
    for (String field : List.of("headers", "multiValueHeaders")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read("{\"httpMethod\":\"GET\",\"" + field + "\":{" + headers + "}}"))
          .withMessageMatching("This event has the key [A-Za-z-]+ twice");
    }
  }

  /** 1.9 MB, which took a minute where each line was copied with all before it. */
  @ParameterizedTest
  @ValueSource(strings = {"one key", "spellings", "one list", "nested lists", "other headers"})
  void readingTakesTimeInProportion(String kind) {
    int lines = 160_000;
    String name = "access-control-request-headers";
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      headers.append(headers.length() == 0 ? "" : ",");
      switch (kind) {
        case "one key" -> headers.append("\"origin\":\"a\"");
        case "spellings" -> headers.append('"').append(spelling(name, i)).append("\":\"a\"");
        case "one list", "nested lists" -> headers.append(kind.equals("one list") ? "\"a\"" : "[]");
        default -> headers.append("\"x").append(i).append("\":\"a\"");
      }
    }
    String all = kind.contains("list") ? "{\"origin\":[" + headers + "]}" : "{" + headers + "}";
    String json = "{\"httpMethod\":\"GET\",\"multiValueHeaders\":" + all + "}";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          if (kind.equals("one key")) {
            assertThatIllegalArgumentException().isThrownBy(() -> read(json));
            return;
          }
          Event event = read(json);
          CorsPolicy.builder().origins("https://a.test").build().decide(event);
          assertThat(event.header(name)).hasSize(kind.equals("spellings") ? lines : 0);
          assertThat(event.header("origin")).hasSize(kind.equals("one list") ? lines : 0);
        });
  }

  private static String spelling(String name, int bits) {
    StringBuilder spelling = new StringBuilder(name);
    for (int at = 0, rest = bits; rest > 0; at++) {
      if (name.charAt(at) != '-') {
        spelling.setCharAt(at, (char) (name.charAt(at) - (rest & 1) * ('a' - 'A')));
        rest >>= 1;
      }
    }
    return spelling.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"httpMethod\":\"GET\"",
        "{\"httpMethod\":\"GET\",\"headers\":{\"origin\":[\"a\"",
        "{\"httpMethod\":\"GET\",\"headers\":{\"origin\":}}",
        "httpMethod"
      })
  void whatIsNoJsonIsRefused(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("This is not valid JSON at byte ")
        .withMessageNotContaining("Source");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "unknown",
      textBlock =
          """
          {"host":["api.test"],"x-forwarded-proto":["https"]}        | https://api.test
          {"Host":["api.test:8443"],"X-Forwarded-Proto":["http"]}    | http://api.test:8443
          {"host":["api.test"]}                                      | https://api.test
          {"x-forwarded-proto":["https"]}                            | unknown
          {"host":["api.test","evil.test"]}                          | unknown
          {"host":["api.test"],"x-forwarded-proto":["http"]}         | https://api.test
          {"host":["api.test"],"x-forwarded-proto":["https","http"]} | https://api.test
          {"host":["api.test:1"],"x-forwarded-proto":["a","http"]}   | unknown
          {"host":["api.test:443"]}                                  | https://api.test
          {"host":["[::1]:3000"],"x-forwarded-proto":["http"]}       | http://[::1]:3000
          {}                                                         | unknown
          """)
  void targetOriginIsFromTheHost(String headers, String origin) throws IOException {
    Event event = read("{\"httpMethod\":\"GET\",\"multiValueHeaders\":" + headers + "}");

    assertThat(event.targetOrigin()).isEqualTo(origin);
    // The same without putting the origin together.
    for (String asked :
        List.of(
            "https://api.test", "http://api.test:8443", "http://[::1]:3000", "https://api.tes")) {
      assertThat(event.isSentTo(asked)).as(asked).isEqualTo(asked.equals(origin));
    }
  }

  private static Event read(String json) throws IOException {
    return Event.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
