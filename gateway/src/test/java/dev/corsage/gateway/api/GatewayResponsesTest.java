package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The responses that an API makes itself, with and without configuration. */
class GatewayResponsesTest {

  private static Api api(Api.Kind kind, GatewayResponseSettings... settings) {
    return new Api(
        "Api",
        kind,
        Api.DEFAULT_STAGE,
        null,
        new RouteTable(List.of(), true),
        List.of(settings),
        Location.NONE);
  }

  private static ApiResponse response(Api api, GatewayReason reason) {
    return new GatewayResponses(api).response(reason, Requests.get("/", "Origin: https://a"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP,         NO_ROUTE,           404, Not Found",
    "REST,         NO_ROUTE,           403, Missing Authentication Token",
    "HTTP,         UNAUTHORIZED,       401, Unauthorized",
    "REST,         UNAUTHORIZED,       401, Unauthorized",
    "FUNCTION_URL, UNSIGNED,           403, Forbidden",
    "REST,         UNSIGNED,           403, Missing Authentication Token",
    "REST,         NO_API_KEY,         403, Forbidden",
    "REST,         NO_FUNCTION,        502, Internal server error",
    "HTTP,         FUNCTION_FAILED,    502, Internal server error",
    "HTTP,         RESPONSE_MALFORMED, 502, Internal server error",
    "REST,         FUNCTION_TIMED_OUT, 504, Endpoint request timed out",
    "HTTP,         PAYLOAD_TOO_LARGE,  413, Request Entity Too Large",
    "HTTP,         BODY_UNREADABLE,    400, Bad Request",
  })
  void haveAStatusAndAMessage(Api.Kind kind, GatewayReason reason, int status, String message) {
    ApiResponse response = response(api(kind), reason);

    assertThat(response.status()).isEqualTo(status);
    assertThat(new String(response.body(), UTF_8)).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(response.headers()).containsExactly(new Field("Content-Type", "application/json"));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DEFAULT_4XX                  |     | x-a 'b'                           | UNAUTHORIZED       | 401 x-a: b, Content-Type: application/json
          DEFAULT_4XX                  | 418 | x-a 'b'                           | NO_ROUTE           | 418 x-a: b, Content-Type: application/json
          DEFAULT_4XX                  | ${} | x-a 'b'                           | NO_ROUTE           | 403 x-a: b, Content-Type: application/json
          DEFAULT_4XX                  |     | content-type 'text/plain'         | NO_ROUTE           | 403 content-type: text/plain
          DEFAULT_4XX                  |     | x-a method.request.header.Origin  | UNAUTHORIZED       | 401 x-a: https://a, Content-Type: application/json
          DEFAULT_4XX                  |     | x-a method.request.header.origin  | UNAUTHORIZED       | 401 Content-Type: application/json
          DEFAULT_4XX                  |     | x-a b                             | UNAUTHORIZED       | 401 Content-Type: application/json
          DEFAULT_4XX                  |     | x-a 'b'                           | FUNCTION_FAILED    | 502 Content-Type: application/json
          DEFAULT_4XX                  |     | x-a 'b'                           | PAYLOAD_TOO_LARGE  | 413 Content-Type: application/json
          DEFAULT_5XX                  |     | x-a 'b'                           | FUNCTION_FAILED    | 502 x-a: b, Content-Type: application/json
          UNAUTHORIZED                 |     | x-a 'b'                           | UNAUTHORIZED       | 401 x-a: b, Content-Type: application/json
          UNAUTHORIZED                 |     | x-a 'b'                           | NO_API_KEY         | 403 Content-Type: application/json
          INVALID_API_KEY              |     | x-a 'b'                           | NO_API_KEY         | 403 x-a: b, Content-Type: application/json
          MISSING_AUTHENTICATION_TOKEN |     | x-a 'b'                           | NO_ROUTE           | 403 x-a: b, Content-Type: application/json
          MISSING_AUTHENTICATION_TOKEN |     | x-a 'b'                           | UNSIGNED           | 403 x-a: b, Content-Type: application/json
          INTEGRATION_TIMEOUT          |     | x-a 'b'                           | FUNCTION_TIMED_OUT | 504 x-a: b, Content-Type: application/json
          ``                           |     | x-a 'b'                           | FUNCTION_FAILED    | 502 Content-Type: application/json
          """)
  void areThoseThatARestApiConfigures(
      String type, String status, String header, GatewayReason reason, String expected) {
    String[] parts = header.split(" ", 2);
    GatewayResponseSettings settings =
        new GatewayResponseSettings(
            type,
            status == null ? "" : status,
            Map.of(parts[0], new Expression(parts[1], 1)),
            Location.NONE);
    ApiResponse response = response(api(Api.Kind.REST, settings), reason);

    String headers =
        response.headers().stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining(", "));
    assertThat(response.status() + " " + headers).isEqualTo(expected);
  }
}
