package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the author of an entry that cannot be used is told to write instead. */
class EntryRemedyTest {
  private static final String EXAMPLE = "Write an origin such as https://app.example.com.";

  /** Plain entries, as people paste them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          app.example.com                  ~ https://app.example.com
          app.example.com/                 ~ https://app.example.com
          example.com:8080                 ~ https://example.com:8080
          example.com:443                  ~ https://example.com
          example.com:80                   ~ http://example.com
          //app.example.com                ~ https://app.example.com
          https:/app.example.com           ~ https://app.example.com
          https//app.example.com           ~ https://app.example.com
          https:\\app.example.com          ~ https://app.example.com
          http*://app.example.com          ~ https://app.example.com
          https?://app.example.com         ~ https://app.example.com
          http(s)://app.example.com        ~ https://app.example.com
          HTTPS://App.Example.com          ~ https://app.example.com
          https://AZ.example.com           ~ https://az.example.com
          https://EXAMPLE.com:443          ~ https://example.com
          https://EXAMPLE.com/             ~ https://example.com
          https://app.example.com/a/b      ~ https://app.example.com
          https://app.example.com/*        ~ https://app.example.com
          https://app.example.com*         ~ https://app.example.com
          https://app.example.com:443      ~ https://app.example.com
          http://app.example.com:80        ~ http://app.example.com
          http://*.example.com:80          ~ http://*.example.com
          "https://app.example.com"        ~ https://app.example.com
          `https://app.example.com`        ~ https://app.example.com
          ["https://app.example.com"]      ~ https://app.example.com
          https://app.example.com,         ~ https://app.example.com
          https://app.example.com;         ~ https://app.example.com
          localhost                        ~ http://localhost
          localhost:3000                   ~ http://localhost:3000
          localhost:*                      ~ http://localhost:*
          app.localhost:3000               ~ http://app.localhost:3000
          127.0.0.1:5173                   ~ http://127.0.0.1:5173
          [::1]:3000                       ~ http://[::1]:3000
          ::1                              ~ http://[::1]
          192.168.1.10:8080                ~ http://192.168.1.10:8080
          http://localhost*                ~ http://localhost:*
          https://localhost*               ~ https://localhost:*
          http://127.0.0.1*                ~ http://127.0.0.1:*
          http://localhost:30*             ~ http://localhost:*
          http://localhost:3000*           ~ http://localhost:3000
          http://localhost:*/              ~ http://localhost:*
          http://localhost:3000/           ~ http://localhost:3000
          https://bücher.example           ~ https://xn--bcher-kva.example
          https://*.bücher.example         ~ https://*.xn--bcher-kva.example
          https://BÜCHER.example           ~ https://xn--bcher-kva.example
          Bücher.example                   ~ https://xn--bcher-kva.example
          https://Bücher.example:443/      ~ https://xn--bcher-kva.example
          https://faß.de                   ~ https://xn--fa-hia.de
          FAß.de/                          ~ https://xn--fa-hia.de
          https://straße.example           ~ https://xn--strae-oqa.example
          https://example.com:[8080]       ~ https://example.com:8080
          https://*.example.com:[*]        ~ https://*.example.com:*
          https://example.com:08443        ~ https://example.com:8443
          https://example.com:             ~ https://example.com
          https://[*.]example.com          ~ https://*.example.com
          [*.]example.com                  ~ https://*.example.com
          *.example.com                    ~ https://*.example.com
          *://*.example.com/*              ~ https://*.example.com
          https://*example.com             ~ https://*.example.com
          https://**.example.com           ~ https://*.example.com
          https://*.*.example.com          ~ https://*.example.com
          """)
  void entryIsNamed(String text, String instead) {
    assertThat(fix(text, false)).isEqualTo("Write " + instead + ".");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          https://*--site.netlify.app       ~ /https:\\/\\/[a-z0-9-]+--site\\.netlify\\.app/
          https://app.*.example.com         ~ /https:\\/\\/app\\.[a-z0-9-]+\\.example\\.com/
          https://app.qa-*.example.com      ~ /https:\\/\\/app\\.qa-[a-z0-9-]+\\.example\\.com/
          https://qa-*-*.example.com:*      ~ /https:\\/\\/qa-[a-z0-9-]+-[a-z0-9-]+\\.example\\.com(:\\d+)?/
          ^https://.*\\.example\\.com$      ~ /^https://.*\\.example\\.com$/
          '~^https://.*\\.example\\.com$'   ~ /^https://.*\\.example\\.com$/
          regex:https://.*\\.example\\.com  ~ /https://.*\\.example\\.com/
          r"^https://\\w+\\.example\\.com$" ~ /^https://\\w+\\.example\\.com$/
          https://(app|admin).example.com   ~ /https://(app|admin)\\.example\\.com/
          /https:\\/\\/.*\\.example\\.com/i ~ /https:\\/\\/.*\\.example\\.com/
          /https:\\/\\/App\\.example\\.com/gi ~ /https:\\/\\/app\\.example\\.com/
          /(?i)https:\\/\\/[A-Z]+\\.example\\.com/ ~ /https:\\/\\/[a-z]+\\.example\\.com/
          /(?P<t>[a-z]+)\\.example\\.com/   ~ /https:\\/\\/(?<t>[a-z]+)\\.example\\.com/
          /https:\\/\\/(?'t'[a-z]+)\\.example\\.com/ ~ /https:\\/\\/(?<t>[a-z]+)\\.example\\.com/
          /\\Ahttps:\\/\\/(a|b)\\.example\\.com\\z/ ~ /https:\\/\\/(a|b)\\.example\\.com/
          /\\Ahttps:\\/\\/(a|b)\\.example\\.com\\Z/ ~ /https:\\/\\/(a|b)\\.example\\.com/
          /https:\\/\\/\\bapp\\.example\\.com\\b/ ~ /https:\\/\\/app\\.example\\.com/
          /https:\\/\\/\\S+\\.example\\.com/ ~ /https:\\/\\/.+\\.example\\.com/
          /https:\\/\\/[^\\s]+\\.example\\.com/ ~ /https:\\/\\/.+\\.example\\.com/
          /https:\\/\\/[[:alnum:]]+\\.example\\.com/ ~ /https:\\/\\/[a-z0-9]+\\.example\\.com/
          /https:\\/\\/[[:alpha:][:digit:]-]+\\.example\\.com/ ~ /https:\\/\\/[a-z0-9-]+\\.example\\.com/
          /https:\\/\\/\\p{L}+\\.example\\.com/ ~ /https:\\/\\/[a-z]+\\.example\\.com/
          /https:\\/\\/\\x61pp\\.example\\.com/ ~ /https:\\/\\/app\\.example\\.com/
          /\\.example\\.com$/               ~ https://*.example.com
          /.*\\.example\\.com$/             ~ /https:\\/\\/.*\\.example\\.com$/
          /^app\\.example\\.com$/           ~ https://app.example.com
          /https:\\/\\/*.example.com/       ~ https://*.example.com
          /https:\\/\\/app.example.com/     ~ /https:\\/\\/app\\.example\\.com/
          /https:\\/\\/.*example\\.com/     ~ /https:\\/\\/(.*\\.)?example\\.com/
          /https:\\/\\/.*.example.com/      ~ /https:\\/\\/.*\\.example\\.com/
          /https:\\/\\/[a-z]+\\.example\\.com.*/ ~ /https:\\/\\/[a-z]+\\.example\\.com/
          /https:\\/\\/(a|b)\\.example\\.com\\// ~ /https:\\/\\/(a|b)\\.example\\.com/
          /http:\\/\\/localhost:/           ~ /http:\\/\\/localhost:\\d+/
          """)
  void expressionThatWorksIsNamed(String text, String instead) {
    assertThat(fix(text, false)).isEqualTo("Write " + instead + ".");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          https://example.com:[8080,8443]   ~ https://example.com:8080 and https://example.com:8443
          https://example.com:[80,443]      ~ https://example.com:80 and https://example.com
          http://localhost:3000,4200        ~ http://localhost:3000 and http://localhost:4200
          https://{a,b}.example.com         ~ https://a.example.com and https://b.example.com
          https://a.example.com,https://b.example.com/ ~ https://a.example.com and https://b.example.com
          https://a.example.com|https://b.example.com ~ https://a.example.com and https://b.example.com
          /example\\.com$/                  ~ https://example.com and https://*.example.com
          """)
  void severalEntriesAreNamed(String text, String instead) {
    assertThat(fix(text, false)).isEqualTo("Write " + instead + ", as entries of their own.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://*",
    "http://*",
    "https://*:*",
    "*://*",
    "https://*/*",
    "<all_urls>",
    "**",
    "all",
    ".*",
    "https://.*",
    "/.*/",
    "/https?:\\/\\/.*/"
  })
  void anyOriginIsAStar(String text) {
    assertThat(fix(text, false)).isEqualTo("Write *, which allows every origin.");
    assertThat(fix(text, true)).doesNotContain("*");
  }

  /** What does not build under the policy is not offered; what comes nearest to it is. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          http://app.example.com/           ~ Write https://app.example.com.
          192.168.1.10:8080                 ~ Write https://192.168.1.10:8080.
          localhost:3000                    ~ Write http://localhost:3000.
          http://localhost*                 ~ Write http://localhost:*.
          ^https?://(www\\.)?example\\.com$ ~ Write /https://(www\\.)?example\\.com$/.
          /^http(s)?:\\/\\/app.example.com/ ~ Write /https:\\/\\/app\\.example\\.com/.
          https://app.*.example.com         ~ Write /https:\\/\\/app\\.[a-z0-9-]+\\.example\\.com/.
          https://*--site.netlify.app       ~ Write your own domain instead, or set toleratePublicSuffixes in the policy document.
          https://*                         ~ List the origins, or turn credentials off.
          """)
  void whatIsNamedBuildsWithCredentials(String text, String fix) {
    assertThat(fix(text, true)).isEqualTo(fix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          https:///x
          https://${STAGE}.example.com
          {{domain}}
          true
          none
          example
          """)
  void nothingIsMadeUp(String text) {
    assertThat(fix(text, false)).isEqualTo(EXAMPLE);
  }

  /** What has no A-label at all is given no correction. */
  @Test
  void namesWithoutALabelAreNotNamed() {
    assertThat(fix("https://" + "ü".repeat(64) + ".example", false)).isEqualTo(EXAMPLE);
  }

  @ParameterizedTest
  @CsvSource({"moz-extension://*", "chrome-extension://*", "safari-web-extension://*/*"})
  void extensionsAskForHostPermissions(String text) {
    assertThat(CorsPolicy.builder().origins(text).problems())
        .extracting(Problem::fix)
        .allMatch(fix -> fix.contains("host_permissions"));
  }

  /** One problem tells all that is wrong with an entry. */
  @Test
  void everyFaultIsToldAtOnce() {
    assertThat(error("Bücher.example:443/", false).message())
        .contains(
            PolicyCode.ORIGIN_MALFORMED.meaning(),
            PolicyCode.ORIGIN_PATH.meaning(),
            PolicyCode.ORIGIN_DEFAULT_PORT.meaning(),
            PolicyCode.ORIGIN_NON_ASCII.meaning(),
            "lower case");
  }

  /** Nothing that follows a user name is repeated, whatever else is wrong. */
  @Test
  void passwordsAreNotRepeated() {
    assertThat(error("https://App:s3cret@example.com:443/", false).toString())
        .doesNotContain("s3cret");
  }

  static Problem error(String text, boolean credentials) {
    List<Problem> problems = CorsPolicy.builder().origins(text).credentials(credentials).problems();
    return problems.stream().filter(Problem::isError).findFirst().orElseThrow();
  }

  private static String fix(String text, boolean credentials) {
    return error(text, credentials).fix();
  }
}
