package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.gateway.api.ApiType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What API Gateway answers 502 for. */
class MalformedResponseTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing at all                  | ''
          white space                     | ' '
          no JSON                         | rose
          an unfinished object            | {"statusCode":200
          an unfinished string            | {"statusCode":200,"body":"ro
          garbage behind it               | {"statusCode":200} rose
          another answer behind it        | {"statusCode":200}{"statusCode":200}
          a bracket behind it             | {"statusCode":200}}
          a comma behind the last field   | {"statusCode":200,}
          status 0                        | {"statusCode":0}
          status 99                       | {"statusCode":99}
          status 100                      | {"statusCode":100}
          status 199                      | {"statusCode":199}
          status 600                      | {"statusCode":600}
          a negative status               | {"statusCode":-200}
          a status beyond int             | {"statusCode":4294967496}
          a status beyond long            | {"statusCode":99999999999999999999}
          a status beyond int, as string  | {"statusCode":"4294967496"}
          a status of words               | {"statusCode":"OK"}
          an empty status                 | {"statusCode":""}
          a status that is true           | {"statusCode":true}
          a status with a fraction        | {"statusCode":200.9}
          a status with an exponent       | {"statusCode":2e2}
          a status with spaces            | {"statusCode":" 200 "}
          a header without a name         | {"statusCode":200,"headers":{"":"a"}}
          a space in a header's name      | {"statusCode":200,"headers":{"a b":"1"}}
          a line break in a header's name | {"statusCode":200,"headers":{"a\\n":"1"}}
          a list for a status             | {"statusCode":[200]}
          an object for a status          | {"statusCode":{"code":200}}
          a number for a body             | {"statusCode":200,"body":7}
          an object for a body            | {"statusCode":200,"body":{"a":1}}
          a list for a body               | {"statusCode":200,"body":["a"]}
          a body that is true             | {"statusCode":200,"body":true}
          no base64                       | {"statusCode":200,"body":"rose!","isBase64Encoded":true}
          base64 cut off                  | {"statusCode":200,"body":"cm9zZ","isBase64Encoded":true}
          the base64 of URLs              | {"statusCode":200,"body":"_-__","isBase64Encoded":true}
          a string for headers            | {"statusCode":200,"headers":"a: 1"}
          a list for headers              | {"statusCode":200,"headers":["a"]}
          an object for a header          | {"statusCode":200,"headers":{"a":{"b":"1"}}}
          """)
  void inEveryFormat(String why, String json) {
    for (ApiType type : ApiType.values()) {
      assertMalformed(why, type, json);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no status                       | {}
          a status that is null           | {"statusCode":null}
          a status in another case        | {"statuscode":200}
          a status further down           | {"response":{"statusCode":200}}
          an answer of another kind       | {"message":"rose"}
          a list                          | [{"statusCode":200}]
          a string                        | "rose"
          a number                        | 200
          null                            | null
          a string for multi-value headers | {"statusCode":200,"multiValueHeaders":"a: 1"}
          a list for multi-value headers  | {"statusCode":200,"multiValueHeaders":["a"]}
          an object among the values      | {"statusCode":200,"multiValueHeaders":{"a":[{}]}}
          """)
  void inFormat1(String why, String json) {
    assertMalformed(why, ApiType.REST, json);
    assertMalformed(why, ApiType.HTTP_V1, json);
  }

  /** https://github.com/aws/aws-sam-cli/pull/1154 */
  @ParameterizedTest
  @ValueSource(strings = {"statusDescription", "base64Encoded", "statuscode", ""})
  void fieldsThatAreNotOfTheFormatOfRestApis(String field) throws IOException {
    String json = "{\"statusCode\":200,\"" + field + "\":{\"statusCode\":500,\"body\":[]}}";
    assertMalformed(field, ApiType.REST, json);
    for (ApiType type : List.of(ApiType.HTTP_V1, ApiType.HTTP_V2, ApiType.ALB)) {
      assertThat(Responses.read(type, json).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(ApiType.class)
  void cookiesAreOfFormat2(ApiType type) throws IOException {
    String json = "{\"statusCode\":200,\"cookies\":[\"a=1\"]}";
    if (type == ApiType.REST) {
      assertMalformed("cookies", type, json);
    } else {
      assertThat(Responses.read(type, json).headers()).hasSize(type.isV2() ? 1 : 0);
    }
  }

  private static void assertMalformed(String why, ApiType type, String json) {
    assertThatThrownBy(() -> Responses.read(type, json))
        .as("%s, %s", why, type)
        .isInstanceOf(IOException.class);
  }
}
