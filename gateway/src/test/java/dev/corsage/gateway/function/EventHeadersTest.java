package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Requests;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHeadersTest {

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | X-A: 1                   | /headers/x-a           | "1"
          HTTP_V2 | X-A: 1                   | /headers/X-A           | absent
          HTTP_V2 | X-A: 1 // x-a: 2         | /headers/x-a           | "1,2"
          HTTP_V2 | X-A: 1, 2 // X-A: 3      | /headers/x-a           | "1, 2,3"
          HTTP_V2 | X-A:                     | /headers/x-a           | ""
          HTTP_V2 | X-A: // X-A: 1 // X-A:   | /headers/x-a           | ",1,"
          HTTP_V2 | X-A: "\\/                | /headers/x-a           | "\\"\\\\/"
          HTTP_V2 | X-A: é                   | /headers/x-a           | "é"
          HTTP_V1 | X-A: 1                   | /headers/x-a           | "1"
          HTTP_V1 | X-A: 1                   | /multiValueHeaders/x-a | ["1"]
          HTTP_V1 | X-A: 1                   | /multiValueHeaders/X-A | absent
          HTTP_V1 | X-A: 1 // x-a: 2         | /headers/x-a           | "2"
          HTTP_V1 | X-A: 1 // x-a: 2         | /multiValueHeaders/x-a | ["1","2"]
          HTTP_V1 | X-A: 1, 2 // X-A: 3      | /multiValueHeaders/x-a | ["1, 2","3"]
          HTTP_V1 | X-A: // X-A: 1           | /multiValueHeaders/x-a | ["","1"]
          HTTP_V1 | X-A: 1 // X-A: 1         | /multiValueHeaders/x-a | ["1","1"]
          REST    | X-A: 1                   | /headers/X-A           | "1"
          REST    | X-A: 1                   | /headers/x-a           | absent
          REST    | x-a: 1                   | /headers/x-a           | "1"
          REST    | X-A: 1 // X-A: 2         | /headers/X-A           | "2"
          REST    | X-A: 1 // X-A: 2         | /multiValueHeaders/X-A | ["1","2"]
          REST    | X-A: 1 // B: 3 // X-A: 2 | /multiValueHeaders/X-A | ["1","2"]
          REST    | oRiGiN: https://a        | /headers/oRiGiN        | "https://a"
          """)
  void keepEveryLine(ApiType type, String headers, String pointer, String json) throws IOException {
    assertThat(JsonText.at(Events.event(type, Requests.get("/", headers)), pointer))
        .isEqualTo(json);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | Cookie: a=1               | /cookies                  | ["a=1"]
          HTTP_V2 | Cookie: a=1; b=2          | /cookies                  | ["a=1","b=2"]
          HTTP_V2 | Cookie: a=1;b=2;  c=3     | /cookies                  | ["a=1","b=2","c=3"]
          HTTP_V2 | Cookie: a=1 // cookie: b  | /cookies                  | ["a=1","b"]
          HTTP_V2 | Cookie: a="1, 2"          | /cookies                  | ["a=\\"1, 2\\""]
          HTTP_V2 | Cookie: a=1; b=2          | /headers/cookie           | absent
          HTTP_V1 | Cookie: a=1; b=2          | /cookies                  | absent
          HTTP_V1 | Cookie: a=1; b=2          | /headers/cookie           | "a=1; b=2"
          HTTP_V1 | Cookie: a=1 // Cookie: b  | /multiValueHeaders/cookie | ["a=1","b"]
          REST    | Cookie: a=1; b=2          | /cookies                  | absent
          REST    | Cookie: a=1; b=2          | /headers/Cookie           | "a=1; b=2"
          """)
  void haveTheirCookiesApartInFormat2Only(ApiType type, String headers, String pointer, String json)
      throws IOException {
    assertThat(JsonText.at(Events.event(type, Requests.get("/", headers)), pointer))
        .isEqualTo(json);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | x-forwarded-for: 6.6.6.6          | /headers/x-forwarded-for             | "127.0.0.1"
          HTTP_V2 | X-Forwarded-For: 6 // X-Forwarded-For: 7 | /headers/x-forwarded-for      | "127.0.0.1"
          HTTP_V2 | X-Forwarded-Port: 443             | /headers/x-forwarded-port            | "8080"
          HTTP_V2 | X-Forwarded-Proto: https          | /headers/x-forwarded-proto           | "http"
          HTTP_V1 | X-FORWARDED-FOR: 6.6.6.6          | /headers/x-forwarded-for             | "127.0.0.1"
          HTTP_V1 | X-Forwarded-For: 6.6.6.6          | /multiValueHeaders/x-forwarded-for   | ["127.0.0.1"]
          HTTP_V1 | X-Forwarded-Port: 443             | /multiValueHeaders/x-forwarded-port  | ["8080"]
          HTTP_V1 | X-Forwarded-Proto: https          | /multiValueHeaders/x-forwarded-proto | ["http"]
          REST    | x-forwarded-for: 6.6.6.6          | /headers/x-forwarded-for             | absent
          REST    | x-forwarded-for: 6.6.6.6          | /multiValueHeaders/X-Forwarded-For   | ["127.0.0.1"]
          REST    | X-Forwarded-For: 6.6.6.6          | /headers/X-Forwarded-For             | "127.0.0.1"
          REST    | X-Forwarded-For: 6.6.6.6          | /multiValueHeaders/X-Forwarded-For   | ["127.0.0.1"]
          """)
  void sayWhereTheRequestCameFromWhateverItClaims(
      ApiType type, String headers, String pointer, String json) throws IOException {
    assertThat(JsonText.at(Events.event(type, Requests.get("/", headers)), pointer))
        .isEqualTo(json);
  }

  @Test
  void areThoseOfTheRequestAndOfTheProxyAndNoOther() throws IOException {
    byte[] event = Events.event(ApiType.HTTP_V2, Requests.get("/", "Accept: */* // Cookie: a=1"));

    assertThat(JsonText.at(event, "/headers"))
        .isEqualTo(
            """
            {"accept":"*/*","x-forwarded-for":"127.0.0.1","x-forwarded-port":"8080",\
            "x-forwarded-proto":"http"}""");
  }
}
