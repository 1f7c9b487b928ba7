package dev.corsage.conformance;

import static dev.corsage.conformance.Gateways.request;
import static dev.corsage.conformance.Gateways.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that ends, hangs or responds with nonsense costs its own call, and no other. */
class FailingFunctionTest {
  private static LocalGateway gateway;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        Gateways.ofTestFunction(folder, new Gateways.Log())
            .type(ApiType.HTTP_V1)
            .timeout(Duration.ofSeconds(4))
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest(name = "{0} gets {1}, new process: {2}")
  @CsvSource({
    "/throw,     502, false",
    "/malformed, 502, false",
    "/wrong,     502, false",
    "/empty,     502, false",
    "/die,       502, true",
    "/slow,      504, true",
  })
  void theNextCallWorks(String path, int status, boolean newProcess) throws Exception {
    String before = text(send(request(gateway, "/pid")));
    HttpResponse<byte[]> failed = send(request(gateway, path).header("Origin", Gateways.ORIGIN));
    assertThat(failed.statusCode()).isEqualTo(status);
    assertThat(text(failed)).startsWith("{\"message\":").doesNotContain("secret");
    assertThat(failed.headers().map()).doesNotContainKey("access-control-allow-origin");

    HttpResponse<byte[]> next = send(request(gateway, "/pid"));
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(!text(next).equals(before)).isEqualTo(newProcess);
  }

  @Test
  void theFunctionIsUsedAgain() throws Exception {
    assertThat(text(send(request(gateway, "/pid"))))
        .isEqualTo(text(send(request(gateway, "/pid"))));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
