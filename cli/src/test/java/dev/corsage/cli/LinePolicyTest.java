package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which policy a line is decided by, and what is said of one that does not build. */
class LinePolicyTest {
  private static final String ALLOWED = "\"reason\":\"allowed\"";
  private static final String REFUSED = "\"reason\":\"origin-not-allowed\"";
  private static final String PROBLEM = "{\"problems\":[{\"code\":\"ORIGIN_PATH\",";

  private static String policy(String origin) {
    return "{\"origins\": [\"" + origin + "\"]}";
  }

  private static String line(String policy) {
    String own = policy == null ? "" : "\"policy\": " + policy + ", ";
    return "{"
        + own
        + "\"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"https://a.example\"}}}";
  }

  @Test
  void isThatOfTheLineBeforeThatOfTheCommand() throws IOException {
    LineDecider decider = new LineDecider(policy("https://a.example"));

    assertThat(decider.decide(line(null))).contains(ALLOWED);
    assertThat(decider.decide(line(policy("https://b.example")))).contains(REFUSED);
    assertThat(decider.decide(line(null))).contains(ALLOWED);
  }

  @Test
  void isThatOfTheLineAndNotOfTheLineBefore() throws IOException {
    LineDecider decider = new LineDecider(null);

    assertThat(decider.decide(line(policy("https://a.example")))).contains(ALLOWED);
    assertThat(decider.decide(line(policy("https://b.example")))).contains(REFUSED);
    assertThat(decider.decide(line(policy("https://b.example")))).contains(REFUSED);
    assertThat(decider.decide(line(policy("https://a.example/")))).startsWith(PROBLEM);
    assertThat(decider.decide(line(policy("https://a.example/")))).startsWith(PROBLEM);
    assertThat(decider.decide(line(policy("https://a.example")))).contains(ALLOWED);
    assertThat(decider.decide("nonsense")).startsWith("{\"error\":");
    assertThat(decider.decide(line(null))).startsWith("{\"error\":");
    assertThat(decider.decide(line(policy("https://a.example")))).contains(ALLOWED);
  }

  @Test
  void canStandBehindTheRequest() throws IOException {
    String line =
        "{\"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"https://a.example\"}},"
            + " \"policy\": {\"origins\": [\"https://a.example\"]} }";

    assertThat(new LineDecider(policy("https://b.example")).decide(line)).contains(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_990, 4_000, 7_990, 32_700, 32_768, 70_000, 1_000_000})
  void isFoundInALineOfAnyLength(int length) throws IOException {
    for (String padding : new String[] {"x", "ü", "\ud83c\udf39"}) {
      String line =
          line(policy("https://a.example"))
              .replaceFirst("\\{", "{\"id\": \"" + padding.repeat(length) + "\", ");

      assertThat(new LineDecider(null).decide(line)).contains(ALLOWED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"origins": ["https://a.example"], "credentials": "yes"} \
          | FIELD_TYPE error credentials yes
          {} \
          | ORIGINS_MISSING error origins
          {"origins": ["https://a.example/"]} \
          | ORIGIN_PATH error origins https://a.example/
          {"origins": ["https://a.example/", "https://b.example/"], "corsage": 1} \
          | UNKNOWN_KEY error corsage 1 \
          & ORIGIN_PATH error origins https://a.example/ \
          & ORIGIN_PATH error origins https://b.example/
          """)
  void thatDoesNotBuildGetsEveryProblem(String policy, String problems) throws IOException {
    String response = new LineDecider(null).decide(line(policy));

    assertThat(response).startsWith("{\"problems\":[").endsWith("]}");
    assertThat(Problems.in(response)).isEqualTo(problems);
  }

  @Test
  void thatDoesNotBuildGetsTheWholeProblem() throws IOException {
    assertThat(new LineDecider(null).decide(line(policy("https://a.example/ü"))))
        .isEqualTo(
            """
            {"problems":[{"code":"ORIGIN_PATH","severity":"error","field":"origins",\
            "value":"https://a.example/\\u00FC",\
            "message":"An origin ends with its host or port; with a path, query or slash it never\
             matches.","fix":"Write https://a.example."}]}""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://ü.example", "https://\ud83c\udf39.example", "https://\u2028"})
  void thatIsNotAsciiIsPrintedInAscii(String origin) throws IOException {
    assertThat(new LineDecider(null).decide(line(policy(origin)))).matches("[\\x20-\\x7e]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{\"origins\": []} {}", "{\"origins\": [}"})
  void ofTheCommandThatIsNoDocumentIsAProblemOfEachLine(String document) throws IOException {
    LineDecider decider = new LineDecider(document);

    for (int line = 0; line < 2; line++) {
      assertThat(decider.decide(line(null))).startsWith("{\"problems\":[{\"code\":\"DOCUMENT_");
    }
  }
}
