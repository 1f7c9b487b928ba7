package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.gateway.api.ApiResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a function URL with response streaming makes of what the function wrote. Z is a zero. */
class StreamedResponseTest {
  private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";

  private static ApiResponse read(String type, String text) throws IOException {
    return StreamedResponse.read(
        new FunctionResponse(
            text.replace('Z', '\0').getBytes(UTF_8),
            type == null ? null : type.replace("integration", INTEGRATION)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          integration      | {"statusCode":201,"headers":{"a":"1"}}ZZZZZZZZrose | 201 | a: 1               | rose
          integration      | {"cookies":["b=2"]}ZZZZZZZZZ                       | 200 | set-cookie: b=2    | Z
          integration      | {"multiValueHeaders":{"a":["1","2"]}}ZZZZZZZZ      | 200 | a: 1 // a: 2       | ''
          integration      | {}ZZZZZZZZ{}                                       | 200 | ''                 | {}
          text/plain       | {"statusCode":201}ZZZZZZZZrose                     | 200 | Content-Type: text/plain | {"statusCode":201}ZZZZZZZZrose
          ''               | rose                                               | 200 | Content-Type: application/octet-stream | rose
          none             | {"statusCode":201,"headers":{"a":"1"}}             | 200 | Content-Type: application/octet-stream | {"statusCode":201,"headers":{"a":"1"}}
          """)
  void isReadByItsContentType(String type, String text, int status, String headers, String body)
      throws IOException {
    ApiResponse response = read(type, text);

    assertThat(response.status()).isEqualTo(status);
    assertThat(Responses.headers(response)).isEqualTo(headers);
    assertThat(Responses.body(response).replace('\0', 'Z')).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "{}",
        "{}ZZZZZZZ",
        "{}ZZZZrose",
        "ZZZZZZZZrose",
        "roseZZZZZZZZ",
        "[]ZZZZZZZZ",
        "{}{}ZZZZZZZZ",
        "{\"statusCode\":99}ZZZZZZZZ"
      })
  void aWrongPreludeIsMalformed(String text) {
    assertThatThrownBy(() -> read("integration", text)).isInstanceOf(IOException.class);
  }
}
