package dev.corsage.conformance;

import static dev.corsage.conformance.Gateways.ORIGIN;
import static dev.corsage.conformance.Gateways.request;
import static dev.corsage.conformance.Gateways.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The responses of DESIGN.md, from the packaged function behind each kind of API. */
class PreflightFunctionTest {
  private static final String VARY =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void allowedRefusedAndNoPreflight(ApiType type) throws Exception {
    Gateways.Log log = new Gateways.Log();
    try (LocalGateway gateway = Gateways.ofTestFunction(folder, log).type(type).start()) {
      HttpResponse<byte[]> allowed = options(gateway, ORIGIN, "PUT");
      assertThat(allowed.statusCode()).isEqualTo(204);
      assertThat(allowed.body()).isEmpty();
      assertThat(allowed.headers().firstValue("access-control-allow-origin")).contains(ORIGIN);
      assertThat(allowed.headers().firstValue("access-control-allow-methods")).contains("PUT");
      assertThat(allowed.headers().allValues("vary")).containsExactly(VARY);

      HttpResponse<byte[]> refused = options(gateway, "https://evilexample.com", "PUT");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
      assertThat(refused.headers().allValues("vary")).containsExactly(VARY);

      HttpResponse<byte[]> noPreflight =
          send(request(gateway, "/x").method("OPTIONS", BodyPublishers.noBody()));
      assertThat(noPreflight.statusCode()).isEqualTo(400);
      assertThat(new String(noPreflight.body(), StandardCharsets.UTF_8))
          .contains("the header Origin is missing");
    }
    assertThat(log.lines.stream().filter(line -> line.startsWith("preflight | REPORT"))).hasSize(3);
  }

  private static HttpResponse<byte[]> options(LocalGateway gateway, String origin, String method)
      throws Exception {
    return send(
        request(gateway, "/x")
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method));
  }
}
