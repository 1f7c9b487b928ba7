package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions and policies as people write them: what must build, and what must not. */
class FieldTest {

  static Stream<Map<String, Object>> expressions() throws IOException {
    return rows("expressions");
  }

  static Stream<Map<String, Object>> policies() throws IOException {
    return rows("policies");
  }

  private static Stream<Map<String, Object>> rows(String name) throws IOException {
    return Repository.corpus("field/" + name + ".ndjson").lines().map(Json::object);
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void buildsOrDoesNot(Map<String, Object> row) {
    CorsPolicy.Builder policy =
        CorsPolicy.builder()
            .origins("/" + row.get("regex") + "/")
            .credentials((boolean) row.get("credentials"));

    if (row.get("must").equals("build")) {
      assertThat(policy.build().decide(actual((String) row.get("matches"))).isAllowed()).isTrue();
    } else {
      assertThat(policy.problems()).anyMatch(Problem::isError);
    }
  }

  private static HttpRequest actual(String origin) {
    return HttpRequest.of("GET", Map.of("origin", List.of(origin)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void lintSays(Map<String, Object> row) {
    List<Problem> problems = PolicyDocument.problems(Json.write(row.get("policy")));

    switch ((String) row.get("lint")) {
      case "error" -> assertThat(problems).anyMatch(Problem::isError);
      case "no-error" -> assertThat(problems).noneMatch(Problem::isError);
      case "finding" -> assertThat(problems).anyMatch(p -> p.severity() != Severity.INFO);
      default -> throw new IllegalArgumentException(row.toString());
    }
  }
}
