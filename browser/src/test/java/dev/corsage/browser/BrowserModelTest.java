package dev.corsage.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the measured tables say nothing of: keys, notes, limits, and what is never sent. */
class BrowserModelTest {
  private static final String ORIGIN = "https://a.example";

  private static PageRequest page(String method, boolean credentials, String... headers) {
    List<RequestHeader> list = new ArrayList<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      list.add(new RequestHeader(header.substring(0, colon), header.substring(colon + 1)));
    }
    return PageRequest.of(
        ORIGIN, method, list, credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN);
  }

  private static Response response(int status, String headers) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    if (headers != null) {
      for (String header : headers.split("; ", -1)) {
        String[] parts = header.split(": ?", 2);
        lines.add(Map.entry("Access-Control-" + parts[0], parts[1]));
      }
    }
    return new Response(status, lines);
  }

  @ParameterizedTest(name = "{1} credentials={0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          false |                                              | no-acao               | step 2
          false | Allow-Origin: *                              | passed                | step 3
          true  | Allow-Origin: *; Allow-Credentials: true     | star-with-credentials | step 4
          false | Allow-Origin: https://b.example              | origin-mismatch       | step 4
          false | Allow-Origin: https://a.example/             | origin-mismatch       | step 4
          false | Allow-Origin: HTTPS://A.EXAMPLE              | origin-mismatch       | step 4
          false | Allow-Origin: null                           | origin-mismatch       | step 4
          false | Allow-Origin: a.example                      | bad-acao              | step 4
          false | Allow-Origin: https://*.example              | bad-acao              | step 4
          false | Allow-Origin:                                | bad-acao              | step 4
          false | Allow-Origin: https://a.example, *           | many-acao             | step 4
          false | Allow-Origin: https://a.example              | passed                | step 5
          true  | Allow-Origin: https://a.example; Allow-Credentials: true | passed    | step 7
          true  | Allow-Origin: https://a.example              | acac                  | step 8
          true  | Allow-Origin: https://a.example; Allow-Credentials: True | acac      | step 8
          """)
  void corsCheck(boolean credentials, String headers, String key, String step) {
    Verdict verdict = BrowserModel.check(ORIGIN, credentials, response(500, headers));

    assertThat(verdict.outcome().key()).isEqualTo(key);
    assertThat(verdict.outcome().step()).isEqualTo("CORS check, " + step);
    assertThat(verdict.outcome().standard()).isEqualTo("https://fetch.spec.whatwg.org/#cors-check");
  }

  @ParameterizedTest(name = "{0} {1} credentials={2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          204 | Allow-Methods: PUT; Allow-Headers: x-a  | false | passed             |
          204 | Allow-Methods: *; Allow-Headers: *      | false | passed             |
          204 | Allow-Methods: *; Allow-Headers: x-a    | true  | method             | PUT
          204 | Allow-Methods: PUT; Allow-Headers: *    | true  | header             | x-a
          204 | Allow-Methods: put; Allow-Headers: x-a  | false | method             | PUT
          204 | Allow-Methods: PUT                      | false | header             | x-a
          204 | Allow-Methods: PUT GET; Allow-Headers: * | false | bad-acam          | PUT GET
          204 | Allow-Methods: PUT; Allow-Headers: x-a, "x" | false | bad-acah       | "x"
          204 | Allow-Methods: ,PUT, ,; Allow-Headers: ,X-A | false | passed         |
          301 | Allow-Methods: PUT; Allow-Headers: x-a  | false | preflight-redirect | 301
          304 | Allow-Methods: PUT; Allow-Headers: x-a  | false | preflight-status   | 304
          403 | Allow-Methods: PUT; Allow-Headers: x-a  | false | preflight-status   | 403
          """)
  void preflight(int status, String headers, boolean credentials, String key, String value) {
    Response response =
        response(status, "Allow-Origin: " + ORIGIN + "; Allow-Credentials: true; " + headers);
    Verdict verdict =
        BrowserModel.checkPreflight(page("PUT", credentials, "X-A:1").preflight(), response);

    assertThat(verdict.outcome().key()).isEqualTo(key);
    assertThat(verdict.value()).isEqualTo(value == null ? "" : value);
  }

  @Test
  void aPreflightWithoutOriginHasAKeyOfItsOwn() {
    Verdict verdict =
        BrowserModel.checkPreflight(page("PUT", false).preflight(), response(403, null));

    assertThat(verdict.outcome().key()).isEqualTo("preflight-no-acao");
  }

  @ParameterizedTest
  @CsvSource({"*, false, true", "*, true, false", "x-a, false, false", "authorization, true,"})
  void tellsWhereBrowsersLetTheStarStandForAuthorization(
      String allowed, boolean credentials, Boolean note) {
    Response response =
        response(
            204,
            "Allow-Origin: " + ORIGIN + "; Allow-Credentials: true; Allow-Headers: " + allowed);
    Verdict verdict =
        BrowserModel.checkPreflight(
            page("GET", credentials, "Authorization:Bearer x").preflight(), response);

    assertThat(verdict.isPassed()).isEqualTo(note == null);
    assertThat(verdict.outcome().note().contains("Authorization"))
        .isEqualTo(Boolean.TRUE.equals(note));
  }

  @ParameterizedTest(name = "''{0}''")
  @CsvSource({
    "'', 5, 5, 5",
    "0, 0, 0, 0",
    "60, 60, 60, 60",
    "7201, 7200, 7201, 600",
    "86401, 7200, 86400, 600",
    "99999999999999999999, 7200, 86400, 600",
    "-1, 0, 0, 0",
    "1.5, 5, 0, 5",
    "'60, 60', 5, 0, 5",
  })
  void keepsAPreflightForAWhile(String seconds, int chromium, int firefox, int webkit) {
    Response response = response(204, "Max-Age: " + seconds);

    assertThat(BrowserModel.maxAge(Engine.CHROMIUM, response)).isEqualTo(chromium);
    assertThat(BrowserModel.maxAge(Engine.FIREFOX, response)).isEqualTo(firefox);
    assertThat(BrowserModel.maxAge(Engine.WEBKIT, response)).isEqualTo(webkit);
  }

  @Test
  void theSumOfSafelistedValuesIsLimited() {
    String[] headers = new String[9];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = (i % 2 == 0 ? "Accept:" : "Content-Language:") + "a".repeat(i < 8 ? 128 : 1);
    }
    String[] within = Arrays.copyOf(headers, 8);

    assertThat(page("GET", false, within).unsafeHeaderNames()).isEmpty();
    assertThat(page("GET", false, headers).unsafeHeaderNames())
        .containsExactly("accept", "content-language");
  }

  @Test
  void preflightsNameHeadersSortedLowerCasedAndOnce() {
    PageRequest request =
        page("delete", true, "X-B:1", "x-a:2", "X-A:3", "Accept:*/*", "Cookie:a", "Sec-A:b");

    assertThat(request.preflight().headers())
        .containsExactly(
            Map.entry("Accept", List.of("*/*")),
            Map.entry("Origin", List.of(ORIGIN)),
            Map.entry("Access-Control-Request-Method", List.of("DELETE")),
            Map.entry("Access-Control-Request-Headers", List.of("x-a,x-b")));
  }

  @ParameterizedTest
  @CsvSource({
    "Cookie, a=b, true",
    "SEC-FETCH-SITE, none, true",
    "proxy-anything, x, true",
    "x-http-method, PUT, false",
    "X-HTTP-Method-Override, 'GET, trace', true",
    "x-method-override, TRACES, false",
    "authorization, x, false",
    "user-agent, x, false",
  })
  void forbiddenHeadersAreNotSent(String name, String value, boolean forbidden) {
    assertThat(new RequestHeader(name, value).isForbidden()).isEqualTo(forbidden);
  }

  @ParameterizedTest
  @CsvSource({"get, GET, true", "Post, POST, true", "put, PUT, false", "patch, patch, false"})
  void methodsAreNormalized(String written, String sent, boolean safelisted) {
    PageRequest request = page(written, false);

    assertThat(request.method()).isEqualTo(sent);
    assertThat(request.needsPreflight()).isEqualTo(!safelisted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-",
        "bytes=0-0",
        "bytes=9-10",
        "bytes=007-8",
        "bytes=1-18446744073709551615"
      })
  void aSimpleRangeIsSafelisted(String range) {
    assertThat(new RequestHeader("Range", range).isSafelisted()).isTrue();
  }

  /** Measured: 2^64 is more than any of the three engines counts. */
  @Test
  void aRangeThatNoEngineCountsIsNot() {
    assertThat(new RequestHeader("Range", "bytes=0-18446744073709551616").isSafelisted()).isFalse();
  }

  @Test
  void unsafeBytesNeedPermission() {
    for (char c = 0; c < 0x100; c++) {
      boolean unsafe = (c < 0x20 && c != '\t') || "\"():<>?@[\\]{}\u007f".indexOf(c) >= 0;
      for (String header : List.of("Accept:a/b;", "Content-Type:text/plain;")) {
        PageRequest request = page("GET", false, header + c + "x");
        assertThat(request.needsPreflight()).as("%s%04x", header, (int) c).isEqualTo(unsafe);
      }
    }
  }

  /** By the standard a missing Authorization is found before any other header that is missing. */
  @Test
  void authorizationIsLookedForFirst() {
    PageRequest request = page("GET", false, "Accept-Encodings:x", "Authorization:Bearer x");
    Verdict verdict =
        BrowserModel.checkPreflight(request.preflight(), response(204, "Allow-Origin: " + ORIGIN));

    assertThat(verdict).isEqualTo(new Verdict(Outcome.AUTHORIZATION_NOT_ALLOWED, "authorization"));
  }

  @ParameterizedTest
  @EnumSource
  void everyFailureHasTheMessagesOfTheBrowsers(Outcome outcome) {
    Verdict verdict = new Verdict(outcome, "x-secret");
    if (outcome.isPassed()) {
      assertThatThrownBy(() -> ConsoleMessage.of(verdict, ORIGIN, 200))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    ConsoleMessage message = ConsoleMessage.of(verdict, ORIGIN, 403);

    assertThat(message.toString()).doesNotContain("{status}", "{origin}", "{value}", "null");
    assertThat(message.texts().values()).isNotEmpty().noneMatch(String::isBlank);
    assertThat(message.cause()).endsWith(".");
    assertThat(message.remedy()).endsWith(".");
  }

  @Test
  void messagesNameWhatFailed() {
    Verdict verdict = new Verdict(Outcome.HEADER_NOT_ALLOWED, "x-rose");

    assertThat(ConsoleMessage.of(verdict, ORIGIN, 200).text(Engine.CHROMIUM))
        .isEqualTo(
            "Request header field x-rose is not allowed by Access-Control-Allow-Headers in"
                + " preflight response.");
    assertThat(
            ConsoleMessage.of(Verdict.of(Outcome.ORIGIN_MISSING), ORIGIN, 418).text(Engine.WEBKIT))
        .isEqualTo(
            "Origin https://a.example is not allowed by Access-Control-Allow-Origin. Status code:"
                + " 418");
  }
}
