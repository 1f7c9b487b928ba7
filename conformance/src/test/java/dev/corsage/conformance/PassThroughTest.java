package dev.corsage.conformance;

import static dev.corsage.conformance.Gateways.request;
import static dev.corsage.conformance.Gateways.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes through gateway, runtime interface client and function arrives unharmed. */
class PassThroughTest {
  private static final Map<ApiType, LocalGateway> GATEWAYS = new EnumMap<>(ApiType.class);

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    for (ApiType type : ApiType.values()) {
      GATEWAYS.put(type, Gateways.ofTestFunction(folder, new Gateways.Log()).type(type).start());
    }
  }

  @AfterAll
  static void stop() {
    GATEWAYS.values().forEach(LocalGateway::close);
  }

  static Stream<Arguments> bodies() {
    // In base64, or escaped, just below the megabyte of a load balancer.
    byte[] large = new byte[700_000];
    new Random(1).nextBytes(large);
    byte[] largeText = "ä€\"\\\n\u0001 ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    return Stream.of(ApiType.values())
        .flatMap(
            type ->
                Stream.of(
                    Arguments.of(
                        type, "application/json", "{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8)),
                    Arguments.of(type, "text/plain", new byte[] {(byte) 0xc3}),
                    Arguments.of(type, "application/octet-stream", new byte[] {0, -1, 13, 10}),
                    Arguments.of(type, "application/octet-stream", large),
                    Arguments.of(type, "text/plain; charset=utf-8", largeText)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("bodies")
  void bodiesComeBackAsTheyWere(ApiType type, String contentType, byte[] body) throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(GATEWAYS.get(type), "/body")
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(body);
  }

  /** In base64 it is more than Lambda takes, though not more than API Gateway does. */
  @ParameterizedTest
  @EnumSource(ApiType.class)
  void anEventOfMoreThanSixMegabytesIsRefused(ApiType type) throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(GATEWAYS.get(type), "/body")
                .PUT(BodyPublishers.ofByteArray(new byte[6 * 1024 * 1024])));
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void aBodyBeyondTheQuotaIsRefused() throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(GATEWAYS.get(ApiType.HTTP_V2), "/body")
                .PUT(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])));
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void headersAndQueryReachTheFunction(ApiType type) throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(GATEWAYS.get(type), "/event?a=1&a=2&b=%C3%A4%20%2B&c=")
                .header("X-Repeated", "one")
                .header("X-Repeated", "two, three")
                .header("Cookie", "first=1; second=2"));
    Map<String, Object> event = Json.object(new String(response.body(), StandardCharsets.UTF_8));
    String name = type == ApiType.REST ? "X-Repeated" : "x-repeated";
    String cookie = type == ApiType.REST ? "Cookie" : "cookie";
    if (type == ApiType.ALB) {
      assertThat(event)
          .containsEntry("queryStringParameters", Map.of("a", "2", "b", "%C3%A4%20%2B", "c", ""));
      assertThat(event.get("headers"))
          .hasFieldOrPropertyWithValue(name, "two, three")
          .hasFieldOrPropertyWithValue(cookie, "first=1; second=2");
    } else if (type == ApiType.HTTP_V2 || type == ApiType.FUNCTION_URL) {
      assertThat(event).containsEntry("rawQueryString", "a=1&a=2&b=%C3%A4%20%2B&c=");
      assertThat(event).containsEntry("cookies", List.of("first=1", "second=2"));
      assertThat(event)
          .containsEntry("queryStringParameters", Map.of("a", "1,2", "b", "ä +", "c", ""));
      assertThat(event.get("headers")).hasFieldOrPropertyWithValue(name, "one,two, three");
      assertThat(event.get("headers").toString()).doesNotContain(cookie + "=");
    } else {
      assertThat(event)
          .containsEntry(
              "multiValueQueryStringParameters",
              Map.of("a", List.of("1", "2"), "b", List.of("ä +"), "c", List.of("")));
      assertThat(event.get("headers")).hasFieldOrPropertyWithValue(name, "two, three");
      assertThat(event.get("multiValueHeaders"))
          .hasFieldOrPropertyWithValue(name, List.of("one", "two, three"))
          .hasFieldOrPropertyWithValue(cookie, List.of("first=1; second=2"));
    }
  }

  @Test
  void cookiesOfPayload2BecomeOneHeaderEach() throws Exception {
    HttpResponse<byte[]> response = send(request(GATEWAYS.get(ApiType.HTTP_V2), "/cookies"));
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_V1", "REST"})
  void repeatedHeadersOfPayload1StayRepeated(ApiType type) throws Exception {
    HttpResponse<byte[]> response = send(request(GATEWAYS.get(type), "/multi"));
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().allValues("x-one")).containsExactly("1");
  }
}
