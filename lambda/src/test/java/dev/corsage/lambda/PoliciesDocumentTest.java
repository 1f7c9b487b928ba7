package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of several policies by place, and the events they are chosen by. */
class PoliciesDocumentTest {
  private static final CorsDecider POLICIES =
      PolicyDocument.parse(
          """
          {
            "$schema": "https://example.com/policy.schema.json",
            "policies": [
              {"stage": "prod", "path": "/public/*", "policy": {"origins": ["*"]}},
              {"stage": "prod", "policy": {"origins": ["https://app.example.com"]}},
              {"apiId": "a1b2c3", "domain": "api.example.com", "path": null,
               "policy": {"origins": ["https://*.preview.example.com"]}}
            ]
          }
          """);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1, prod, /public/x,      https://any.test,            true
          v1, prod, /private,       https://any.test,            false
          v1, prod, /private,       https://app.example.com,     true
          v1, dev,  /public/x,      https://a.preview.example.com, true
          v1, dev,  /public/x,      https://app.example.com,     false
          v2, prod, /prod/public/x, https://any.test,            true
          v2, prod, /public/x,      https://any.test,            true
          v2, prod, /prod/private,  https://any.test,            false
          v2, prod, /prod,          https://any.test,            false
          v2, dev,  /dev/public/x,  https://a.preview.example.com, true
          """)
  void theEventSaysWhichPolicyDecides(
      String payload, String stage, String path, String origin, boolean allowed)
      throws IOException {
    String host = path.startsWith("/" + stage) ? "a1.execute-api.eu-west-1.amazonaws.com" : "";
    String domain = stage.equals("dev") || host.isEmpty() ? "api.example.com" : host;
    String json =
        payload.equals("v1")
            ? """
              {"httpMethod": "GET", "path": "%s", "headers": {"Origin": "%s"},
               "requestContext": {"stage": "%s", "apiId": "a1b2c3", "domainName": "%s"}}
              """
                .formatted(path, origin, stage, domain)
            : """
              {"rawPath": "%s", "headers": {"origin": "%s"}, "requestContext": {"stage": "%s",
               "apiId": "a1b2c3", "domainName": "%s", "http": {"method": "GET", "path": "%s"}}}
              """
                .formatted(path, origin, stage, domain, path);
    assertThat(POLICIES.decide(Event.read(json.getBytes(StandardCharsets.UTF_8))).isAllowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {"policies": []}                          ~ POLICIES_EMPTY policies
          {"policies": {}}                          ~ FIELD_TYPE policies
          {"policies": [5]}                         ~ FIELD_TYPE policies[0]
          {"policies": [{}]}                        ~ POLICY_MISSING policies[0].policy
          {"policies": [{"stage": 5, "policy": {"origins": ["*"]}}]} ~ FIELD_TYPE policies[0].stage
          {"policies": [{"stag": "a", "policy": {"origins": ["*"]}}]} ~ UNKNOWN_KEY policies[0].stag
          {"policies": [{"path": "a", "policy": {"origins": ["*"]}}]} ~ SCOPE_PATH policies[0].path
          {"policies": [{"policy": {"origins": ["a"]}}]} ~ ORIGIN_MALFORMED policies[0].policy.origins
          {"policies": [{"policy": {"origin": ["*"]}}]} ~ UNKNOWN_KEY policies[0].policy.origin
          {"policies": [{"policy": {"origins": ["*"]}}], "methods": []} ~ POLICIES_MIXED policies
          {"methods": [], "policies": [{"policy": {"origins": ["*"]}}]} ~ POLICIES_MIXED policies
          {"$schema": 5, "origins": ["*"]}          ~ FIELD_TYPE $schema
          {"origins": ["*"], "$schem": "x"}         ~ UNKNOWN_KEY $schem
          """)
  void isAnError(String json, String problem) {
    assertThat(PolicyDocument.problems(json))
        .filteredOn(Problem::isError)
        .extracting(p -> p.code() + " " + p.field())
        .contains(problem);
    assertThatThrownBy(() -> PolicyDocument.parse(json)).isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void everyProblemOfEveryPolicyIsNamedAtOnce() {
    String json =
        """
        {"policies": [
          {"path": "x", "policy": {"origins": ["null"]}},
          {"policy": {"origins": ["https://a.example"], "methods": ["TRACE"]}},
          {"path": "/y", "policy": {"origins": ["https://a.example"]}}
        ]}
        """;
    assertThat(PolicyDocument.problems(json))
        .filteredOn(Problem::isError)
        .extracting(p -> p.code() + " " + p.field())
        .containsExactly(
            "ORIGIN_NULL policies[0].policy.origins",
            "SCOPE_PATH policies[0].path",
            "METHOD_FORBIDDEN policies[1].policy.methods",
            "SCOPE_SHADOWED policies[2]");
  }

  @Test
  void problemsIncludeWhatIsOnlyWorthKnowing() {
    String json = "{\"origins\": [\"http://localhost:3000\"]}";

    assertThat(PolicyDocument.problems(json))
        .extracting(Problem::severity)
        .containsExactly(Problem.Severity.INFO);
    assertThat(PolicyDocument.parse(json).warnings()).isEmpty();
    assertThat(PolicyDocument.parse(json)).isInstanceOf(CorsPolicy.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "5", "{\"origins\": [\"*\"]} 5", "{\"a\": 1, \"a\": 2}"})
  void problemsNeverFail(String json) {
    assertThat(PolicyDocument.problems(json)).anyMatch(Problem::isError);
  }
}
