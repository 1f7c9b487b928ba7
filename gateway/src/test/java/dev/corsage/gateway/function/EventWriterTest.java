package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Requests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event says of the request, but for headers, query and body, which have their own. */
class EventWriterTest {
  private static final ApiRequest REQUEST =
      Requests.get("/a%20b/c?x=%41&y=", "Host: api.example:8080 // User-Agent: Tulip/1.0");

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | /version                            | "2.0"
          HTTP_V2 | /routeKey                           | "GET /{proxy+}"
          HTTP_V2 | /rawPath                            | "/a b/c"
          HTTP_V2 | /rawQueryString                     | "x=%41&y="
          HTTP_V2 | /cookies                            | absent
          HTTP_V2 | /requestContext/routeKey            | "GET /{proxy+}"
          HTTP_V2 | /requestContext/accountId           | "123456789012"
          HTTP_V2 | /requestContext/apiId               | "corsagelocal"
          HTTP_V2 | /requestContext/domainPrefix        | "corsagelocal"
          HTTP_V2 | /requestContext/stage               | "$default"
          HTTP_V2 | /requestContext/domainName          | "api.example"
          HTTP_V2 | /requestContext/http/method         | "GET"
          HTTP_V2 | /requestContext/http/path           | "/a b/c"
          HTTP_V2 | /requestContext/http/protocol       | "HTTP/1.1"
          HTTP_V2 | /requestContext/http/sourceIp       | "127.0.0.1"
          HTTP_V2 | /requestContext/http/userAgent      | "Tulip/1.0"
          HTTP_V2 | /pathParameters                     | {"proxy":"a b/c"}
          HTTP_V2 | /resource                           | absent
          HTTP_V2 | /path                               | absent
          HTTP_V2 | /httpMethod                         | absent
          HTTP_V2 | /multiValueHeaders                  | absent
          HTTP_V2 | /multiValueQueryStringParameters    | absent
          HTTP_V1 | /version                            | "1.0"
          HTTP_V1 | /resource                           | "/{proxy+}"
          HTTP_V1 | /path                               | "/a b/c"
          HTTP_V1 | /httpMethod                         | "GET"
          HTTP_V1 | /requestContext/httpMethod          | "GET"
          HTTP_V1 | /requestContext/path                | "/a b/c"
          HTTP_V1 | /requestContext/resourcePath        | "/{proxy+}"
          HTTP_V1 | /requestContext/protocol            | "HTTP/1.1"
          HTTP_V1 | /requestContext/identity/sourceIp   | "127.0.0.1"
          HTTP_V1 | /requestContext/identity/userAgent  | "Tulip/1.0"
          HTTP_V1 | /pathParameters                     | {"proxy":"a b/c"}
          HTTP_V1 | /stageVariables                     | null
          HTTP_V1 | /cookies                            | absent
          HTTP_V1 | /rawPath                            | absent
          HTTP_V1 | /rawQueryString                     | absent
          HTTP_V1 | /requestContext/http                | absent
          REST    | /version                            | absent
          REST    | /resource                           | "/{proxy+}"
          REST    | /path                               | "/a%20b/c"
          REST    | /httpMethod                         | "GET"
          REST    | /requestContext/identity/sourceIp   | "127.0.0.1"
          REST    | /pathParameters                     | {"proxy":"a%20b/c"}
          REST    | /stageVariables                     | null
          REST    | /cookies                            | absent
          REST    | /rawPath                            | absent
          """)
  void saysWhatTheRequestIs(ApiType type, String pointer, String json) throws IOException {
    assertThat(JsonText.at(Events.event(type, REQUEST), pointer)).isEqualTo(json);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | /rawQueryString                     | ""
          HTTP_V2 | /pathParameters                     | {"proxy":""}
          HTTP_V2 | /requestContext/domainName          | "localhost"
          HTTP_V2 | /requestContext/http/userAgent      | ""
          HTTP_V1 | /requestContext/domainName          | "localhost"
          HTTP_V1 | /requestContext/identity/userAgent  | ""
          REST    | /requestContext/identity/userAgent  | ""
          """)
  void saysWhatTheRequestIsNot(ApiType type, String pointer, String json) throws IOException {
    assertThat(JsonText.at(Events.event(type, Requests.get("/", null)), pointer)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({"HTTP_V2, time, timeEpoch", "HTTP_V1, requestTime, requestTimeEpoch"})
  void saysWhenInTwoForms(ApiType type, String time, String epoch) throws IOException {
    byte[] event = Events.event(type, REQUEST);

    assertThat(JsonText.string(event, "/requestContext/" + time))
        .matches("\\d\\d/[A-Z][a-z][a-z]/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    assertThat(JsonText.at(event, "/requestContext/" + epoch)).matches("\\d{13}");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALB")
  void givesEveryRequestAnIdOfItsOwn(ApiType type) throws IOException {
    String pointer = "/requestContext/requestId";

    assertThat(JsonText.at(Events.event(type, REQUEST), pointer))
        .matches("\"[0-9a-f-]{36}\"")
        .isNotEqualTo(JsonText.at(Events.event(type, REQUEST), pointer));
  }

  @Test
  void saysWhichLoadBalancerItIs() throws IOException {
    byte[] event =
        Events.event(ApiType.ALB, Requests.get("/a%20b?x=%41&x=2&y", "X-A: 1 // x-a: 2"));

    assertThat(JsonText.string(event, "/requestContext/elb/targetGroupArn"))
        .startsWith("arn:aws:elasticloadbalancing:");
    assertThat(JsonText.string(event, "/path")).isEqualTo("/a%20b");
    // The last one wins, and nothing is decoded.
    assertThat(JsonText.at(event, "/queryStringParameters")).isEqualTo("{\"x\":\"2\",\"y\":\"\"}");
    assertThat(JsonText.string(event, "/headers/x-a")).isEqualTo("2");
    assertThat(JsonText.at(event, "/multiValueHeaders")).isEqualTo("absent");
  }

  @Test
  void functionUrlsHaveOneRoute() throws IOException {
    byte[] event = Events.event(ApiType.FUNCTION_URL, REQUEST);

    assertThat(JsonText.string(event, "/routeKey")).isEqualTo("$default");
    assertThat(JsonText.string(event, "/requestContext/routeKey")).isEqualTo("$default");
    assertThat(JsonText.string(event, "/version")).isEqualTo("2.0");
    assertThat(JsonText.at(event, "/pathParameters")).isEqualTo("absent");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP_V2 | {"colour":"green"}
          HTTP_V1 | {"colour":"green"}
          REST    | {"colour":"green"}
          """)
  void stageVariablesArePassedOn(ApiType type, String expected) throws IOException {
    ApiRequest request =
        new ApiRequest(
            "GET",
            "/",
            null,
            List.of(),
            "HTTP/1.1",
            "127.0.0.1",
            8080,
            "prod",
            Map.of("colour", "green"),
            false);

    assertThat(JsonText.at(Events.event(type, request), "/stageVariables")).isEqualTo(expected);
  }
}
