package dev.corsage.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization                    | Bearer abc              | …
          proxy-authorization              | Basic abc               | …
          COOKIE                           | a=b                     | …
          Set-Cookie                       | a=b                     | …
          X-Api-Key                        | abc                     | …
          X-Amz-Security-Token             | abc                     | …
          X-CSRF-Token                     | abc                     | …
          X-Session                        | abc                     | …
          Referer                          | https://a.example/?code=4711&x=1 | https://a.example/?code=…
          Location                         | /cb?access_token=abc    | /cb?access_token=…
          X-Other                          | eyJhbGciOiJIUzI1NiIsInR5cCI | …
          Origin                           | https://app.example     | https://app.example
          Access-Control-Allow-Credentials | true                    | true
          Access-Control-Request-Headers   | authorization,x-api-key | authorization,x-api-key
          Content-Type                     | text/html; charset=utf-8 | text/html; charset=utf-8
          """)
  void headers(String name, String value, String shown) {
    assertThat(Masking.header(name, value)).isEqualTo(shown);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /items                              | /items
          /items?a=b&c                        | /items?a=b&c
          /items?id_token=abc&a=b             | /items?id_token=…&a=b
          /items?a=b&X-Amz-Signature=abc      | /items?a=b&X-Amz-Signature=…
          /items?api_key=abc                  | /items?api_key=…
          /items?apikey=$1                    | /items?apikey=…
          /items?PASSWORD=abc                 | /items?PASSWORD=…
          /items?a=$1\\2                      | /items?a=$1\\2
          /items?corsage-call=1               | /items?corsage-call=1
          """)
  void queries(String path, String shown) {
    assertThat(Masking.path(path)).isEqualTo(shown);
  }
}
