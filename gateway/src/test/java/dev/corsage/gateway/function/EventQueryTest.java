package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Requests;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventQueryTest {

  @ParameterizedTest(name = "?{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=1         | {"a":"1"}         | {"a":"1"}         | {"a":["1"]}
          a=1&b=2     | {"a":"1","b":"2"} | {"a":"1","b":"2"} | {"a":["1"],"b":["2"]}
          a=1&a=2     | {"a":"1,2"}       | {"a":"2"}         | {"a":["1","2"]}
          a=1&b&a=1   | {"a":"1,1","b":""} | {"a":"1","b":""} | {"a":["1","1"],"b":[""]}
          a=1&A=2     | {"a":"1","A":"2"} | {"a":"1","A":"2"} | {"a":["1"],"A":["2"]}
          a=1,2       | {"a":"1,2"}       | {"a":"1,2"}       | {"a":["1,2"]}
          a=          | {"a":""}          | {"a":""}          | {"a":[""]}
          a           | {"a":""}          | {"a":""}          | {"a":[""]}
          =1          | {"":"1"}          | {"":"1"}          | {"":["1"]}
          a=b=c       | {"a":"b=c"}       | {"a":"b=c"}       | {"a":["b=c"]}
          a?b=c?      | {"a?b":"c?"}      | {"a?b":"c?"}      | {"a?b":["c?"]}
          &&a=1&      | {"a":"1"}         | {"a":"1"}         | {"a":["1"]}
          a=b%20c+d   | {"a":"b c d"}     | {"a":"b c d"}     | {"a":["b c d"]}
          a=%C3%BC    | {"a":"ü"}         | {"a":"ü"}         | {"a":["ü"]}
          a%3D=%26    | {"a=":"&"}        | {"a=":"&"}        | {"a=":["&"]}
          a=1&%61=2   | {"a":"1,2"}       | {"a":"2"}         | {"a":["1","2"]}
          a=%22%5C    | {"a":"\\"\\\\"}   | {"a":"\\"\\\\"}   | {"a":["\\"\\\\"]}
          """)
  void isDecodedAndKeepsEveryValue(String query, String v2, String single, String multi)
      throws IOException {
    assertParameters(query, v2, single, multi);
  }

  @ParameterizedTest(name = "?{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=%         | {"a":"%"}         | {"a":"%"}         | {"a":["%"]}
          a=%4        | {"a":"%4"}        | {"a":"%4"}        | {"a":["%4"]}
          a=%zz       | {"a":"%zz"}       | {"a":"%zz"}       | {"a":["%zz"]}
          a=%-1       | {"a":"%-1"}       | {"a":"%-1"}       | {"a":["%-1"]}
          %zz=%41     | {"%zz":"A"}       | {"%zz":"A"}       | {"%zz":["A"]}
          """)
  void withABrokenEscapeStaysAsItIs(String query, String v2, String single, String multi)
      throws IOException {
    assertParameters(query, v2, single, multi);
  }

  private static void assertParameters(String query, String v2, String single, String multi)
      throws IOException {
    ApiRequest request = Requests.get("/x?" + query, null);
    byte[] format2 = Events.event(ApiType.HTTP_V2, request);

    assertThat(JsonText.at(format2, "/queryStringParameters")).isEqualTo(v2);
    assertThat(JsonText.string(format2, "/rawQueryString")).isEqualTo(query);
    for (ApiType type : new ApiType[] {ApiType.HTTP_V1, ApiType.REST}) {
      byte[] format1 = Events.event(type, request);
      assertThat(JsonText.at(format1, "/queryStringParameters")).isEqualTo(single);
      assertThat(JsonText.at(format1, "/multiValueQueryStringParameters")).isEqualTo(multi);
    }
  }

  @ParameterizedTest
  @EnumSource
  void canBeMissing(ApiType type) throws IOException {
    byte[] event = Events.event(type, Requests.get("/x", null));
    boolean alb = type == ApiType.ALB;
    String nothing = alb ? "{}" : type.isV2() ? "absent" : "null";

    assertThat(JsonText.at(event, "/queryStringParameters")).isEqualTo(nothing);
    assertThat(JsonText.at(event, "/multiValueQueryStringParameters"))
        .isEqualTo(alb ? "absent" : nothing);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_V1", "REST"})
  void canBeEmpty(ApiType type) throws IOException {
    byte[] event = Events.event(type, Requests.get("/x?", null));

    assertThat(JsonText.at(event, "/queryStringParameters")).isEqualTo("null");
    assertThat(JsonText.at(event, "/multiValueQueryStringParameters")).isEqualTo("null");
  }
}
