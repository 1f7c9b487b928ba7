package dev.corsage;

import static dev.corsage.Requests.actual;
import static dev.corsage.Requests.preflight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What went wrong in other engines, each under the name it was published by. */
class AdvisoryTest {

  @ParameterizedTest(name = "{0}: {1} is not {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GHSA-vhxv-fg4m-p2w8 joined entries    | https://foo.com https://bar.com | https://barfoo.com
          GHSA-vhxv-fg4m-p2w8 joined entries    | https://foo.com https://bar.com | https://foobar.com
          GHSA-v84h-653v-4pq9 joined wildcards  | https://*.a.com https://*.b.com | https://x.ba.com
          CVE-2019-25211 trailing star          | https://example.com:*           | https://example.community
          CVE-2019-25211 exact as a prefix      | https://example.com             | https://example.community
          CVE-2022-1996 unanchored end          | https://example.com             | https://example.com.evil.net
          CVE-2022-1996 unanchored              | https://*.example.com           | https://api.example.com.evil.net
          CVE-2022-1996 dot of an expression    | https://api.example.com         | https://apixexample.com
          CVE-2024-27302 suffix                 | https://*.example.com           | https://evilexample.com
          CVE-2024-27302 suffix of an exact one | https://example.com             | https://evilexample.com
          CVE-2023-28109 suffix                 | https://*.example.com           | https://evil-example.com
          CVE-2026-37737 anchored at the start  | https://trusted.com             | https://trusted.com.attacker.io
          CVE-2017-11173 missing end            | https://example.com             | https://example.com.example.net
          expressjs/cors #408 label boundary    | https://*.example.com           | https://evil-example.com
          better-auth #3154 scheme ignored      | https://*.example.com           | http://a.example.com
          better-auth #3154 query matched       | https://*.example.com           | https://malicious.com?.example.com
          mcp-chrome #384 prefix                | http://127.0.0.1:*              | http://127.0.0.1.evil.com
          jub0bs/cors path before the suffix    | https://*.example.com           | https://evil.com/.example.com
          jub0bs/cors empty label               | https://*.example.com           | https://foo..example.com
          jub0bs/cors brackets                  | https://example.com             | https://[example.com]
          javalin dotless                       | https://*.example.com           | https://dotless
          rack-cors PR 134 null as a file       | http://localhost                | null
          CVE-2021-39185 null reflected         | https://*.example.com           | null
          Jetty list of origins                 | https://example.com             | https://example.com https://evil.com
          """)
  void isOnNoList(String advisory, String allowed, String origin) {
    CorsPolicy policy =
        CorsPolicy.builder().origins(allowed.split(" ", -1)).credentials(true).build();

    assertThat(policy.decide(actual("GET", origin)).isAllowed()).as(advisory).isFalse();
    assertThat(policy.decide(preflight(origin, "GET")).headers())
        .as(advisory)
        .containsOnlyKeys("Vary");
  }

  @ParameterizedTest(name = "{0}: {1} with credentials")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CVE-2018-20744 any origin   | *
          CVE-2017-20146 any origin   | *
          CVE-2024-25124 any origin   | *
          CVE-2023-49803 any origin   | *
          GHSA-g27j-74fp-xfpr reflect | *
          CVE-2018-8014 any origin    | *
          CVE-2026-54290 reflect      | *
          GHSA-972r-f3fv-whm3 reflect | *
          CVE-2021-39185 null         | null
          openscan PR 364 part label  | https://*--site.netlify.app
          CVE-2024-27302 no boundary  | https://*example.com
          CVE-2019-25211 open end     | https://example.com*
          CVE-2019-25211 open end     | https://example.*
          """)
  void cannotBeBuilt(String advisory, String origin) {
    CorsPolicy.Builder builder = CorsPolicy.builder().origins(origin).credentials(true);

    assertThatThrownBy(builder::build).as(advisory).isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  @DisplayName("jub0bs/cors #12, #15: none of many listed headers is refused")
  void manyHeadersAreFound() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://a.test")
            .requestHeaders(
                "authorization",
                "content-type",
                "x-request-id",
                "x-custom-header",
                "x-api-key",
                "x-csrf-token",
                "if-match")
            .build();

    for (String header :
        List.of("x-request-id", "x-custom-header", "if-match", "authorization", "x-api-key")) {
      assertThat(policy.decide(preflight("https://a.test", "GET", header)).isAllowed())
          .as(header)
          .isTrue();
    }
  }

  @Test
  @DisplayName("jub0bs/cors: ACRM of a safelisted method without configured methods passes")
  void safelistedMethodNeedsNoConfiguration() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();

    assertThat(policy.decide(preflight("https://a.test", "POST")).isAllowed()).isTrue();
  }

  @Test
  @DisplayName("rs/cors #184: API Gateway splits Access-Control-Request-Headers into lines")
  void requestedHeadersMayComeInLines() {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://a.test").requestHeaders("x-a", "x-b").build();

    assertThat(policy.decide(preflight("https://a.test", "GET", "x-b", "x-a")).isAllowed())
        .isTrue();
    assertThat(policy.decide(preflight("https://a.test", "GET", "x-b", "x-c")).isAllowed())
        .isFalse();
  }

  @Test
  @DisplayName("Micronaut: a list of headers refuses no preflight that asks for none")
  void noRequestedHeaderIsAllowed() {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://a.test").requestHeaders("x-a").build();

    assertThat(policy.decide(preflight("https://a.test", "GET")).isAllowed()).isTrue();
  }

  @Test
  @DisplayName("GHSA-q7jf-gf43-6x6p: the request's own Vary is not copied")
  void varyOfTheRequestIsIgnored() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();
    HttpRequest request =
        HttpRequest.of(
            "GET", Map.of("Origin", List.of("https://a.test"), "Vary", List.of("X-Evil")));

    assertThat(policy.decide(request).headers()).containsEntry("Vary", "Origin");
  }

  @Test
  @DisplayName("h3 PR 1456: refused origins get Vary too, or caches keep the refusal for all")
  void refusalsVaryOnTheOrigin() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();

    assertThat(policy.decide(actual("GET", "https://b.test")).headers())
        .containsEntry("Vary", "Origin");
  }

  @Test
  @DisplayName("CVE-2019-9580: the response to a refused origin is not null")
  void refusedOriginsGetNoNull() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();

    assertThat(policy.decide(actual("GET", "https://b.test")).headers())
        .doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  @DisplayName("CVE-2022-4147: where refused origins are blocked, simple requests are too")
  void simpleRequestsAreBlocked() {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://a.test").blockRefusedOrigins(true).build();

    assertThat(policy.decide(actual("POST", "https://b.test")).status()).hasValue(403);
    assertThat(policy.decide(actual("POST", "null")).status()).hasValue(403);
  }

  @Test
  @DisplayName("quarkus #29542, micronaut #8560: same-origin requests are not blocked")
  void sameOriginIsNotBlocked() {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://a.test").blockRefusedOrigins(true).build();
    HttpRequest post = actual("POST", "https://api.test");

    assertThat(policy.decide(Requests.sentTo("https://api.test", post)).status()).isEmpty();
    assertThat(policy.decide(post).status()).hasValue(403);
  }

  @Test
  @DisplayName("CVE-2020-5397: a preflight is answered by the engine, never by the application")
  void preflightsAlwaysHaveAStatus() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();

    assertThat(policy.decide(preflight("https://a.test", "GET")).status()).isPresent();
    assertThat(policy.decide(preflight("https://b.test", "GET")).status()).isPresent();
    assertThat(policy.decide(preflight("https://a.test", "PUT")).status()).isPresent();
  }

  @Test
  @DisplayName("CVE-2024-6221: access to private networks is not granted unasked")
  void privateNetworkIsNeverAllowed() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://a.test").build();
    HttpRequest request =
        HttpRequest.of(
            "OPTIONS",
            Map.of(
                "Origin", List.of("https://a.test"),
                "Access-Control-Request-Method", List.of("GET"),
                "Access-Control-Request-Private-Network", List.of("true")));

    assertThat(policy.decide(request).headers())
        .containsOnlyKeys("Access-Control-Allow-Origin", "Vary");
  }
}
