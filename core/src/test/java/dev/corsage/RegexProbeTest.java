package dev.corsage;

import static dev.corsage.PolicyCode.CREDENTIALS_INSECURE_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_SUBDOMAINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions are judged by what they match. */
class RegexProbeTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "https:\\/\\/qa-[0-9a-z]+\\.example\\.com",
        "https://(app|admin)\\.example\\.com",
        "https://a\\.example\\.com|https://b\\.example\\.org",
        "https://a\\.example\\.com:(8080|8443)",
        "https://pr-\\d{1,6}\\.shop\\.netlify\\.example",
        "https://([a-z0-9-]+-)?app\\.example\\.com",
        "https://pr-[a-z0-9.]+\\.example\\.com"
      })
  void nothingIsWrongWith(String expression) {
    assertThat(problems(expression, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://[a-z0-9-]+\\.example\\.com",
        "https://[^.]+\\.example\\.com",
        "https://.*\\.example\\.com",
        "https://.{2,8}\\.example\\.com",
        "https://(.+\\.)?a\\.example\\.com",
        "^https://([a-z0-9-]+\\.)*example\\.com$",
        "https://(.+-)?app\\.example\\.com",
        "https://.*-app\\.example\\.com(:8443)?",
        "https://[a-z]+\\.[a-z]+-(app|api)\\.example\\.com",
        "https://[a-z]+\\.example\\.com:(8[0-9]{3}|9[0-9]{3})",
        "https://(www|[a-z.]+api)\\.example\\.com",
        "https://([a-z]+\\.)?([a-z]+-)?app\\.example\\.co\\.uk",
        "https://([a-z0-9-]+\\.)*(example|sample|simple)\\.(com|org|net|io|co\\.uk)"
      })
  void whatAWildcardMatchesIsWarnedOfLikeTheWildcard(String expression) {
    assertThat(problems(expression, true))
        .extracting(Problem::code, Problem::severity)
        .containsExactly(tuple(CREDENTIALS_SUBDOMAINS, Problem.Severity.WARNING));
    assertThat(problems(expression, false)).isEmpty();
  }

  /** What is said of an entry is said of an expression that matches the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          ^(capacitor|ionic)://localhost$          ~ ORIGIN_APP_SCHEME
          https://appassets\\.androidplatform\\.net ~ ORIGIN_APP_SCHEME
          https://nas\\.local(:8080)?              ~ ORIGIN_PRIVATE_ADDRESS
          https://192\\.168\\.0\\.(1|2)            ~ ORIGIN_PRIVATE_ADDRESS
          https://intranet(:8443)?                 ~ ORIGIN_SINGLE_LABEL
          https://app\\.example\\.com\\.           ~ ORIGIN_TRAILING_DOT
          https://[a-z]+\\.codepen\\.io           ~ ORIGIN_PLAYGROUND
          https://(www\\.|www)example\\.com        ~ REGEX_OPTIONAL
          https://(([a-z]+\\.)?localhost|.+-x\\.example\\.com) ~ CREDENTIALS_SUBDOMAINS
          """)
  void isSaidAsOfAnEntry(String expression, PolicyCode code) {
    assertThat(problems(expression, true)).extracting(Problem::code).contains(code);
    assertThat(problems(expression, true)).noneMatch(Problem::isError);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          .*                                ~ REGEX_ANY_ORIGIN
          https://.+                        ~ REGEX_ANY_ORIGIN
          https?://[a-z.-]+(:[0-9]+)?       ~ REGEX_ANY_ORIGIN
          https://[a-z-]+\\.test            ~ REGEX_ANY_ORIGIN
          https://app.example.com           ~ REGEX_DOT
          https://app\\.example.com         ~ REGEX_DOT
          https://app.example\\.com         ~ REGEX_DOT
          https://.*example\\.com           ~ REGEX_GLUED
          https://[a-z.]*example\\.com      ~ REGEX_GLUED
          https://example\\.com.*           ~ REGEX_OPEN_END
          https://app\\.[a-z.]*             ~ REGEX_FREE_DOMAIN
          https://example\\.com\\.[a-z.]*    ~ REGEX_FREE_DOMAIN
          https://example\\.com(\\.[a-z]+)*  ~ REGEX_FREE_DOMAIN
          https://example\\.[a-z]+          ~ REGEX_FREE_DOMAIN
          https://.*\\.example\\.[a-z]+     ~ REGEX_FREE_DOMAIN
          https://app\\.example\\.com|https://.*\\.example\\.[a-z]+ ~ REGEX_FREE_DOMAIN
          https://a-b\\.com|https://[a-z]-x\\.com(:8080)? ~ REGEX_FREE_DOMAIN
          https://x-[a-z]+\\.com:8080       ~ REGEX_FREE_DOMAIN
          https://[a-z]{3}-x\\.co\\.uk       ~ PUBLIC_SUFFIX
          .*\\.example\\.com                ~ REGEX_SCHEME
          [a-z-]+://app\\.example\\.com     ~ REGEX_SCHEME
          https?://app\\.example\\.com      ~ REGEX_HTTP
          (https?://)?(\\w*-*\\w*\\.+)*example\\.com ~ REGEX_HTTP
          (https?://)?(\\w+\\.)?example\\.com ~ REGEX_HTTP
          https://app\\.example\\.com(:\\d+)? ~ REGEX_ANY_PORT
          app\\.example\\.com               ~ REGEX_MATCHES_NOTHING
          https://[A-Z]+\\.example\\.com    ~ REGEX_MATCHES_NOTHING
          https://app\\.example\\.com/      ~ REGEX_MATCHES_NOTHING
          https://APP\\.example\\.com       ~ REGEX_MATCHES_NOTHING
          http://localhost(:\\d+)?          ~ ORIGIN_LOOPBACK
          http://127\\.0\\.0\\.1:[0-9]+     ~ ORIGIN_LOOPBACK
          http://\\[::1\\]:(3000|3001)      ~ ORIGIN_LOOPBACK
          """)
  void isSaidOf(String expression, PolicyCode code) {
    assertThat(problems(expression, false))
        .filteredOn(problem -> problem.severity() != Problem.Severity.INFO)
        .extracting(Problem::code)
        .containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https?://app\\.example\\.com", "http://app\\.example\\.com"})
  void httpWithCredentialsIsAnError(String expression) {
    List<Problem> problems = problems(expression, true);

    assertThat(problems)
        .filteredOn(Problem::isError)
        .extracting(Problem::code)
        .containsExactly(CREDENTIALS_INSECURE_ORIGIN);
  }

  private static List<Problem> problems(String expression, boolean credentials) {
    return CorsPolicy.builder().origins("/" + expression + "/").credentials(credentials).problems();
  }
}
