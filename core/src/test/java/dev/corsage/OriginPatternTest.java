package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of patterns, row by row: what each matches and what it never matches. */
class OriginPatternTest {

  @ParameterizedTest(name = "{0} matches {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example.com        | https://app.example.com
          https://app.example.com.       | https://app.example.com.
          https://app.example.com:8443   | https://app.example.com:8443
          https://*.example.com          | https://a.example.com
          https://*.example.com          | https://a.b.c.example.com
          https://*.example.com          | https://a_b.example.com
          https://*.example.com          | https://xn--bcher-kva.example.com
          https://*.example.com          | https://1.example.com
          https://*.example.com          | https://example.com.example.com
          https://*.example.com.         | https://a.example.com.
          https://*.example.com:8443     | https://a.example.com:8443
          https://*.example.com:*        | https://a.example.com
          https://*.example.com:*        | https://a.example.com:1
          https://qa-*.example.com       | https://qa-1.example.com
          https://qa-*.example.com       | https://qa-a-b-2.example.com
          https://qa-*.example.com       | https://qa--a.example.com
          https://qa-*.example.com       | https://qa-a-.example.com
          https://*.example.com          | https://sub-.example.com
          https://sub-.example.com       | https://sub-.example.com
          https://qa*.example.com        | https://qa1.example.com
          https://pr-*-shop.example.com  | https://pr-17-shop.example.com
          https://*-shop.example.com     | https://pr-17-shop.example.com
          https://*shop.example.co.uk    | https://myshop.example.co.uk
          https://*-a.localhost:3000     | https://b-a.localhost:3000
          https://pr-*-shop.example.com  | https://pr-a-shop-b-shop.example.com
          https://pr-*.example.com:*     | https://pr-17.example.com:8080
          https://example.com:*          | https://example.com
          https://example.com:*          | https://example.com:80
          https://example.com:*          | https://example.com:65535
          http://localhost:3000          | http://localhost:3000
          http://*.localhost:3000        | http://app.localhost:3000
          http://[::1]:3000              | http://[::1]:3000
          http://[::1]:*                 | http://[::1]
          http://127.0.0.1:*             | http://127.0.0.1:5173
          http://127.0.0.1:*             | http://127.0.0.1
          capacitor://localhost          | capacitor://localhost
          app://*.example                | app://-.example
          *                              | https://app.example.com
          *                              | http://[::1]:3000
          *                              | null
          *                              | not an origin
          null                           | null
          """)
  void matches(String pattern, String origin) {
    assertThat(set(pattern).contains(origin)).isTrue();
  }

  @ParameterizedTest(name = "{0} never matches {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://app.example.com        | http://app.example.com
          https://app.example.com        | https://app.example.com:8443
          https://app.example.com        | https://app.example.com:443
          https://app.example.com        | https://App.example.com
          https://app.example.com        | HTTPS://app.example.com
          https://app.example.com        | https://app.example.com.
          https://app.example.com        | https://app.example.com/
          https://app.example.com        | https://example.com
          https://app.example.com        | https://a.app.example.com
          https://app.example.com        | https://app.example.com.evil.test
          https://app.example.com        | null
          https://app.example.com:8443   | https://app.example.com
          https://app.example.com:8443   | https://app.example.com:84430
          https://app.example.com.       | https://app.example.com
          https://*.example.com          | https://example.com
          https://*.example.com          | https://evilexample.com
          https://*.example.com          | https://.example.com
          https://*.example.com          | https://a..example.com
          https://*.example.com          | https://-.example.com
          https://*.example.com          | https://*.example.com
          https://*.example.com          | https://a.example.com:8443
          https://*.example.com          | https://a.example.com.
          https://*.example.com          | http://a.example.com
          https://*.example.com          | https://a.example.org
          https://*.example.com          | https://a.example.com.evil.test
          https://*.example.com          | https://evil.test/.example.com
          https://*.example.com          | https://evil.test?.example.com
          https://*.example.com          | https://evil.test#.example.com
          https://*.example.com          | https://evil.test:80.example.com
          https://*.example.com          | https://evil.test@a.example.com
          https://*.example.com          | https://evil.test\\.example.com
          https://*.example.com          | https://A.example.com
          https://*.example.com          | https://ä.example.com
          https://*.example.com          | null
          https://*.example.com.         | https://a.example.com
          https://qa-*.example.com       | https://qa-.example.com
          https://qa-*.example.com       | https://qa-a.b.example.com
          https://qa-*.example.com       | https://qa-a_b.example.com
          https://qa-*.example.com       | https://xqa-a.example.com
          https://qa-*.example.com       | https://a.qa-a.example.com
          https://qa-*.example.com       | https://qa-aexample.com
          https://qa-*.example.com       | https://qa-a.example.com:8443
          https://pr-*-shop.example.com  | https://pr-shop.example.com
          https://pr-*-shop.example.com  | https://pr--shop.example.com
          https://pr-*-shop.example.com  | https://pr-17-shopx.example.com
          https://example.com:*          | http://example.com
          https://example.com:*          | https://a.example.com
          https://example.com:*          | https://example.com:443
          https://example.com:*          | https://example.com:0
          https://example.com:*          | https://example.com:
          https://example.com:*          | https://example.com:8443/
          https://example.com:*          | https://example.com.:8443
          http://localhost:3000          | http://127.0.0.1:3000
          http://localhost:3000          | http://[::1]:3000
          http://localhost:3000          | http://localhost
          http://127.0.0.1:*             | http://127.0.0.1.evil.test
          http://127.0.0.1:*             | http://127.1
          http://[::1]:3000              | http://[0:0:0:0:0:0:0:1]:3000
          capacitor://localhost          | ionic://localhost
          null                           | Null
          null                           | https://null
          """)
  void neverMatches(String pattern, String origin) {
    assertThat(set(pattern).contains(origin)).isFalse();
  }

  @Test
  void oneOfManyIsEnough() {
    OriginSet origins =
        new OriginSet(
            List.of(
                OriginPattern.parse("https://a.example.com"),
                OriginPattern.parse("https://*.b.example.com"),
                OriginPattern.parse("https://c-*.example.com"),
                OriginPattern.parse("http://localhost:*")));

    assertThat(origins.isAny()).isFalse();
    assertThat(
            List.of(
                "https://a.example.com",
                "https://x.b.example.com",
                "https://c-x.example.com",
                "http://localhost:1"))
        .allMatch(origins::contains);
    assertThat(
            List.of(
                "https://b.example.com",
                "https://x.a.example.com",
                "https://c-.example.com",
                "https://localhost:1",
                "null"))
        .noneMatch(origins::contains);
  }

  @Test
  void anEmptyListMatchesNothing() {
    assertThat(new OriginSet(List.of()).contains("https://a.example.com")).isFalse();
  }

  @Test
  void isItsText() {
    OriginPattern pattern = OriginPattern.parse("https://*.example.com");

    assertThat(pattern)
        .hasToString("https://*.example.com")
        .isEqualTo(OriginPattern.parse("https://*.example.com"))
        .hasSameHashCodeAs(OriginPattern.parse("https://*.example.com"))
        .isNotEqualTo(OriginPattern.parse("https://*.example.com:*"));
  }

  private static OriginSet set(String pattern) {
    return new OriginSet(List.of(OriginPattern.parse(pattern)));
  }
}
