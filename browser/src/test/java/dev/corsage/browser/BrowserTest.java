package dev.corsage.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole fetch in each engine. */
class BrowserTest {
  private static final String PAGE = "http://localhost:8001";
  private static final URI API = URI.create("http://127.0.0.1:8002/a");

  private static Response allowing(SentRequest request) {
    return new Response(
        request.isPreflight() ? 204 : 200,
        List.of(
            Map.entry("Access-Control-Allow-Origin", PAGE),
            Map.entry("Access-Control-Allow-Methods", "PUT"),
            Map.entry("Access-Control-Expose-Headers", "etag")));
  }

  @ParameterizedTest
  @EnumSource
  void aPlainFetchIsPreflightedAndRead(Engine engine) {
    PageRequest request = PageRequest.of(PAGE, "put", List.of(), CredentialsMode.SAME_ORIGIN);
    Prediction prediction = new Browser(engine).fetch(request, API, BrowserTest::allowing);

    assertThat(prediction.exchanges())
        .extracting(e -> e.request().method())
        .containsExactly("OPTIONS", "PUT");
    assertThat(prediction.access()).isEqualTo(Prediction.Access.READABLE);
    assertThat(prediction.exposedHeaders()).containsExactly("etag");
  }
}
