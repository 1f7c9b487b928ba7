package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionResponseTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"statusCode":200}                                      | 200 | ''
          {"statusCode":599}                                      | 599 | ''
          {"statusCode":"201"}                                    | 201 | ''
          {"statusCode":200,"body":"rose"}                        | 200 | rose
          {"body":"rose","statusCode":200}                        | 200 | rose
          {"statusCode":200,"body":""}                            | 200 | ''
          {"statusCode":200,"body":null}                          | 200 | ''
          {"statusCode":200,"body":"\\u00fc ü"}                   | 200 | ü ü
          {"statusCode":200,"body":"{\\"a\\":1}"}                 | 200 | {"a":1}
          {"statusCode":200,"body":"cm9zZQ==","isBase64Encoded":true}  | 200 | rose
          {"isBase64Encoded":true,"body":"cm9zZQ==","statusCode":200}  | 200 | rose
          {"statusCode":200,"body":"cm9zZQ==","isBase64Encoded":false} | 200 | cm9zZQ==
          {"statusCode":200,"body":"cm9zZQ==","isBase64Encoded":null}  | 200 | cm9zZQ==
          {"statusCode":200,"isBase64Encoded":true}               | 200 | ''
          """)
  void hasStatusAndBody(String json, int status, String body) throws IOException {
    for (ApiType type : ApiType.values()) {
      ApiResponse response = Responses.read(type, json);

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.headers()).isEmpty();
      assertThat(Responses.body(response)).isEqualTo(body);
    }
  }

  @Test
  void hasAnyBytesForItsBody() throws IOException {
    ApiResponse response =
        Responses.read(
            ApiType.REST, "{\"statusCode\":200,\"body\":\"AP/+gA==\",\"isBase64Encoded\":true}");

    assertThat(response.body()).isEqualTo("\u0000\u00ff\u00fe\u0080".getBytes(ISO_8859_1));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}
          {"message":"rose"}
          {"body":"rose","headers":{"a":"1"}}
          {"statusCode":null,"body":"rose"}
          {"nested":{"statusCode":404}}
          [{"statusCode":404}]
          [1, 2]
          7
          true
          """)
  void withoutAStatusIsTheBodyOfA200InFormat2(String json) throws IOException {
    ApiResponse response = Responses.read(ApiType.HTTP_V2, json);

    assertThat(response.status()).isEqualTo(200);
    assertThat(Responses.headers(response)).isEqualTo("content-type: application/json");
    assertThat(Responses.body(response)).isEqualTo(json);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void takesSixMegabytes(ApiType type) throws IOException {
    String body = "x".repeat(6 * 1024 * 1024);
    ApiResponse response = Responses.read(type, "{\"statusCode\":200,\"body\":\"" + body + "\"}");

    assertThat(Responses.body(response)).isEqualTo(body);
  }
}
