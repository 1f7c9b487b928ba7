package dev.corsage.lambda;

import static dev.corsage.lambda.ConfigurationCode.UNKNOWN_VARIABLE;
import static dev.corsage.lambda.EnvironmentPolicyTest.APP;
import static dev.corsage.lambda.EnvironmentPolicyTest.environment;
import static dev.corsage.lambda.EnvironmentPolicyTest.problems;
import static dev.corsage.lambda.EnvironmentPolicyTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of variables that are nearly right. */
class EnvironmentNamesTest {
  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource({
    "ALLOWED_ORIGIN, ALLOWED_ORIGINS",
    "ALOWED_ORIGINS, ALLOWED_ORIGINS",
    "ALLOW_ORIGINS, ALLOWED_ORIGINS",
    "ALLOWED_METHOD, ALLOWED_METHODS",
    "ALLOWED_HEADER, ALLOWED_HEADERS",
    "EXPOSE_HEADERS, EXPOSED_HEADERS",
    "ALLOWED_CREDENTIALS, ALLOW_CREDENTIALS",
    "ALLOW_CREDENTAILS, ALLOW_CREDENTIALS",
    "REFUSE_STATUS, REFUSED_STATUS",
    "REFUSED_ORIGINS, REFUSED_ORIGIN",
    "CORS_POLCY, CORS_POLICY"
  })
  void misspeltNameIsReported(String name, String meant) {
    List<Problem> problems = problems(environment("ALLOWED_ORIGINS=" + APP, name + "=x"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(UNKNOWN_VARIABLE);
    assertThat(problems.get(0).field()).isEqualTo(name);
    assertThat(problems.get(0).value()).isEqualTo("x");
    assertThat(problems.get(0).fix()).isEqualTo("Write " + meant + ".");
  }

  /** Each way to write a policy, and a name that is lost in it. */
  @ParameterizedTest(name = "{1} beside {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALLOWED_ORIGINS=https://a.test             | CORSAGE_LOGS     | Write CORSAGE_LOG.
          ALLOWED_ORIGINS=https://a.test             | CORSAGE_METRIC   | Write CORSAGE_METRICS.
          CORS_POLICY={"origins":["https://a.test"]} | CORSAGE_LOGS     | Write CORSAGE_LOG.
          CORS_POLICY={"origins":["https://a.test"]} | ALOWED_METHODS   | Remove it: the policy is already given by CORS_POLICY.
          CORS_POLICY={"origins":["https://a.test"]} | CORS_POLICY_FIL  | Remove it: the policy is already given by CORS_POLICY.
          CORS_POLICY_FILE=%s                        | CORSAGE_METRIC   | Write CORSAGE_METRICS.
          CORS_POLICY_FILE=%s                        | ALLOWED_ORIGIN   | Remove it: the policy is already given by CORS_POLICY_FILE.
          """)
  void misspeltNameIsReportedBesideEveryWay(
      String way, String name, String remedy, @TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("p.json"), "{\"origins\":[\"https://a.test\"]}");
    Map<String, String> environment = environment(way.replace("%s", file.toString()), name + "=x");

    assertThat(problems(environment))
        .extracting(p -> p.code() + " " + p.field() + " " + p.fix())
        .containsExactly("UNKNOWN_VARIABLE " + name + " " + remedy);
    assertThat(EnvironmentPolicy.problems(environment))
        .extracting(p -> p.code() + " " + p.field() + " " + p.fix())
        .contains("UNKNOWN_VARIABLE " + name + " " + remedy);
  }

  @Test
  void misspeltNameHidesNoOtherProblem() {
    assertThat(problems(environment("CORS_POLICY=[]", "ALOWED_METHODS=PUT", "CORSAGE_LOGS=x")))
        .extracting(p -> p.field() + " " + p.code())
        .containsExactlyInAnyOrder(
            "CORS_POLICY.document DOCUMENT_TYPE",
            "ALOWED_METHODS UNKNOWN_VARIABLE",
            "CORSAGE_LOGS UNKNOWN_VARIABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX_PAGE", "MAXAGE", "ORIGINS", "ALLOWED_HOSTS", "MY_ALLOWED_ORIGINS"})
  void otherNamesAreNotOurs(String name) {
    assertThat(read("ALLOWED_ORIGINS=" + APP, name + "=x").warnings()).isEmpty();
  }
}
