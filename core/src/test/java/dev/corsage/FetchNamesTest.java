package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchNamesTest {

  /** RFC 9110, section 5.6.2, character by character. */
  @Test
  void tokensConsistOfFewCharacters() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = "a" + (char) c;

      assertThat(FetchNames.isToken(text))
          .as("U+%04x", c)
          .isEqualTo(text.matches("a[!#$%&'*+.^_`|~0-9A-Za-z-]"));
    }
  }

  @Test
  void nothingIsNoToken() {
    assertThat(FetchNames.isToken("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "proxy-",
        "proxy-a",
        "sec-",
        "sec-a"
      })
  void pagesCannotSet(String header) {
    assertThat(FetchNames.isForbiddenRequestHeader(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "content-type",
        "proxy",
        "sec",
        "secret",
        "cookies",
        "user-agent"
      })
  void pagesCanSet(String header) {
    assertThat(FetchNames.isForbiddenRequestHeader(header)).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "CONNECT, true",
    "connect, true",
    "TRACE, true",
    "Track, true",
    "TRACER, false",
    "PUT, false",
    "'', false"
  })
  void methodIsForbiddenInAnyCase(String method, boolean forbidden) {
    assertThat(FetchNames.isForbiddenMethod(method)).isEqualTo(forbidden);
  }
}
