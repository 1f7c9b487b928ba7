package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionResponseHeadersTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "headers":{}                                    | ''
          "headers":null                                  | ''
          "headers":{"X-A":"1","b":"2"}                   | X-A: 1 // b: 2
          "headers":{"a":""}                              | 'a: '
          "headers":{"a":1,"b":1.50,"c":true}             | a: 1 // b: 1.50 // c: true
          "headers":{"a":null,"b":"2"}                    | b: 2
          "headers":{"a":"\\u00fc"}                       | a: ü
          """)
  void areThoseOfEveryType(String field, String headers) throws IOException {
    for (ApiType type : ApiType.values()) {
      assertHeaders(type, field, headers);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "multiValueHeaders":{}                          | ''
          "multiValueHeaders":null                        | ''
          "multiValueHeaders":{"a":[]}                    | ''
          "multiValueHeaders":{"a":["1","2"],"b":["3"]}   | a: 1 // a: 2 // b: 3
          "multiValueHeaders":{"a":["1",null,2,false]}    | a: 1 // a: 2 // a: false
          "multiValueHeaders":{"a":["1","1"]}             | a: 1 // a: 1
          "headers":{"a":"1"},"multiValueHeaders":{"b":["2"]}     | a: 1 // b: 2
          "multiValueHeaders":{"b":["2"]},"headers":{"a":"1"}     | a: 1 // b: 2
          "headers":{"a":"1"},"multiValueHeaders":{"a":["1"]}     | a: 1
          "headers":{"a":"1"},"multiValueHeaders":{"a":["1","2"]} | a: 1 // a: 2
          "headers":{"a":"2"},"multiValueHeaders":{"a":["1","2"]} | a: 1 // a: 2
          "headers":{"a":"3"},"multiValueHeaders":{"a":["1","2"]} | a: 3 // a: 1 // a: 2
          "headers":{"a":"1"},"multiValueHeaders":null            | a: 1
          "headers":null,"multiValueHeaders":{"a":["1"]}          | a: 1
          """)
  void areMergedInFormat1AndAnEqualPairGoesOutOnce(String field, String headers)
      throws IOException {
    assertHeaders(ApiType.REST, field, headers);
    assertHeaders(ApiType.HTTP_V1, field, headers);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "cookies":[]                                    | ''
          "cookies":null                                  | ''
          "cookies":["a=1; Path=/","b=2"]                 | set-cookie: a=1; Path=/ // set-cookie: b=2
          "headers":{"x":"1"},"cookies":["a=1"]           | x: 1 // set-cookie: a=1
          "headers":{"Set-Cookie":"b=2"},"cookies":["a=1"] | Set-Cookie: b=2 // set-cookie: a=1
          "multiValueHeaders":{"a":["1"]}                 | ''
          """)
  void haveTheCookiesOfFormat2AndNoMultiValueHeaders(String field, String headers)
      throws IOException {
    assertHeaders(ApiType.HTTP_V2, field, headers);
  }

  private static void assertHeaders(ApiType type, String field, String headers) throws IOException {
    ApiResponse response = Responses.read(type, "{\"statusCode\":200," + field + "}");

    assertThat(Responses.headers(response)).as("%s", type).isEqualTo(headers);
  }
}
