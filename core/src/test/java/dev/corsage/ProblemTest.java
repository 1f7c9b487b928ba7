package dev.corsage;

import static dev.corsage.PolicyCode.MAX_AGE_CAPPED;
import static dev.corsage.PolicyCode.ORIGIN_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  /** CVE-2024-1681: names of keys and variables are input too. */
  @Test
  void controlCharactersAreShownNotSent() {
    assertThat(Problem.of(ORIGIN_PATH, "a\u001b[31m\n", "b\r\n", "Why \0c.", "Do \u202ed."))
        .hasToString(
            "a\\u001b[31m\\u000a \"b\\u000d\\u000a\": Why \\u0000c. Do \\u202ed. (ORIGIN_PATH)");
  }

  private static final Problem ERROR =
      Problem.of(ORIGIN_PATH, "origins", "https://a.test/", "It has a path.", "Remove it.");
  private static final Problem WARNING =
      Problem.of(MAX_AGE_CAPPED, "maxAgeSeconds", "86400", "It is capped.", "Write 7200.");

  @Test
  void isOneLine() {
    assertThat(ERROR)
        .hasToString("origins \"https://a.test/\": It has a path. Remove it. (ORIGIN_PATH)");
  }

  /** The class of CVE-2024-1681: what is quoted must not write log lines of its own. */
  @Test
  void valueIsQuotedPrintably() {
    Problem problem = Problem.of(ORIGIN_PATH, "origins", "a\r\nb\u001b[2J\u2028", "Why.", "Fix.");

    assertThat(problem)
        .hasToString("origins \"a\\u000d\\u000ab\\u001b[2J\\u2028\": Why. Fix. (ORIGIN_PATH)");
  }

  @Test
  void canBeMovedToAnotherField() {
    assertThat(ERROR.inField("ALLOWED_ORIGINS"))
        .isEqualTo(
            Problem.of(
                ORIGIN_PATH, "ALLOWED_ORIGINS", "https://a.test/", "It has a path.", "Remove it."));
  }

  /** Moved or graded again and again, it stays as it was first made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:pa@ss@cache.example.com/shop",
        "redis://h/l?password=pa@ss",
        "dynamodb:t/l?endpoint=https://u:pass@h&region=eu-west-1",
        "s3://u:pass@bucket/key?auth=pass",
        "https://user:pass@app.example.com/a?b=pass",
      })
  void whatIsMaskedIsMaskedForGood(String value) {
    Problem problem =
        Problem.of(ORIGIN_PATH, "CORS_POLICY." + value, value, "It is \"" + value + "\".", "Fix.");

    assertThat(problem.toString()).doesNotContain("pa@", "ss@", "pass").contains("\\u2026");
    assertThat(problem.inField(problem.field()).withSeverity(problem.severity()))
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://h",
        "rediss://h",
        "redis:h",
        "s3://b/k",
        "dynamodb:t/l",
        "momento:c/l",
        "ssm:/p",
        "appconfig:a/e/p",
        "GET, ssm:/p",
        "'s3://b/k'",
        "https://user@app.example.com",
        "https://a.example.com https://u:p@b.example.com",
      })
  void referencesToEveryStoreAreMisplaced(String value) {
    assertThat(Problem.misplaced("ALLOWED_METHODS", value)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://redis.example.com:8443",
        "https://s3:8443",
        "dynamodb://app",
        "GET,PUT",
        "redis",
        "user@example.com",
        "",
      })
  void whatOnlyLooksLikeOneIsNot(String value) {
    assertThat(Problem.misplaced("ALLOWED_METHODS", value)).isEmpty();
  }

  @Test
  void isAnErrorOrAWarning() {
    assertThat(ERROR.isError()).isTrue();
    assertThat(WARNING.isError()).isFalse();
  }

  @Test
  void hasAllItsParts() {
    assertThatNullPointerException()
        .isThrownBy(() -> Problem.of(ORIGIN_PATH, "origins", null, "Why.", "Fix."))
        .withMessage("value");
  }

  @Test
  void exceptionNamesTheErrors() {
    assertThat(new InvalidPolicyException(List.of(WARNING, ERROR)))
        .hasMessage("The CORS policy has a problem:\n  - " + ERROR);
    assertThat(new InvalidPolicyException(List.of(ERROR, WARNING, ERROR)))
        .hasMessage("The CORS policy has 2 problems:\n  - " + ERROR + "\n  - " + ERROR);
  }

  @Test
  void exceptionKeepsTheWarningsToo() {
    assertThat(new InvalidPolicyException(List.of(WARNING, ERROR)).problems())
        .containsExactly(WARNING, ERROR);
  }

  @Test
  void exceptionHasNoStackTrace() {
    assertThat(new InvalidPolicyException(List.of(ERROR)).getStackTrace()).isEmpty();
  }

  @Test
  void exceptionNeedsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InvalidPolicyException(List.of(WARNING)));
  }
}
