package dev.corsage.lambda;

import static dev.corsage.lambda.ConfigurationCode.DOCUMENT_SYNTAX;
import static dev.corsage.lambda.ConfigurationCode.DOCUMENT_TYPE;
import static dev.corsage.lambda.ConfigurationCode.PRIVATE_NETWORK_WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
  private static final HttpRequest REFUSED = preflight("https://evil.test", "PUT");

  @Test
  void everyKeyIsRead() {
    CorsDecider policy =
        PolicyDocument.parse(
            """
            {
              "origins": ["https://app.example.com", "https://*.example.net"],
              "methods": ["PUT", "DELETE"],
              "requestHeaders": ["Authorization", "x-a"],
              "exposedHeaders": ["etag"],
              "credentials": true,
              "maxAgeSeconds": 600,
              "preflightStatus": 200,
              "refused": {"status": 404, "origin": "https://app.example.com"},
              "blockRefusedOrigins": true
            }
            """);

    assertThat(policy.decide(preflight("https://a.b.example.net", "DELETE")))
        .hasToString(
            "preflight allowed allowed {Access-Control-Allow-Origin=https://a.b.example.net,"
                + " Access-Control-Allow-Credentials=true, Access-Control-Allow-Methods=PUT,DELETE,"
                + " Access-Control-Allow-Headers=authorization,x-a, Access-Control-Max-Age=600,"
                + " Vary=Origin, Access-Control-Request-Method, Access-Control-Request-Headers}");
    assertThat(policy.decide(preflight("https://app.example.com", "PUT")).status()).hasValue(200);
    assertThat(policy.decide(REFUSED).status()).hasValue(404);
    assertThat(policy.decide(REFUSED).headers())
        .containsEntry("Access-Control-Allow-Origin", "https://app.example.com");
    assertThat(policy.decide(get("https://evil.test")).status()).hasValue(403);
    assertThat(policy.decide(get("https://app.example.com")).headers())
        .containsEntry("Access-Control-Expose-Headers", "etag");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "tolerateInsecureOrigins" | {"origins": ["http://a.test"], "credentials": true
          "toleratePublicSuffixes"  | {"origins": ["https://*.com"], "credentials": true
          "tolerateNullOrigin"      | {"origins": ["null"]
          """,
      quoteCharacter = '\'')
  void everyTolerationIsRead(String key, String policy) {
    assertThat(problems(policy + "}")).allMatch(Problem::isError).hasSize(1);
    assertThat(problems(policy + ", " + key + ": false}")).hasSize(1);
    assertThat(PolicyDocument.parse(policy + ", " + key + ": true}").warnings()).hasSize(1);
  }

  @Test
  void nullIsAsGoodAsNone() {
    CorsDecider policy =
        PolicyDocument.parse(
            """
            {"origins": ["https://app.example.com"], "methods": null, "requestHeaders": null,
             "exposedHeaders": null, "credentials": null, "maxAgeSeconds": null,
             "preflightStatus": null, "refused": null, "blockRefusedOrigins": null,
             "tolerateInsecureOrigins": null, "toleratePublicSuffixes": null,
             "tolerateNullOrigin": null}
            """);
    Decision decision = policy.decide(preflight("https://app.example.com", "GET"));

    assertThat(decision.status()).hasValue(204);
    assertThat(decision.headers()).containsOnlyKeys("Access-Control-Allow-Origin", "Vary");
    assertThat(policy.decide(REFUSED).status()).hasValue(403);
    assertThat(policy.decide(get("https://evil.test")).status()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"origins\": [\"*\"], \"refused\": {\"status\": null, \"origin\": null}}",
        "\ufeff{\"origins\": [\"*\"]}"
      })
  void isRead(String json) {
    assertThat(PolicyDocument.parse(json).warnings()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          ORIGINS_MISSING          | origins                 | ''     | "methods": []
          ORIGINS_MISSING          | origins                 | ''     | "origins": null
          FIELD_TYPE               | origins                 | *      | "origins": "*"
          FIELD_TYPE               | origins                 | ''     | "origins": {"regex": "a"}
          FIELD_TYPE               | origins[1]              | 5      | "origins": ["*", 5]
          FIELD_TYPE               | origins[1]              | null   | "origins": ["*", null]
          FIELD_TYPE               | origins[1]              | ''     | "origins": ["*", ["a", "b"]]
          FIELD_TYPE               | origins[1]              | ''     | "origins": ["*", {}]
          UNKNOWN_KEY              | origins[1].a            | ''     | "origins": ["*", {"a": [{}]}]
          REGEX_SYNTAX             | origins                 | /(a,b/ | "origins": ["*", {"regex": "(a,b"}]
          ORIGIN_MALFORMED         | origins                 | a.test | "origins": ["*", "a.test"]
          FIELD_TYPE               | methods                 | PUT    | "origins": ["*"], "methods": "PUT"
          FIELD_TYPE               | methods[0]              | true   | "origins": ["*"], "methods": [true]
          FIELD_TYPE               | requestHeaders          | 1      | "origins": ["*"], "requestHeaders": 1
          FIELD_TYPE               | requestHeaders[0]       | ''     | "origins": ["*"], "requestHeaders": [{}]
          FIELD_TYPE               | exposedHeaders          | ''     | "origins": ["*"], "exposedHeaders": {"a": 1}
          FIELD_TYPE               | credentials             | true   | "origins": ["*"], "credentials": "true"
          FIELD_TYPE               | credentials             | 1      | "origins": ["*"], "credentials": 1
          MAX_AGE_TYPE             | maxAgeSeconds           | 600    | "origins": ["*"], "maxAgeSeconds": "600"
          MAX_AGE_TYPE             | maxAgeSeconds           | 600.0  | "origins": ["*"], "maxAgeSeconds": 600.0
          MAX_AGE_TYPE             | maxAgeSeconds           | 6e2    | "origins": ["*"], "maxAgeSeconds": 6e2
          MAX_AGE_TYPE             | maxAgeSeconds           | true   | "origins": ["*"], "maxAgeSeconds": true
          MAX_AGE_TYPE             | maxAgeSeconds           | ''     | "origins": ["*"], "maxAgeSeconds": [600]
          MAX_AGE_RANGE            | maxAgeSeconds           | 86401  | "origins": ["*"], "maxAgeSeconds": 86401
          PREFLIGHT_STATUS         | preflightStatus         | 204    | "origins": ["*"], "preflightStatus": "204"
          PREFLIGHT_STATUS         | preflightStatus         | 404    | "origins": ["*"], "preflightStatus": 404
          FIELD_TYPE               | refused                 | 403    | "origins": ["*"], "refused": 403
          FIELD_TYPE               | refused                 | ''     | "origins": ["*"], "refused": [403]
          REFUSED_STATUS           | refused.status          | 403    | "origins": ["*"], "refused": {"status": "403"}
          REFUSED_STATUS           | refused.status          | 302    | "origins": ["*"], "refused": {"status": 302}
          FIELD_TYPE               | refused.origin          | 5      | "origins": ["*"], "refused": {"origin": 5}
          REFUSED_ORIGIN           | refused.origin          | *      | "origins": ["*"], "refused": {"origin": "*"}
          UNKNOWN_KEY              | refused.body            | ''     | "origins": ["*"], "refused": {"body": {"a": []}}
          FIELD_TYPE               | blockRefusedOrigins     | no     | "origins": ["*"], "blockRefusedOrigins": "no"
          FIELD_TYPE               | tolerateInsecureOrigins | 0      | "origins": ["*"], "tolerateInsecureOrigins": 0
          FIELD_TYPE               | toleratePublicSuffixes  | ''     | "origins": ["*"], "toleratePublicSuffixes": []
          FIELD_TYPE               | tolerateNullOrigin      | ''     | "origins": ["*"], "tolerateNullOrigin": {}
          UNKNOWN_KEY              | credentails             | true   | "origins": ["*"], "credentails": true
          UNKNOWN_KEY              | credentails             | null   | "origins": ["*"], "credentails": null
          FIELD_TYPE               | origins[1].regex        | 5      | "origins": ["*", {"regex": 5}]
          UNKNOWN_KEY              | refused.body            | null   | "origins": ["*"], "refused": {"body": null}
          MAX_AGE_RANGE            | maxAgeSeconds           | 99999999999 | "origins": ["*"], "maxAgeSeconds": 99999999999
          UNKNOWN_KEY              | Origins                 | ''     | "origins": ["*"], "Origins": [["a"]]
          """)
  void isTheOnlyError(String code, String field, String value, String fields) {
    List<Problem> errors = problems("{" + fields + "}").stream().filter(Problem::isError).toList();

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).code()).hasToString(code);
    assertThat(errors.get(0).field()).isEqualTo(field);
    assertThat(errors.get(0).value()).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "MAX_AGE_RANGE, maxAgeSeconds, 99999999999",
    "MAX_AGE_RANGE, maxAgeSeconds, -4294967296",
    "PREFLIGHT_STATUS, preflightStatus, 4294967500",
    "PREFLIGHT_STATUS, preflightStatus, 99999999999999999999"
  })
  void numberBeyondAnIntegerIsOutOfRange(String code, String field, String number) {
    assertThat(problems("{\"origins\": [\"*\"], \"" + field + "\": " + number + "}"))
        .extracting(problem -> problem.code().name(), Problem::field)
        .containsExactly(tuple(code, field));
  }

  @Test
  void everythingIsReportedAtOnce() {
    assertThat(
            problems(
                """
                {"origins": "*", "methods": [1, "TRACE"], "requestHeaders": ["cookie", {}],
                 "credentials": "yes", "maxAgeSeconds": -2, "refused": {"status": [], "x": 1},
                 "extra": {"a": [1, 2]}, "exposedHeaders": ["set-cookie"]}
                """))
        .extracting(problem -> problem.field() + " " + problem.code())
        .containsExactlyInAnyOrder(
            "origins FIELD_TYPE",
            "methods[0] FIELD_TYPE",
            "methods METHOD_FORBIDDEN",
            "requestHeaders[1] FIELD_TYPE",
            "requestHeaders REQUEST_HEADER_FORBIDDEN",
            "credentials FIELD_TYPE",
            "maxAgeSeconds MAX_AGE_RANGE",
            "refused.status REFUSED_STATUS",
            "refused.x UNKNOWN_KEY",
            "extra UNKNOWN_KEY",
            "exposedHeaders RESPONSE_HEADER_FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "\"origins\"", "5", "true"})
  void documentIsAnObject(String json) {
    assertThat(problems(json)).extracting(Problem::code).contains(DOCUMENT_TYPE);
  }

  @Test
  void nothingStandsBehindTheDocument() {
    assertThat(problems("{\"origins\": [\"*\"]} {}"))
        .extracting(Problem::code)
        .containsExactly(DOCUMENT_TYPE);
  }

  @ParameterizedTest(name = "{0}: line {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"origins": ["*"]                            | 1
          {"origins": ["*",]}                           | 1
          {~"origins": ["*"],}                         | 2
          {~"origins":~["*"~"null"]}                   | 4
          {"origins": ["*"],~"origins": []}            | 2
          {"origins": [],~"refused": {"origin": "a",~"origin": "a"}} | 3
          {"origins": ["*"]}~x                         | 2
          {"credentials": True}                        | 1
          {"maxAgeSeconds": 060}                       | 1
          {"maxAgeSeconds": NaN}                       | 1
          """)
  void syntaxErrorNamesTheLine(String json, int line) {
    List<Problem> problems = problems(json.replace('~', '\n'));

    assertThat(problems).extracting(Problem::code).containsExactly(DOCUMENT_SYNTAX);
    assertThat(problems.get(0).field()).isEqualTo("document");
    assertThat(problems.get(0).message()).contains(" at line " + line + ", column ");
  }

  @Test
  void withdrawnPrivateNetworkIsAWarning() {
    CorsDecider policy = PolicyDocument.parse("{\"origins\": [\"*\"], \"privateNetwork\": true}");

    assertThat(policy.warnings())
        .extracting(Problem::code)
        .containsExactly(PRIVATE_NETWORK_WITHDRAWN);
    assertThat(PolicyDocument.parse("{\"origins\":[\"*\"],\"privateNetwork\":false}").warnings())
        .isEmpty();
  }

  private static List<Problem> problems(String json) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> PolicyDocument.parse(json));
    assertThat(invalid).as(json).isNotNull();
    return invalid.problems();
  }

  private static HttpRequest get(String origin) {
    return HttpRequest.of("GET", Map.of("Origin", List.of(origin)));
  }

  private static HttpRequest preflight(String origin, String method) {
    return HttpRequest.of(
        "OPTIONS",
        Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of(method)));
  }
}
