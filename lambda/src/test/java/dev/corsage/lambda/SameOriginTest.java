package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where refused origins are blocked, the API's own pages get through, and strangers do not. */
class SameOriginTest {
  private static final Cors BLOCKING =
      Cors.of(
          CorsPolicy.builder().origins("https://app.example.com").blockRefusedOrigins(true).build(),
          Map.of());

  private static final Map<String, List<String>> KINDS =
      Map.of(
          "api", List.of("rest", "1.0", "2.0"),
          "alb", List.of("alb"),
          "any", List.of("rest", "1.0", "2.0", "alb"));

  /**
   * The events are those of the shape: a REST API, payload formats 1.0 and 2.0, a load balancer.
   *
   * @param headers separated by semicolons
   */
  @ParameterizedTest(name = "{0}: {1} {2} passes: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          # The host that the browser named.
          api | https://api.example.com | host: api.example.com | true
          api | https://api.example.com | host: api.example.com; x-forwarded-proto: https | true
          api | https://api.example.com | host: api.example.com:443 | true
          api | https://id.execute-api.eu-west-1.amazonaws.com | host: id.execute-api.eu-west-1.amazonaws.com | true
          api | https://own.example.com | none | true
          api | https://www.example.com | host: api.example.com | false
          api | https://evil.test | host: api.example.com | false
          api | https://api.example.com.evil.test | host: api.example.com | false
          api | null | host: api.example.com | false
          # An emulator has a port; the API itself has none, and https alone.
          api | http://localhost:3000 | host: localhost:3000; x-forwarded-proto: http | true
          api | http://api.example.com | host: api.example.com; x-forwarded-proto: http | false
          api | https://api.example.com | host: api.example.com; x-forwarded-proto: http | true
          # A load balancer has listeners of both, and says which it was.
          alb | https://api.example.com | host: api.example.com; x-forwarded-proto: https | true
          alb | http://api.example.com | host: api.example.com; x-forwarded-proto: http | true
          alb | http://api.example.com:8080 | host: api.example.com:8080; x-forwarded-proto: http | true
          alb | http://api.example.com | host: api.example.com:80; x-forwarded-proto: http | true
          alb | http://api.example.com | host: api.example.com; x-forwarded-proto: https | false
          alb | https://api.example.com | host: api.example.com; x-forwarded-proto: gopher | false
          # Behind a proxy that changes the host, the browser tells.
          any | https://www.example.com | host: api.example.com; sec-fetch-site: same-origin | true
          any | http://www.example.com:8080 | host: api.example.com; sec-fetch-site: same-origin | true
          any | null | host: api.example.com; sec-fetch-site: same-origin | true
          any | https://evil.test | host: api.example.com; sec-fetch-site: cross-site | false
          any | https://evil.test | host: api.example.com; sec-fetch-site: same-site | false
          any | https://evil.test | host: api.example.com; sec-fetch-site: none | false
          any | https://evil.test | host: api.example.com; sec-fetch-site: Same-Origin | false
          any | https://evil.test | host: api.example.com; sec-fetch-site: same-origin,cross-site | false
          # What a page can set.
          any | https://evil.test | host: api.example.com; x-forwarded-host: evil.test | false
          any | https://evil.test | host: api.example.com; forwarded: host=evil.test;proto=https | false
          any | https://evil.test | host: api.example.com; x-original-host: evil.test | false
          any | https://evil.test | host: api.example.com; x-host: evil.test | false
          any | https://evil.test | host: api.example.com; x-forwarded-server: evil.test | false
          any | https://evil.test | x-forwarded-host: evil.test | false
          any | https://evil.test | host: api.example.com; x-forwarded-proto: https://evil.test/? | false
          """)
  void aPostOfTheApisOwnOriginPasses(String shape, String origin, String headers, boolean passes) {
    String[] lines = ("Origin: " + origin + (headers == null ? "" : "; " + headers)).split("; ");
    for (String kind : KINDS.get(shape)) {
      HandlerResponse response =
          HandlerResponse.by(
              BLOCKING.wrap(HandlerResponse.with("{\"statusCode\":200}")), event(kind, lines));

      assertThat(response.status()).as(kind).isEqualTo(passes ? 200 : 403);
      assertThat(response.json()).doesNotContain("Access-Control");
    }
  }

  private static String event(String kind, String... headers) {
    String event =
        switch (kind) {
          case "2.0" -> Events.v2("POST", headers);
          case "1.0" -> Events.v1("POST", headers);
          case "alb" -> Events.rest("POST", headers).replace("\"stage\"", "\"elb\":{},\"stage\"");
          default ->
              Events.rest("POST", headers)
                  .replace("\"stage\"", "\"domainName\":\"own.example.com\",\"stage\"");
        };
    return event.replace(
        "\"domainName\":\"api.example.com\"", "\"domainName\":\"own.example.com\"");
  }
}
