package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.CorsDecider;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceProvider;
import dev.corsage.store.StoreReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Among the tests there is one store, for references that begin with {@code test:}. */
class PolicyLocationTest {
  /** Its documents are those that a variable of the environment has under the reference's name. */
  public static final class TestProvider implements PolicySourceProvider {
    @Override
    public Set<String> schemes() {
      return Set.of("test");
    }

    @Override
    public PolicySource open(StoreReference reference, Map<String, String> environment) {
      String name = reference.target();
      if (name.isEmpty()) {
        throw reference.malformed("it has no name", "test:NAME");
      }
      return new PolicySource() {
        @Override
        public Optional<String> read() {
          return Optional.ofNullable(environment.get(name));
        }

        @Override
        public void close() {}
      };
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssm:/shop/cors     | true",
        "' s3://bucket/key ' | true",
        "test:x             | true",
        "https://a.test     | true",
        "{\"origins\": []}  | false",
        "'  {}'             | false",
        "[]                 | false",
        "\"ssm:/shop/cors\" | false",
        "ssm:{{resolve}}    | false",
        "SSM:/shop/cors     | false",
        ":                  | false",
        "''                 | false",
      })
  void aReferenceBeginsWithAScheme(String value, boolean reference) {
    assertThat(EnvironmentPolicy.isElsewhere(Map.of("CORS_POLICY", value))).isEqualTo(reference);
  }

  @Test
  void theDocumentIsReadWhereItIs() {
    CorsDecider policy =
        EnvironmentPolicy.read(
            Map.of("CORS_POLICY", " test:doc\n", "doc", "{\"origins\":[\"" + APP + "\"]}"));

    assertThat(policy).isInstanceOf(RefreshedPolicy.class);
    assertThat(policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(APP)))).headers())
        .containsEntry("Access-Control-Allow-Origin", APP);
  }

  /** What fails the init, and what can be said without asking the store. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CORS_POLICY=ssm:/cors"
            + " | STORE_MISSING CORS_POLICY ssm:/cors"
            + " | POLICY_ELSEWHERE CORS_POLICY ssm:/cors",
        "CORS_POLICY=s3://b/k?endpoint=http://me:secret@a.test"
            + " | STORE_MISSING CORS_POLICY s3://…"
            + " | POLICY_ELSEWHERE CORS_POLICY s3://…",
        "CORS_POLICY=https://a.test"
            + " | POLICY_REFERENCE CORS_POLICY https://a.test"
            + " | POLICY_REFERENCE CORS_POLICY https://a.test",
        "CORS_POLICY=dynamodb:origins"
            + " | POLICY_REFERENCE CORS_POLICY dynamodb:origins"
            + " | POLICY_REFERENCE CORS_POLICY dynamodb:origins",
        "CORS_POLICY=test:"
            + " | POLICY_REFERENCE CORS_POLICY test:"
            + " | POLICY_REFERENCE CORS_POLICY test:",
        "CORS_POLICY=test:nowhere"
            + " | POLICY_UNREADABLE CORS_POLICY test:nowhere"
            + " | POLICY_ELSEWHERE CORS_POLICY test:nowhere",
        "CORS_POLICY=test:doc;doc={\"origins\":[\"x\"]}"
            + " | ORIGIN_MALFORMED CORS_POLICY.origins x"
            + " | POLICY_ELSEWHERE CORS_POLICY test:doc",
        "CORS_POLICY=test:doc;doc={};CORS_POLICY_REFRESH=soon"
            + " | POLICY_REFRESH CORS_POLICY_REFRESH soon;ORIGINS_MISSING CORS_POLICY.origins"
            + " | POLICY_REFRESH CORS_POLICY_REFRESH soon;POLICY_ELSEWHERE CORS_POLICY test:doc",
        "CORS_POLICY={\"origins\":[]};CORS_POLICY_REFRESH=60"
            + " | POLICY_REFRESH CORS_POLICY_REFRESH 60;ORIGINS_EMPTY CORS_POLICY.origins"
            + " | POLICY_REFRESH CORS_POLICY_REFRESH 60;ORIGINS_EMPTY CORS_POLICY.origins",
        "CORS_POLICY=test:doc;ALLOWED_ORIGINS=https://a.test"
            + " | CONFIGURATION_CONFLICT ALLOWED_ORIGINS https://a.test"
            + " | CONFIGURATION_CONFLICT ALLOWED_ORIGINS https://a.test",
      })
  void problems(String variables, String onRead, String withoutReading) {
    Map<String, String> environment = new TreeMap<>();
    for (String variable : variables.split(";", -1)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    InvalidPolicyException failed =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> EnvironmentPolicy.read(environment));

    assertThat(text(failed.problems())).isEqualTo(onRead);
    assertThat(text(EnvironmentPolicy.problems(environment))).isEqualTo(withoutReading);
    assertThat(failed).hasMessageNotContaining("secret");
  }

  private static String text(List<Problem> problems) {
    List<String> lines =
        problems.stream().map(p -> (p.code() + " " + p.field() + " " + p.value()).strip()).toList();
    return String.join(";", lines);
  }

  @Test
  void aStoreThatIsNotInTheArchiveIsNamedWithTheWayToGetIt() {
    InvalidPolicyException failed =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> EnvironmentPolicy.read(Map.of("CORS_POLICY", "appconfig:shop/prod/cors")));

    assertThat(failed)
        .hasMessageContaining("This archive was made without the store documents.")
        .hasMessageContaining("./corsage package --store documents");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "60, 60",
    "' 300 ', 300",
    "86400, 86400",
    "'', 60",
    "0, 60",
    "86401, 60",
    "-5, 60",
    "5s, 60",
  })
  void theIntervalIsInSeconds(String value, long seconds) {
    Map<String, String> environment =
        Map.of("CORS_POLICY", "test:doc", "CORS_POLICY_REFRESH", value);

    assertThat(PolicyRefresh.interval(environment)).hasSeconds(seconds);
    assertThat(PolicyRefresh.problems(environment).isEmpty())
        .isEqualTo(value.isEmpty() || value.strip().equals("" + seconds));
  }
}
