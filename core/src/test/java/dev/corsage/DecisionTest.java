package dev.corsage;

import static dev.corsage.Requests.actual;
import static dev.corsage.Requests.preflight;
import static dev.corsage.Requests.sentTo;
import static dev.corsage.Requests.withoutOrigin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a decision says of itself, to programs and to people. */
class DecisionTest {
  private static final String APP = "https://app.example.com";
  private static final CorsPolicy POLICY = CorsPolicy.builder().origins(APP).build();

  record Row(HttpRequest request, String text, String explanation) {}

  static List<Row> rows() {
    return List.of(
        new Row(
            withoutOrigin("GET"),
            "non-cors allowed no-origin {Vary=Origin}",
            "The request has no Origin header: it is not a CORS request."),
        new Row(
            sentTo("https://api.test", actual("GET", "https://api.test")),
            "non-cors allowed same-origin {Vary=Origin}",
            "The request comes from the API's own origin https://api.test."),
        new Row(
            actual("GET", APP),
            "actual allowed allowed {Access-Control-Allow-Origin=" + APP + ", Vary=Origin}",
            "The policy allows https://app.example.com to read the response."),
        new Row(
            actual("GET", "https://evil.test"),
            "actual refused origin-not-allowed {Vary=Origin}",
            "The origin https://evil.test is not on the allow list."),
        new Row(
            actual("GET", "evil"),
            "actual refused origin-malformed {Vary=Origin}",
            "The Origin header \"evil\" is not an origin as browsers serialize it."),
        new Row(
            actual("GET", "null"),
            "actual refused origin-null {Vary=Origin}",
            "The origin is null, which any sandboxed frame can have; the policy does not tolerate"
                + " it."),
        new Row(
            preflight(APP, "PUT"),
            "preflight refused method-not-allowed {Vary=Origin, Access-Control-Request-Method,"
                + " Access-Control-Request-Headers}",
            "The method \"PUT\" is not on the list of methods."),
        new Row(
            preflight(APP, "GET", "X-A"),
            "preflight refused header-not-allowed {Vary=Origin, Access-Control-Request-Method,"
                + " Access-Control-Request-Headers}",
            "The request header \"X-A\" is not on the list of request headers."),
        new Row(
            preflight(APP, "GET"),
            "preflight allowed allowed {Access-Control-Allow-Origin="
                + APP
                + ", Vary=Origin,"
                + " Access-Control-Request-Method, Access-Control-Request-Headers}",
            "The policy allows https://app.example.com to send this method and these headers."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void saysWhatItIs(Row row) {
    assertThat(POLICY.decide(row.request)).hasToString(row.text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void explainsItself(Row row) {
    assertThat(POLICY.decide(row.request).explanation()).isEqualTo(row.explanation);
  }

  /** The class of CVE-2024-1681: an Origin header must not write log lines of its own. */
  @Test
  void explanationIsOnePrintableLineWhateverTheRequest() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String hostile = "a" + (char) c + "b";
      for (HttpRequest request :
          List.of(
              actual("GET", hostile),
              actual("GET", hostile, hostile),
              sentTo(hostile, actual("GET", hostile)),
              preflight(hostile, "GET"),
              preflight(APP, hostile),
              preflight(APP, "GET", hostile))) {
        String explanation = POLICY.decide(request).explanation();
        // Not AssertJ for each of 400,000: it would take longer than all other tests together.
        if (!explanation.chars().allMatch(shown -> shown >= 0x20 && shown < 0x7f)) {
          assertThat(explanation).as("U+%04x", c).isPrintable().isASCII();
        }
      }
    }
  }

  @Test
  void explanationShowsWhatWasEscaped() {
    assertThat(POLICY.decide(actual("GET", "a \r\n\\b~\u001b[31m\u202e")).explanation())
        .contains("a \\u000d\\u000a\\\\b~\\u001b[31m\\u202e");
  }

  @Test
  void valueIsWhatWasReceived() {
    assertThat(POLICY.decide(actual("GET", "a\r\nb")).value()).isEqualTo("a\r\nb");
  }

  @Test
  void longValuesAreCut() {
    String longest = "https://" + "a".repeat(332);

    assertThat(POLICY.decide(actual("GET", longest)).explanation()).contains(longest + "\"");
    assertThat(POLICY.decide(actual("GET", longest + "b")).explanation())
        .contains(longest + "… (341 characters)")
        .doesNotContain("ab");
  }

  @Test
  void longMethodsAreCutEarlier() {
    String longest = "M".repeat(128);

    assertThat(POLICY.decide(preflight(APP, longest)).explanation())
        .isEqualTo("The method \"" + longest + "\" is not on the list of methods.");
    assertThat(POLICY.decide(preflight(APP, longest + "N")).explanation())
        .isEqualTo(
            "The method \"" + longest + "… (129 characters)\" is not on the list of methods.");
  }

  /** jub0bs/cors #14, rs/cors #198: one request's headers must not be another's to change. */
  @Test
  void headersCannotBeChanged() {
    for (Row row : rows()) {
      Map<String, String> headers = POLICY.decide(row.request).headers();

      assertThatThrownBy(() -> headers.put("Vary", "X-Evil"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(headers::clear).isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
