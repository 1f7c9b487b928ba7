package dev.corsage.lambda;

import static dev.corsage.lambda.ConfigurationCode.CONFIGURATION_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentPolicyTest {
  static final String APP = "https://app.example.com";

  @Test
  void everyVariableIsRead() {
    CorsPolicy policy =
        read(
            "ALLOWED_ORIGINS=https://app.example.com,https://*.example.net",
            "ALLOWED_METHODS=PUT,DELETE",
            "ALLOWED_HEADERS=Authorization,x-a",
            "EXPOSED_HEADERS=etag,x-b",
            "ALLOW_CREDENTIALS=true",
            "MAX_AGE=600",
            "REFUSED_STATUS=404",
            "REFUSED_ORIGIN=https://app.example.com",
            "PATH=/usr/bin",
            "AWS_REGION=eu-central-1");

    assertThat(policy.decide(preflight("https://a.example.net")))
        .hasToString(
            "preflight allowed allowed {Access-Control-Allow-Origin=https://a.example.net,"
                + " Access-Control-Allow-Credentials=true, Access-Control-Allow-Methods=PUT,DELETE,"
                + " Access-Control-Allow-Headers=authorization,x-a, Access-Control-Max-Age=600,"
                + " Vary=Origin, Access-Control-Request-Method, Access-Control-Request-Headers}");
    assertThat(policy.decide(preflight("https://evil.test")).status()).hasValue(404);
    assertThat(policy.decide(preflight("https://evil.test")).headers())
        .containsEntry("Access-Control-Allow-Origin", APP);
    assertThat(
            policy
                .decide(HttpRequest.of("GET", Map.of("Origin", List.of(APP))))
                .headers()
                .get("Access-Control-Expose-Headers"))
        .isEqualTo("etag,x-b");
  }

  /** Where another process is meant to read them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALLOWED_ORIGINS  | https://app.example.com | true
          CORS_POLICY      | {"origins": ["https://app.example.com"]} | true
          CORS_POLICY      | {"policies": [{"policy": {"origins": ["https://app.example.com"]}}]} | true
          CORS_POLICY_FILE | policy.json | false
          CORS_POLICY_FILE | /dev/stdin | false
          CORS_POLICY_FILE | ../../policy.json | false
          CORS_POLICY      | test:doc | false
          ALLOW_LIST       | test:variables-alone | false
          CORS_POLICY      | {"allowList": "test:variables-alone"} | false
          CORS_POLICY      | {"\\u0061llowList": "test:variables-alone"} | false
          CORS_POLICY      | {"allowList": {"store": "test:variables-alone"}} | false
          CORS_POLICY      | {"policies": [{"policy": {"allowList": "test:variables-alone"}}]} | false
          """)
  void variablesAloneAreReadWithoutFilesAndStores(String variable, String value, boolean alone) {
    CorsDecider policy = EnvironmentPolicy.readVariablesAlone(Map.of(variable, value));

    assertThat(policy != null).isEqualTo(alone);
  }

  @Test
  void variablesThatDoNotBuildAreNoPolicyAlone() {
    assertThat(
            catchThrowableOfType(
                InvalidPolicyException.class,
                () -> EnvironmentPolicy.readVariablesAlone(Map.of("ALLOWED_ORIGINS", APP + "/"))))
        .isNotNull();
  }

  @Test
  void variablesAreNamed() {
    assertThat(EnvironmentPolicy.variables())
        .containsExactly(
            "ALLOWED_ORIGINS",
            "ALLOW_LIST",
            "ALLOWED_METHODS",
            "ALLOWED_HEADERS",
            "EXPOSED_HEADERS",
            "ALLOW_CREDENTIALS",
            "MAX_AGE",
            "REFUSED_STATUS",
            "REFUSED_ORIGIN",
            "TIMING_ALLOW_ORIGIN",
            "RESOURCE_POLICY",
            "CORS_POLICY",
            "CORS_POLICY_FILE",
            "CORS_POLICY_REFRESH",
            "CORSAGE_LOG",
            "CORSAGE_METRICS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.test,https://b.test",
        "https://a.test, https://b.test",
        "https://a.test https://b.test",
        "https://a.test\thttps://b.test",
        "https://a.test\nhttps://b.test",
        "https://a.test\r\nhttps://b.test\r\n",
        " ,, https://a.test ,\t\n,https://b.test , "
      })
  void listsAreSeparatedByCommasOrWhiteSpace(String list) {
    assertThat(read("ALLOWED_ORIGINS=" + list).origins())
        .map(OriginPattern::toString)
        .containsExactly("https://a.test", "https://b.test");
    assertThat(
            read("ALLOWED_ORIGINS=https://a.test", "ALLOWED_METHODS=" + words(list))
                .decide(preflight("https://a.test"))
                .headers())
        .containsEntry("Access-Control-Allow-Methods", "PUT,DELETE");
  }

  private static String words(String list) {
    return list.replace("https://a.test", "PUT").replace("https://b.test", "DELETE");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.test                     | [https://a.test]
          /a/                                | [/a/]
          /a,b/                              | [/a,b/]
          /a b/                              | [/a b/]
          /a{1,2}/,https://b.test            | [/a{1,2}/; https://b.test]
          https://a.test,/b,c/ https://d.test | [https://a.test; /b,c/; https://d.test]
          /a,b/,/c,d/                        | [/a,b/; /c,d/]
          /https:\\/\\/a,b\\.test/           | [/https:\\/\\/a,b\\.test/]
          /a\\/,b/                           | [/a\\/,b/]
          /a/b,c/                            | [/a/b,c/]
          /a\\\\/,https://b.test          | [/a\\\\/; https://b.test]
          /unfinished,https://b.test         | [/unfinished,https://b.test]
          """)
  void expressionsStayOneEntry(String list, String entries) {
    assertThat(VariableLists.split(list)).hasToString(entries.replace("; ", ", "));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "true, true",
    "True, true",
    "TRUE, true",
    "' true ', true",
    "false, false",
    "False, false",
    "FALSE, false"
  })
  void credentialsAreTrueOrFalse(String value, boolean allowed) {
    CorsPolicy policy = read("ALLOWED_ORIGINS=" + APP, "ALLOW_CREDENTIALS=" + value);

    assertThat(
            policy.decide(preflight(APP)).headers().containsKey("Access-Control-Allow-Credentials"))
        .isEqualTo(allowed);
  }

  @Test
  void blankIsUnset() {
    CorsPolicy policy =
        read(
            "ALLOWED_ORIGINS=" + APP,
            "ALLOWED_METHODS= ",
            "ALLOWED_HEADERS=\t",
            "EXPOSED_HEADERS=",
            "ALLOW_CREDENTIALS=\n",
            "MAX_AGE= ",
            "REFUSED_STATUS= ",
            "REFUSED_ORIGIN= ",
            "CORS_POLICY= ",
            "CORS_POLICY_FILE=");

    assertThat(policy.decide(preflight(APP)).headers())
        .containsOnlyKeys("Access-Control-Allow-Origin", "Vary");
    assertThat(policy.decide(preflight("https://evil.test")).status()).hasValue(403);
  }

  @ParameterizedTest(name = "{1}={2} is {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ORIGIN_MALFORMED          | ALLOWED_ORIGINS   | app.example.com
          REGEX_SYNTAX              | ALLOWED_ORIGINS   | /(a,b/
          ORIGIN_NULL               | ALLOWED_ORIGINS   | null
          METHOD_FORBIDDEN          | ALLOWED_METHODS   | TRACE
          METHOD_INVALID            | ALLOWED_METHODS   | P;T
          REQUEST_HEADER_FORBIDDEN  | ALLOWED_HEADERS   | cookie
          REQUEST_HEADER_PROHIBITED | ALLOWED_HEADERS   | access-control-allow-origin
          RESPONSE_HEADER_FORBIDDEN | EXPOSED_HEADERS   | set-cookie
          FIELD_TYPE                | ALLOW_CREDENTIALS | yes
          FIELD_TYPE                | ALLOW_CREDENTIALS | 1
          MAX_AGE_TYPE              | MAX_AGE           | 1h
          MAX_AGE_TYPE              | MAX_AGE           | 7200.0
          MAX_AGE_RANGE             | MAX_AGE           | 86401
          MAX_AGE_RANGE             | MAX_AGE           | -2
          MAX_AGE_RANGE             | MAX_AGE           | 99999999999
          REFUSED_STATUS            | REFUSED_STATUS    | forbidden
          REFUSED_STATUS            | REFUSED_STATUS    | 302
          REFUSED_ORIGIN            | REFUSED_ORIGIN    | https://b.example.com
          RESOURCE_POLICY           | RESOURCE_POLICY   | same-orign
          FIELD_TYPE                | TIMING_ALLOW_ORIGIN | "*"
          """)
  void problemNamesItsVariable(String code, String variable, String value) {
    Map<String, String> environment = new LinkedHashMap<>(Map.of("ALLOWED_ORIGINS", APP));
    environment.put(variable, value);
    List<Problem> problems = problems(environment);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).hasToString(code);
    assertThat(problems.get(0).field()).isEqualTo(variable);
    assertThat(problems.get(0).value()).isEqualTo(value);
  }

  @Test
  void everythingIsReportedAtOnce() {
    assertThat(
            problems(
                environment(
                    "ALLOWED_ORIGINS=http://a.test *",
                    "ALLOWED_METHODS=TRACE",
                    "ALLOW_CREDENTIALS=true",
                    "MAX_AGE=never",
                    "REFUSED_STATUS=500")))
        .extracting(problem -> problem.field() + " " + problem.code())
        .containsExactlyInAnyOrder(
            "ALLOWED_ORIGINS CREDENTIALS_INSECURE_ORIGIN",
            "ALLOWED_ORIGINS CREDENTIALS_ANY_ORIGIN",
            "ALLOWED_ORIGINS ORIGIN_REDUNDANT",
            "ALLOWED_METHODS METHOD_FORBIDDEN",
            "MAX_AGE MAX_AGE_TYPE",
            "REFUSED_STATUS REFUSED_STATUS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALLOWED_ORIGINS=", "ALLOWED_ORIGINS= ", "ALLOWED_METHODS=PUT"})
  void originsAreRequired(String variable) {
    assertThat(problems(environment(variable)))
        .filteredOn(Problem::isError)
        .extracting(problem -> problem.field() + " " + problem.code() + " " + problem.fix())
        .containsExactly(
            "ALLOWED_ORIGINS ORIGINS_MISSING List the origins of the pages that call the API, such"
                + " as https://app.example.com.");
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({
    "CORS_POLICY, CORS_POLICY_FILE",
    "CORS_POLICY, ALLOWED_ORIGINS",
    "CORS_POLICY, MAX_AGE",
    "CORS_POLICY, REFUSED_ORIGIN",
    "CORS_POLICY_FILE, ALLOWED_ORIGINS",
    "CORS_POLICY_FILE, ALLOW_CREDENTIALS"
  })
  void twoWaysAtOnceAreAConflict(String first, String second) {
    List<Problem> problems = problems(environment(second + "=x", first + "=y"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(CONFIGURATION_CONFLICT);
    assertThat(problems.get(0).field()).isEqualTo(second);
    assertThat(problems.get(0).value()).isEqualTo("x");
    assertThat(problems.get(0).message()).contains(first);
  }

  @Test
  void documentIsRead() {
    assertThat(read("CORS_POLICY={\"origins\": [\"https://a.test\"]}").origins())
        .map(OriginPattern::toString)
        .containsExactly("https://a.test");
  }

  @Test
  void problemsOfADocumentBearTheVariable(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("policy.json"), "{\"origin\": []}");

    assertThat(problems(environment("CORS_POLICY={\"origins\": [\"x\"]}")))
        .extracting(Problem::field)
        .containsExactly("CORS_POLICY.origins");
    assertThat(problems(environment("CORS_POLICY_FILE=" + file)))
        .extracting(Problem::field)
        .containsExactly("CORS_POLICY_FILE.origin", "CORS_POLICY_FILE.origins");
  }

  @Test
  void documentIsReadFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("policy.json");
    Files.writeString(file, "{\"origins\": [\"https://a.test\"]}");

    assertThat(read("CORS_POLICY_FILE= " + file + "\n").origins())
        .map(OriginPattern::toString)
        .containsExactly("https://a.test");
  }

  @Test
  void unreadableFileIsAProblem(@TempDir Path directory) {
    for (String path : List.of(directory + "/none.json", directory.toString(), "a\0b")) {
      assertThat(problems(environment("CORS_POLICY_FILE=" + path)))
          .extracting(problem -> problem.field() + " " + problem.code() + " " + problem.value())
          .containsExactly("CORS_POLICY_FILE POLICY_FILE " + path);
    }
  }

  @Test
  void messageIsForTheLogOfAFunctionThatDoesNotStart() {
    assertThat(
            catchThrowableOfType(
                InvalidPolicyException.class,
                () -> read("ALLOWED_ORIGINS=app.example.com", "MAX_AGE=x")))
        .hasMessage(
            """
            The CORS policy has 2 problems:
              - MAX_AGE "x": It is not a whole number. Write digits only, such as 600. (MAX_AGE_TYPE)
              - ALLOWED_ORIGINS "app.example.com": An origin is scheme://host, with a port where it\
             is not the scheme's default. Write https://app.example.com. (ORIGIN_MALFORMED)""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALLOWED_ORIGINS=http://localhost:3000              | INFO ORIGIN_LOOPBACK ALLOWED_ORIGINS
          ALLOWED_ORIGINS=https://intranet                   | WARNING ORIGIN_SINGLE_LABEL ALLOWED_ORIGINS
          ALLOWED_ORIGINS=https://a.example/                 | ERROR ORIGIN_PATH ALLOWED_ORIGINS
          CORS_POLICY={"origins":["http://localhost:3000"]}  | INFO ORIGIN_LOOPBACK CORS_POLICY.origins
          CORS_POLICY=[]                                     | ERROR DOCUMENT_TYPE CORS_POLICY.document
          CORS_POLICY_FILE=/nowhere                          | ERROR POLICY_FILE CORS_POLICY_FILE
          CORSAGE_LOG=loud,ALLOWED_ORIGINS=https://a.test    | ERROR FIELD_TYPE CORSAGE_LOG
          """)
  void problemsAreThoseOfEverySeverity(String variable, String problem) {
    assertThat(EnvironmentPolicy.problems(environment(variable.split(",(?=[A-Z])"))))
        .extracting(p -> p.severity().name() + " " + p.code() + " " + p.field())
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOWED_ORIGINS=x, true",
    "CORS_POLICY={}, true",
    "MAX_AGE=5, true",
    "ALOWED_ORIGINS=x, true",
    "CORSAGE_LOG=allowed, false",
    "CORSAGE_METRICS=true, false",
    "CORSAG_LOG=allowed, false",
    "PATH=/bin, false",
  })
  void theLogAloneIsNoPolicy(String variable, boolean policy) {
    assertThat(EnvironmentPolicy.isPolicy(environment(variable))).isEqualTo(policy);
  }

  static List<Problem> problems(Map<String, String> environment) {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> EnvironmentPolicy.read(environment));
    assertThat(invalid).as(environment.toString()).isNotNull();
    return invalid.problems();
  }

  static CorsPolicy read(String... variables) {
    return (CorsPolicy) EnvironmentPolicy.read(environment(variables));
  }

  static Map<String, String> environment(String... variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : variables) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return environment;
  }

  private static HttpRequest preflight(String origin) {
    return HttpRequest.of(
        "OPTIONS",
        Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of("GET")));
  }
}
