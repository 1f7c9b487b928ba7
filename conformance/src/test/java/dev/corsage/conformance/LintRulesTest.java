package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One document, or more, for each rule on policies of {@code lint-rules.ndjson}, through {@code
 * ./corsage lint --json -}.
 */
class LintRulesTest {

  /**
   * Rule, what is found, document. Nothing is found where the danger is not there: expressions
   * match whole and well-formed origins only, in linear time, so that those of R03, R06, R08 and
   * R10 are as good as they look.
   */
  private static final String RULES =
      """
      O01 | error CREDENTIALS_ANY_ORIGIN            | {"origins": ["*"], "credentials": true}
      O02 | error CREDENTIALS_NULL_ORIGIN           | {"origins": ["null"], "credentials": true, "tolerateNullOrigin": true}
      O02 | error ORIGIN_NULL                       | {"origins": ["null"]}
      O03 | error ORIGIN_PATH                       | {"origins": ["https://App.example.com/"]}
      O03 | error ORIGIN_MALFORMED                  | {"origins": ["https://App.example.com"]}
      O03 | error ORIGIN_USERINFO                   | {"origins": ["https://user@app.example.com"]}
      O04 | error ORIGIN_DEFAULT_PORT               | {"origins": ["https://app.example.com:443"]}
      O05 | error ORIGIN_MALFORMED                  | {"origins": ["app.example.com"]}
      O06 | error ORIGIN_NON_ASCII                  | {"origins": ["https://b\\u00fccher.example"]}
      O07 | error CREDENTIALS_PUBLIC_SUFFIX         | {"origins": ["https://*.co.uk"], "credentials": true}
      O08 | error CREDENTIALS_PUBLIC_SUFFIX         | {"origins": ["https://*.github.io"], "credentials": true}
      O08 | warning PUBLIC_SUFFIX                   | {"origins": ["https://*.vercel.app"]}
      O08 | error CREDENTIALS_PUBLIC_SUFFIX         | {"origins": ["https://*.s3-website-eu-west-1.amazonaws.com"], "credentials": true}
      O09 | error CREDENTIALS_INSECURE_ORIGIN       | {"origins": ["http://app.example.com"], "credentials": true}
      O09 | info ORIGIN_HTTP                        | {"origins": ["http://app.example.com"]}
      O10 | info ORIGIN_LOOPBACK                    | {"origins": ["http://localhost:3000"]}
      O10 | warning ORIGIN_LOOPBACK                 | {"origins": ["http://localhost:3000", "https://a.example"]}
      O10 | warning ORIGIN_LOOPBACK                 | {"policies": [{"stage": "prod", "policy": {"origins": ["http://localhost:3000"]}}]}
      O11 | warning ORIGIN_ANY_PORT                 | {"origins": ["https://app.example.com:*"]}
      O12 | warning CREDENTIALS_SUBDOMAINS          | {"origins": ["https://*.example.com"], "credentials": true}
      O13 | warning ORIGIN_PRIVATE_ADDRESS          | {"origins": ["http://192.168.1.10"]}
      O13 | warning ORIGIN_PRIVATE_ADDRESS          | {"origins": ["http://printer.local"]}
      O14 | error ORIGIN_IP_NOT_CANONICAL           | {"origins": ["http://[0:0:0:0:0:0:0:1]:3000"]}
      O14 | error ORIGIN_IP_NOT_CANONICAL           | {"origins": ["http://127.1"]}
      O15 | warning ORIGIN_OF_API                   | {"policies": [{"domain": "api.example.com", "policy": {"origins": ["https://api.example.com"]}}]}
      O16 | warning ORIGIN_DUPLICATE                | {"origins": ["https://a.example", "https://a.example"]}
      O16 | warning ORIGIN_REDUNDANT                | {"origins": ["https://a.example.com", "https://*.example.com"]}
      O17 | warning ORIGIN_WITHOUT_APEX             | {"origins": ["https://*.example.com"]}
      O18 | error ORIGIN_WILDCARD_PLACEMENT         | {"origins": ["https://*example.com"]}
      O19 | error ORIGIN_FILE                       | {"origins": ["file://"]}
      O19 | error ORIGIN_OPAQUE                     | {"origins": ["data:text/html,x"]}
      O20 | info ORIGIN_APP_SCHEME                  | {"origins": ["capacitor://localhost"]}
      O20 | warning ORIGIN_APP_SCHEME               | {"origins": ["capacitor://localhost"], "credentials": true}
      O21 | warning ORIGIN_EXTENSION                | {"origins": ["moz-extension://1b2c3d4e-0000-4000-8000-000000000000"]}
      O21 | error ORIGIN_WILDCARD_PLACEMENT         | {"origins": ["moz-extension://*"]}
      O22 | error ORIGIN_PORT                       | {"origins": ["https://a.test:0"]}
      O23 | error ORIGIN_LIST_IN_STRING             | {"origins": ["https://a.test, https://b.test"]}
      O24 | warning ORIGIN_TRAILING_DOT             | {"origins": ["https://app.example.com."]}
      O25 | warning ORIGIN_PLAYGROUND               | {"origins": ["https://codepen.io"]}
      O26 | warning ORIGINS_EMPTY                   | {"origins": []}
      R01 | error REGEX_SCHEME                      | {"origins": [{"regex": ".*\\\\.example\\\\.com"}]}
      R02 | error REGEX_DOT                         | {"origins": [{"regex": "https://app.example.com"}]}
      R03 | nothing                                 | {"origins": [{"regex": "https://.*\\\\.example\\\\.com"}]}
      R04 | error REGEX_GLUED                       | {"origins": [{"regex": "https://.*example\\\\.com"}]}
      R05 | error REGEX_ANY_ORIGIN                  | {"origins": [{"regex": ".*"}]}
      R06 | nothing                                 | {"origins": [{"regex": "https://[^.]+\\\\.example\\\\.com"}]}
      R07 | error REGEX_FLAGS                       | {"origins": [{"regex": "(?iu)https://key\\\\.example"}]}
      R08 | nothing                                 | {"origins": [{"regex": "https://(a+)+\\\\.example\\\\.com"}]}
      R09 | error REGEX_MATCHES_NOTHING             | {"origins": [{"regex": "example\\\\.com"}]}
      R10 | nothing                                 | {"origins": [{"regex": "^https://a\\\\.test|https://b\\\\.test$"}]}
      R11 | error REGEX_FLAGS                       | {"origins": [{"regex": "(?m)^https://a\\\\.test$"}]}
      R12 | warning REGEX_HTTP                      | {"origins": [{"regex": "https?://app\\\\.example\\\\.com"}]}
      R13 | warning REGEX_ANY_PORT                  | {"origins": [{"regex": "https://app\\\\.example\\\\.com(:\\\\d+)?"}]}
      R14 | error REGEX_NOT_LINEAR                  | {"origins": [{"regex": "https://(?!evil).*"}]}
      R15 | info REGEX_PLAIN                        | {"origins": [{"regex": "https://a\\\\.example\\\\.com"}]}
      R15 | nothing                                 | {"origins": [{"regex": "https://(a|b)\\\\.example\\\\.com"}]}
      C01 | error CREDENTIALS_ANY_ORIGIN            | {"origins": ["https://a.example", "*"], "credentials": true}
      C03 | error CREDENTIALS_EXPOSE_ALL            | {"origins": ["https://a.example"], "credentials": true, "exposedHeaders": ["*"]}
      M01 | error METHOD_FORBIDDEN                  | {"origins": ["https://a.example"], "methods": ["TRACE"]}
      M02 | warning METHOD_NORMALISED               | {"origins": ["https://a.example"], "methods": ["put"]}
      M02 | warning METHOD_CASE                     | {"origins": ["https://a.example"], "methods": ["patch"]}
      M03 | info METHOD_OPTIONS                     | {"origins": ["https://a.example"], "methods": ["OPTIONS"]}
      M03 | warning METHOD_SAFELISTED               | {"origins": ["https://a.example"], "methods": ["GET"]}
      M04 | warning METHOD_WILDCARD                 | {"origins": ["https://a.example"], "methods": ["*"]}
      M05 | error METHOD_INVALID                    | {"origins": ["https://a.example"], "methods": ["PUT POST"]}
      H01 | error HEADER_INVALID                    | {"origins": ["https://a.example"], "requestHeaders": ["x test"]}
      H02 | error REQUEST_HEADER_FORBIDDEN          | {"origins": ["https://a.example"], "requestHeaders": ["sec-fetch-site"]}
      H03 | warning REQUEST_HEADER_WILDCARD_NO_AUTH | {"origins": ["https://a.example"], "requestHeaders": ["*"]}
      H04 | warning REQUEST_HEADER_METHOD_OVERRIDE  | {"origins": ["https://a.example"], "requestHeaders": ["x-http-method-override"]}
      H05 | error REQUEST_HEADER_PROHIBITED         | {"origins": ["https://a.example"], "requestHeaders": ["access-control-allow-origin"]}
      H06 | warning REQUEST_HEADER_TRUSTED          | {"origins": ["https://a.example"], "requestHeaders": ["x-forwarded-host"]}
      H06 | warning REQUEST_HEADER_TRUSTED          | {"origins": ["https://a.example"], "requestHeaders": ["x-user-id"]}
      E01 | error RESPONSE_HEADER_FORBIDDEN         | {"origins": ["https://a.example"], "exposedHeaders": ["set-cookie"]}
      E02 | warning RESPONSE_HEADER_SECRET          | {"origins": ["https://a.example"], "exposedHeaders": ["x-amz-security-token"]}
      E02 | warning RESPONSE_HEADER_SECRET          | {"origins": ["https://a.example"], "exposedHeaders": ["authorization"]}
      E03 | warning RESPONSE_HEADER_SAFELISTED      | {"origins": ["https://a.example"], "exposedHeaders": ["content-type"]}
      X01 | error MAX_AGE_RANGE                     | {"origins": ["https://a.example"], "maxAgeSeconds": 604800}
      X01 | warning MAX_AGE_CAPPED                  | {"origins": ["https://a.example"], "maxAgeSeconds": 86400}
      X02 | error MAX_AGE_RANGE                     | {"origins": ["https://a.example"], "maxAgeSeconds": -2}
      X03 | info MAX_AGE_MISSING                    | {"origins": ["https://a.example"], "methods": ["PUT"]}
      G05 | warning PRIVATE_NETWORK_WITHDRAWN       | {"origins": ["https://a.example"], "privateNetwork": true}
      """;

  /** Rules about answers, gateways and clients: a policy document does not show them. */
  private static final Set<String> NOT_ABOUT_A_POLICY =
      Set.of(
          "C02", "E04", "G01", "G02", "G03", "G04", "G06", "G07", "V01", "V02", "V03", "V04",
          "V05");

  private record Rule(String id, String found, String document) {
    static Rule parse(String row) {
      String[] columns = row.strip().split(" +\\| ", 3);
      return new Rule(columns[0], columns[1], columns[2]);
    }
  }

  private static List<Rule> rules() {
    return RULES.lines().map(Rule::parse).toList();
  }

  @TestFactory
  Stream<DynamicTest> findsWhatTheRulesSay() throws Exception {
    List<Rule> rules = rules();
    String input = rules.stream().map(rule -> rule.document + "\n").collect(Collectors.joining());
    Command lint = Command.corsage(Map.of(), input, "lint", "--json", "-");
    List<String> responses = lint.out().lines().toList();
    assertThat(responses).hasSameSizeAs(rules);
    return IntStream.range(0, responses.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    rules.get(i).id + " " + rules.get(i).document,
                    () -> assertFound(rules.get(i), found(responses.get(i)))));
  }

  private static void assertFound(Rule rule, List<String> found) {
    if (rule.found.equals("nothing")) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).contains(rule.found);
    }
  }

  private static List<String> found(String response) {
    return ((List<?>) Json.object(response).get("problems"))
        .stream()
            .map(problem -> (Map<?, ?>) problem)
            .map(problem -> problem.get("severity") + " " + problem.get("code"))
            .toList();
  }

  @Test
  void noRuleIsForgotten() throws Exception {
    Path file = Repository.shared("lint-rules.ndjson");
    assumeTrue(Repository.exists(file), "lint-rules.ndjson is not beside the checkout: not run");
    Set<String> known = new TreeSet<>(NOT_ABOUT_A_POLICY);
    rules().forEach(rule -> known.add(rule.id));

    assertThat(Files.readString(file).lines().map(Json::object))
        .allSatisfy(
            rule -> assertThat(known).contains(((String) rule.get("id")).replace("CORS-", "")));
  }
}
