package dev.corsage;

import static dev.corsage.PolicyCode.ORIGIN_HOST;
import static dev.corsage.PolicyCode.ORIGIN_TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.store.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no pattern, and what its author is told. */
class OriginPatternProblemsTest {
  private static final String LABEL = "a".repeat(63);
  private static final String HOST_253 = (LABEL + ".").repeat(4).substring(0, 252) + "a";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ORIGIN_MALFORMED          | ''
          ORIGIN_MALFORMED          | app.example.com
          ORIGIN_MALFORMED          | *.example.com
          ORIGIN_MALFORMED          | https:app.example.com
          ORIGIN_MALFORMED          | NULL
          ORIGIN_MALFORMED          | //
          ORIGIN_MALFORMED          | **
          ORIGIN_MALFORMED          | HTTPS://app.example.com
          ORIGIN_MALFORMED          | https://App.example.com
          ORIGIN_MALFORMED          | ht_tps://app.example.com
          ORIGIN_MALFORMED          | *://app.example.com
          ORIGIN_MALFORMED          | ://app.example.com
          ORIGIN_MALFORMED          | https://
          ORIGIN_MALFORMED          | https://.
          ORIGIN_MALFORMED          | https://app..example.com
          ORIGIN_MALFORMED          | https://exam ple.com
          ORIGIN_MALFORMED          | https://app%2eexample.com
          ORIGIN_MALFORMED          | https://app;example.com
          ORIGIN_MALFORMED          | https://*.
          REGEX_SYNTAX              | /(a/
          ORIGIN_REGEX              | ^https://app.example.com
          ORIGIN_REGEX              | https://app.example.com$
          ORIGIN_REGEX              | https://app\\.example\\.com
          ORIGIN_REGEX              | https://.*\\.example\\.com
          ORIGIN_LIST_IN_STRING     | https://a.example.com,https://b.example.com
          ORIGIN_LIST_IN_STRING     | https://a.example.com; https://b.example.com
          ORIGIN_LIST_IN_STRING     | https://a.example.com https://b.example.com
          ORIGIN_LIST_IN_STRING     | 'https://a.example.com|https://b.example.com'
          ORIGIN_REGEX              | ~^https://.*\\.example\\.com$
          ORIGIN_REGEX              | 'https://(app|admin).example.com'
          REGEX_FLAGS               | /https:\\/\\/.*\\.example\\.com/i
          REGEX_FLAGS               | /^https?:\\/\\/app\\.example\\.com$/gi
          REGEX_FLAGS               | (?i)https://.*\\.example\\.com
          REGEX_FLAGS               | /(?i)https:\\/\\/app\\.example\\.com/
          REGEX_SYNTAX              | /https:\\/\\/(?P<t>[a-z]+)\\.example\\.com/
          REGEX_SYNTAX              | /https:\\/\\/(?'t'[a-z]+)\\.example\\.com/
          REGEX_NOT_LINEAR          | /https:\\/\\/(a)(?1)\\.example\\.com/
          REGEX_NOT_LINEAR          | /https:\\/\\/(?P=t)\\.example\\.com/
          ORIGIN_OPAQUE             | blob:https://app.example.com
          ORIGIN_OPAQUE             | data:text/html,hello
          ORIGIN_OPAQUE             | about:blank
          ORIGIN_OPAQUE             | javascript://app.example.com
          ORIGIN_FILE               | file:///home/user/index.html
          ORIGIN_FILE               | file://host
          ORIGIN_FILE               | FILE:///C:/index.html
          ORIGIN_USERINFO           | https://user@app.example.com
          ORIGIN_USERINFO           | https://user:secret@app.example.com:8443/
          ORIGIN_PATH               | https://app.example.com/
          ORIGIN_PATH               | https://app.example.com/path
          ORIGIN_PATH               | https://app.example.com?query
          ORIGIN_PATH               | https://app.example.com#fragment
          ORIGIN_PATH               | https://app.example.com:8443/*
          ORIGIN_PORT               | https://app.example.com:
          ORIGIN_PORT               | https://app.example.com:0
          ORIGIN_PORT               | https://app.example.com:08443
          ORIGIN_PORT               | https://app.example.com:65536
          ORIGIN_PORT               | https://app.example.com:84*
          ORIGIN_PORT               | https://app.example.com:http
          ORIGIN_DEFAULT_PORT       | https://app.example.com:443
          ORIGIN_DEFAULT_PORT       | http://app.example.com:80
          ORIGIN_DEFAULT_PORT       | https://*.example.com:443
          ORIGIN_NON_ASCII          | https://bücher.example
          ORIGIN_NON_ASCII          | https://*.bücher.example
          ORIGIN_NON_ASCII          | https://\u212Aelvin.example
          ORIGIN_PUNYCODE           | https://xn--z.example
          ORIGIN_PUNYCODE           | https://*.xn--z.example
          ORIGIN_HOST               | https://-app.example.com
          ORIGIN_HOST               | https://*.-example.com
          ORIGIN_HOST_NUMERIC_TLD   | https://app.example.1
          ORIGIN_HOST_NUMERIC_TLD   | https://app.0x1f
          ORIGIN_HOST_NUMERIC_TLD   | https://a.2.3.4
          ORIGIN_IP_MALFORMED       | http://1.2.3.4.5
          ORIGIN_IP_MALFORMED       | http://1.2.a.4
          ORIGIN_IP_MALFORMED       | http://127.0.0.1.
          ORIGIN_IP_MALFORMED       | http://[::1
          ORIGIN_IP_MALFORMED       | http://[::1]3000
          ORIGIN_IP_MALFORMED       | http://::1:3000
          ORIGIN_IP_MALFORMED       | http://[1::2::3]
          ORIGIN_IP_NOT_CANONICAL   | http://127.1
          ORIGIN_IP_NOT_CANONICAL   | http://127.0.0.01
          ORIGIN_IP_NOT_CANONICAL   | http://256.0.0.1
          ORIGIN_IP_NOT_CANONICAL   | http://[0:0:0:0:0:0:0:1]:3000
          ORIGIN_IP_NOT_CANONICAL   | http://[::FFFF]
          ORIGIN_IP_NOT_CANONICAL   | http://[::ffff:127.0.0.1]
          ORIGIN_IP_NOT_CANONICAL   | http://[::ffff:7f00:1]
          ORIGIN_IP_ZONE            | http://[fe80::1%eth0]
          ORIGIN_WILDCARD_PLACEMENT | https://*
          ORIGIN_WILDCARD_PLACEMENT | https://*example.com
          ORIGIN_WILDCARD_PLACEMENT | https://*-example.com
          ORIGIN_WILDCARD_PLACEMENT | https://*example.co.uk
          ORIGIN_WILDCARD_PLACEMENT | https://*--site.netlify.app
          ORIGIN_WILDCARD_PLACEMENT | https://*.com*
          ORIGIN_WILDCARD_PLACEMENT | moz-extension://*
          ORIGIN_WILDCARD_PLACEMENT | chrome-extension://*
          ORIGIN_WILDCARD_PLACEMENT | https://**.example.com
          ORIGIN_WILDCARD_PLACEMENT | https://*.*.example.com
          ORIGIN_WILDCARD_PLACEMENT | https://app.*.example.com
          ORIGIN_WILDCARD_PLACEMENT | https://app.example.*
          ORIGIN_WILDCARD_PLACEMENT | https://qa-*-*.example.com
          ORIGIN_WILDCARD_PLACEMENT | https://app.qa-*.example.com
          ORIGIN_WILDCARD_PLACEMENT | https://app*
          ORIGIN_WILDCARD_PLACEMENT | https://app.example*
          ORIGIN_WILDCARD_IP        | http://*.127.0.0.1
          ORIGIN_WILDCARD_IP        | http://a*.1.2.3.4:3000
          ORIGIN_WILDCARD_IP        | http://*.[::1]:3000
          """)
  void isNoPattern(PolicyCode code, String text) {
    assertProblem(code, text);
  }

  @Test
  void schemesHaveAnEnd() {
    assertProblem(ORIGIN_TOO_LONG, "s".repeat(65) + "://host");
  }

  @Test
  void hostsHaveAnEnd() {
    assertProblem(ORIGIN_TOO_LONG, "https://a" + HOST_253);
  }

  /** The shortest host that the star can stand for must itself fit. */
  @Test
  void wildcardsNeedRoomForALabel() {
    assertProblem(ORIGIN_TOO_LONG, "https://*." + HOST_253.substring(1));
    assertProblem(ORIGIN_TOO_LONG, "https://*." + HOST_253.substring(1) + ".");
    assertThat(OriginPattern.parse("https://*." + HOST_253.substring(2))).isNotNull();
    assertThat(OriginPattern.parse("https://*." + HOST_253.substring(2) + ".")).isNotNull();
  }

  @Test
  void labelsHaveAnEnd() {
    assertProblem(ORIGIN_HOST, "https://a" + LABEL + ".example.com");
    assertProblem(ORIGIN_HOST, "https://" + LABEL + "*.example.com");
    assertThat(OriginPattern.parse("https://" + LABEL.substring(1) + "*.example.com")).isNotNull();
  }

  private static void assertProblem(PolicyCode code, String text) {
    Problem problem = problem(text);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
    assertThat(problem.field()).isEqualTo("origins");
    assertThat(problem.value()).isEqualTo(Secrets.masked(text));
    assertThat(problem.message()).endsWith(".").hasSizeGreaterThan(15);
    assertThat(problem.fix()).endsWith(".").hasSizeGreaterThan(9);
  }

  private static Problem problem(String text) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> OriginPattern.parse(text));
    assertThat(invalid).as(text).isNotNull();
    assertThat(invalid.problems()).hasSize(1);
    return invalid.problems().get(0);
  }
}
