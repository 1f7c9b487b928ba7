package dev.corsage;

import static dev.corsage.PolicyCode.ORIGIN_LOOPBACK;
import static dev.corsage.PolicyCode.PUBLIC_SUFFIX;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that a sensible person could write, and whom they would let in with credentials. */
class RegexStrangerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          https://.*example\\.co\\.uk                    ~ https://evilexample.co.uk
          https://.*\\.?example\\.co\\.uk                ~ https://evilexample.co.uk
          https://([a-z0-9-]+.)?example\\.co\\.uk        ~ https://evil-example.co.uk
          https://.*myapp\\.netlify\\.app                ~ https://evilmyapp.netlify.app
          https://([a-z0-9-]+)?myapp\\.netlify\\.app     ~ https://evilmyapp.netlify.app
          https://(.*--)?myapp\\.netlify\\.app           ~ https://evil--myapp.netlify.app
          https://.*example\\.github\\.io                ~ https://evilexample.github.io
          https://(www.)?example\\.com                   ~ https://wwwxexample.com
          https://shop.example\\.co\\.uk                 ~ https://shop-example.co.uk
          https://(www|app).example\\.co\\.uk            ~ https://appxexample.co.uk
          https://(app\\.)?exa.?mple\\.com               ~ https://exaxmple.com
          https://app\\.io|https://.*example\\.com       ~ https://evilexample.com
          https://(m\\.io|.*example\\.com)               ~ https://evilexample.com
          (https|capacitor)://(localhost|.*example\\.com) ~ https://evilexample.com
          https://[a-z0-9]{10}\\.execute-api\\.us-east-1\\.amazonaws\\.com ~ https://evil123456.execute-api.us-east-1.amazonaws.com
          https://[a-z0-9]{4}\\.lambda-url\\.us-east-1\\.on\\.aws ~ https://evil.lambda-url.us-east-1.on.aws
          https://my-bucket-[a-z]+\\.s3\\.amazonaws\\.com ~ https://my-bucket-evil.s3.amazonaws.com
          https://my-app-[a-z0-9]+\\.up\\.railway\\.app  ~ https://my-app-evil.up.railway.app
          https?://(localhost|app\\.example\\.com)       ~ http://app.example.com
          https?://(localhost(:\\d+)?|(.+\\.)?example\\.com) ~ http://any.example.com
          https://a\\.io|.*://app\\.example\\.com        ~ foo://app.example.com
          http://127.*                                   ~ http://127.evil.com
          http://(127|10).*                              ~ http://10.evil.com
          http://\\[.*\\](:\\d+)?                        ~ http://[2001:db8::1]
          chrome-extension://.*                          ~ chrome-extension://evil
          https://myapp-pr[0-9]\\.netlify\\.app          ~ https://myapp-pr7.netlify.app
          https://example\\.[cn]om                       ~ https://example.nom
          https://example[0-9]\\.com                     ~ https://example7.com
          https://(www)?\\.?example\\.com               ~ https://wwwexample.com
          https://(dev|qa|stage)?\\.?example\\.com      ~ https://devexample.com
          https://w{0,3}\\.?example\\.com               ~ https://wwexample.com
          https://(admin-?)?example\\.com               ~ https://admin-example.com
          https://a?b?c?example\\.com                   ~ https://abexample.com
          https://example\\.com?                        ~ https://example.co
          https://example\\.(com?|org)                  ~ https://example.co
          https://exampl?e\\.com                        ~ https://exampe.com
          https://1\\d\\d\\.\\d+\\.\\d+\\.\\d+             ~ https://100.1.2.3
          https://52\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}     ~ https://52.1.2.3
          https://\\d+\\.1\\.2\\.3                         ~ https://52.1.2.3
          https://www\\.?example\\.com                  ~ https://wwwexample.com
          https://app(\\.)?example\\.com                ~ https://appexample.com
          https://app\\.{0,1}example\\.co\\.uk           ~ https://appexample.co.uk
          https://app\\.*example\\.com                  ~ https://appexample.com
          https://(app|admin)\\.?example\\.com          ~ https://adminexample.com
          https://app(-dev)?\\.?example\\.com           ~ https://app-devexample.com
          https://exam\\.?ple\\.com                     ~ https://exam.ple.com
          https://\\[26[0-9a-f:]+\\]                    ~ https://[2600:1f18::1]
          """)
  void doNotBuild(String expression, String stranger) {
    CorsPolicy.Builder policy =
        CorsPolicy.builder().origins("/" + expression + "/").credentials(true);

    assertThat(OriginPattern.parse("/" + expression + "/").matches(origin(stranger))).isTrue();
    assertThat(policy.problems()).as(expression).anyMatch(Problem::isError);
  }

  private static Origin origin(String text) {
    return Origin.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://.*\\.example\\.com",
        "https://(.*\\.)?example\\.co\\.uk",
        "https://(www\\.)?example\\.(de|fr|it|es|pt|nl|be|at|ch|pl|se|no|dk|fi|ie|gr|cz|hu|ro|bg|hr)",
        "https://(app|admin)\\.example\\.com(:8443)?",
        "https://qa-[0-9a-z]+\\.example\\.com",
        "https://[a-z0-9-]+--myteam\\.example\\.io",
        "http://.*\\.localhost:3000",
        "http://(localhost|127\\.0\\.0\\.1|\\[::1\\]):[0-9]+",
        "https://([a-z0-9-]+\\.){1,3}example\\.com",
        "https://([a-z0-9-]+\\.)*example\\.com\\.?",
        "https://(www\\.)?(example|my-example)\\.com",
        "https://app\\.?dev\\.example\\.com",
        "https://(a\\.)?(b\\.)?example\\.com",
        "https://d1234abcd\\.cloudfront\\.net",
      })
  void doBuild(String expression) {
    assertThat(CorsPolicy.builder().origins("/" + expression + "/").credentials(true).problems())
        .as(expression)
        .noneMatch(Problem::isError);
  }

  /** What a wildcard may, the more precise expression may too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://deploy-preview-\\d+--my-site\\.netlify\\.app",
        "https://[0-9a-f]{7}-my-site\\.netlify\\.app",
        "https://my-app-git-[a-z0-9-]+-team\\.vercel\\.app",
      })
  void previewsAtASharedHostCanBeTolerated(String expression) {
    CorsPolicy.Builder policy = CorsPolicy.builder().origins("/" + expression + "/");
    assertThat(policy.problems()).extracting(Problem::code).containsExactly(PUBLIC_SUFFIX);
    assertThat(policy.credentials(true).problems())
        .extracting(problem -> problem.severity() + " " + problem.code())
        .containsExactly("error CREDENTIALS_PUBLIC_SUFFIX");
    assertThat(policy.toleratePublicSuffixes(true).problems())
        .extracting(problem -> problem.severity() + " " + problem.code())
        .containsExactly("warning CREDENTIALS_PUBLIC_SUFFIX");
  }

  @Test
  void insecureOriginsCanBeTolerated() {
    CorsPolicy.Builder policy =
        CorsPolicy.builder().origins("/http:\\/\\/192\\.168\\.1\\.\\d+(:\\d+)?/").credentials(true);
    assertThat(policy.problems()).anyMatch(Problem::isError);
    assertThat(policy.tolerateInsecureOrigins(true).problems()).noneMatch(Problem::isError);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5173",
        "http://localhost:5[0-9]{3}",
        "http://127\\.0\\.0\\.[0-9]:8080",
        "http://dev\\.localhost:\\d+",
        "http://\\[::1\\]:3000",
      })
  void loopbackIsSeenWhateverThePort(String expression) {
    assertThat(CorsPolicy.builder().origins("/" + expression + "/").problems())
        .extracting(Problem::code)
        .contains(ORIGIN_LOOPBACK);
  }

  /** The work for a list is bounded, and what was not looked at is not let through. */
  @Test
  void whatCannotBeCheckedDoesNotBuildWithCredentials() {
    List<String> expressions =
        IntStream.range(0, 500)
            .mapToObj(i -> "/https://(([a-z0-9-]{1,63}\\.){1,5}x){1,3}example" + i + "\\.com/")
            .toList();
    CorsPolicy.Builder policy = CorsPolicy.builder().origins(expressions).credentials(true);
    assertThat(policy.problems()).anyMatch(Problem::isError);
  }

  /**
   * Each expression is checked by itself, so that a list does not become too long to be checked.
   */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000})
  void longListsBuildWithCredentials(int count) {
    List<String> expressions =
        IntStream.range(0, count)
            .mapToObj(i -> "/https://qa-[0-9a-z]+\\.shop-" + i + "\\.example\\.com/")
            .toList();

    assertThat(CorsPolicy.builder().origins(expressions).credentials(true).problems()).isEmpty();
  }
}
