package dev.corsage.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StopwatchApiTest {
  private static final String RESPONSE =
      "{\"statusCode\":204,\"headers\":{\"a\":\"https://a.example\"}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger first = new AtomicInteger();

  private StopwatchApi api(int events) throws IOException {
    return new StopwatchApi(
        "{\"rose\":1}".getBytes(UTF_8), "https://a.example", events, first::incrementAndGet);
  }

  private HttpRequest.Builder request(StopwatchApi api, String operation) {
    return HttpRequest.newBuilder(
        URI.create("http://" + api.address() + "/2018-06-01/runtime/invocation/" + operation));
  }

  private String next(StopwatchApi api) throws Exception {
    return http.send(request(api, "next").build(), BodyHandlers.ofString()).body();
  }

  private int post(StopwatchApi api, String operation, String body) throws Exception {
    HttpRequest post = request(api, operation).POST(BodyPublishers.ofString(body)).build();
    return http.send(post, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void takesTheTimeOfEveryResponse() throws Exception {
    long start = System.nanoTime();
    try (StopwatchApi api = api(3)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(next(api)).isEqualTo("{\"rose\":1}");
        assertThat(api.responded()).isNotDone();
        assertThat(post(api, i + "/response", RESPONSE)).isEqualTo(202);
      }

      List<Long> nanos = api.responded().get();
      assertThat(nanos).hasSize(3);
      assertThat(nanos.get(0)).isBetween(start, System.nanoTime());
      assertThat(nanos.subList(1, 3)).allMatch(time -> time > 0 && time < 60_000_000_000L);
      assertThat(first).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1/response, '{\"statusCode\":403}'",
    "1/response, '{\"statusCode\":204,\"headers\":{\"a\":\"https://b.example\"}}'",
    "1/error,    '{\"errorMessage\":\"statusCode\"}'",
  })
  void whatDoesNotResponseRightIsNotMeasured(String operation, String body) throws Exception {
    try (StopwatchApi api = api(1)) {
      next(api);
      post(api, operation, body);

      assertThat(api.responded()).isCompletedExceptionally();
    }
  }
}
