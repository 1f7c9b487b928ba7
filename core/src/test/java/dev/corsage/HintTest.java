package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal says of the value that comes nearest to what was refused. */
class HintTest {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .origins(
              "https://app.example.com",
              "http://localhost:3000",
              "https://*.preview.example.net",
              "https://qa-*.example.net:8443",
              "https://shop.example:*",
              "https://absolute.example.org.",
              "/https:\\/\\/(red|blue)\\.example\\.io/",
              "https://[2001:db8::1]",
              "https://203.0.113.7")
          .methods("PATCH", "DELETE")
          .requestHeaders("*", "x-request-id", "content-type")
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          http://app.example.com           ; https://app.example.com       ; the scheme differs
          https://app.example.com:8443     ; https://app.example.com       ; the port differs
          http://app.example.com:8080      ; https://app.example.com       ; scheme and port differ
          http://localhost:3001            ; http://localhost:3000         ; the port differs
          http://localhost                 ; http://localhost:3000         ; the port differs
          https://localhost:3000           ; http://localhost:3000         ; the scheme differs
          https://app.example.com.         ; https://app.example.com       ; without the trailing dot
          https://absolute.example.org     ; https://absolute.example.org. ; with a trailing dot
          https://app.example.com/         ; https://app.example.com       ; Browsers write it https://app.example.com,
          https://app.example.com/a?b#c    ; https://app.example.com       ; Browsers write it https://app.example.com,
          https://App.Example.com          ; https://app.example.com       ; Browsers write it https://app.example.com,
          https://app.example.com:443      ; https://app.example.com       ; Browsers write it https://app.example.com,
          https://u:p@app.example.com      ; https://app.example.com       ; Browsers write it https://app.example.com,
          app.example.com                  ; https://app.example.com       ; Browsers write it https://app.example.com,
          HTTPS://A.preview.example.net/   ; https://*.preview.example.net ; Browsers write it https://a.preview.example.net,
          https://preview.example.net      ; https://*.preview.example.net ; not preview.example.net itself
          http://a.preview.example.net     ; https://*.preview.example.net ; the scheme differs
          https://qa-1.example.net         ; https://qa-*.example.net:8443 ; the port differs
          https://qa-1.b.example.net:8443  ; https://qa-*.example.net:8443 ; one label, without dots
          https://www.app.example.com      ; https://app.example.com       ; https://*.app.example.com would
          http://shop.example:81           ; https://shop.example:*        ; the scheme differs
          http://red.example.io            ; /https:\\/\\/(red|blue)\\.example\\.io/ ; the scheme differs
          https://blue.example.io:81       ; /https:\\/\\/(red|blue)\\.example\\.io/ ; the port differs
          https://red.example.io/          ; /https:\\/\\/(red|blue)\\.example\\.io/ ; Browsers write it
          https://app.exmaple.com          ; https://app.example.com       ; one letter off
          https://ap.example.com           ; https://app.example.com       ; one letter off
          https://app.example.comm         ; https://app.example.com       ; one letter off
          https://a.preview.exampl.net     ; https://*.preview.example.net ; one letter off
          """)
  void theNearestOriginAndWhatDiffers(String refused, String nearest, String difference) {
    Decision decision = decide("GET", Map.of("Origin", List.of(refused)));
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.nearestOrigin().map(OriginPattern::toString)).hasValue(nearest);
    assertThat(decision.hint()).contains(difference).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test",
        "https://example.net.evil.test",
        "https://evilexample.com",
        "https://x.203.0.113.7",
        "null",
        "",
        "://",
        "https://",
        "\u0000\u001b[31m",
      })
  void nothingComesNear(String refused) {
    Decision decision = decide("GET", Map.of("Origin", List.of(refused)));
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.nearestOrigin()).isEmpty();
    assertThat(decision.hint()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          patch  | content-type  | The list has PATCH: methods are case-sensitive.
          DELET  | content-type  | The list has DELETE, which is one letter off: a typing error?
          BREW   | content-type  | ''
          PATCH  | Authorization | The list has *, which does not cover authorization; it must be listed beside it.
          """)
  void theNearestMethodOrHeader(String method, String header, String hint) {
    assertThat(preflight(method, header).hint()).isEqualTo(hint);
  }

  @Test
  void theNearestHeader() {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://a.example").requestHeaders("x-request-id").build();
    assertThat(preflight(policy, "https://a.example", "GET", "X-Reqest-Id").hint())
        .isEqualTo("The list has x-request-id, which is one letter off: a typing error?");
    assertThat(preflight(policy, "https://a.example", "GET", "x-other").hint()).isEmpty();
  }

  @Test
  void whatIsAllowedNeedsNoHint() {
    assertThat(decide("GET", Map.of("Origin", List.of("https://app.example.com"))).hint())
        .isEmpty();
    assertThat(decide("GET", Map.of()).nearestOrigin()).isEmpty();
  }

  private static Decision preflight(String method, String header) {
    return preflight(POLICY, "https://app.example.com", method, header);
  }

  private static Decision preflight(
      CorsPolicy policy, String origin, String method, String header) {
    return policy.decide(
        HttpRequest.of(
            "OPTIONS",
            Map.of(
                "Origin",
                List.of(origin),
                "Access-Control-Request-Method",
                List.of(method),
                "Access-Control-Request-Headers",
                List.of(header))));
  }

  private static Decision decide(String method, Map<String, List<String>> headers) {
    return POLICY.decide(HttpRequest.of(method, headers));
  }
}
