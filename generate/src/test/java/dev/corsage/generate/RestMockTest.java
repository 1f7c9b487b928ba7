package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Origin;
import dev.corsage.gateway.mapping.MappingException;
import dev.corsage.gateway.mapping.MappingInput;
import dev.corsage.gateway.mapping.MappingResult;
import dev.corsage.gateway.mapping.MappingTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The mapping template decides as the engine does, run by Apache Velocity with API Gateway's
 * variables.
 */
@Tag("once")
@net.jqwik.api.Tag("once")
class RestMockTest {
  private static final RestMock TARGET = new RestMock();

  @Test
  void decidesTheCorporaAsTheEngineDoes() throws Exception {
    List<Case> cases = Cases.corpora();
    Comparison comparison = compare(cases);
    if (!cases.isEmpty()) {
      assertThat(comparison.policies()).isGreaterThan(80);
      assertThat(comparison.requests()).isGreaterThan(500);
    }
  }

  @Test
  void decidesGeneratedCasesAsTheEngineDoes() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (long seed = 1; seed <= 4; seed++) {
      cases.addAll(Cases.generated(seed, 400));
    }
    Comparison comparison = compare(cases);
    assertThat(comparison.policies()).isGreaterThan(800);
    assertThat(comparison.requests()).isGreaterThan(50_000);
  }

  private static Comparison compare(List<Case> cases) throws Exception {
    Comparison comparison =
        new Comparison(TARGET, RestMockTest::expected, RestMockTest::evaluated)
            .compare(cases.stream().map(RestMockTest::asSeen).toList());
    System.out.printf(
        "rest-mock: %d policies, %d requests%n", comparison.policies(), comparison.requests());
    return comparison;
  }

  private static List<?> expected(Case given) {
    List<Map<String, Object>> decisions = given.expected();
    return IntStream.range(0, decisions.size())
        .mapToObj(i -> response(decisions.get(i), given.requests().get(i)))
        .toList();
  }

  private static List<?> evaluated(Generated generated, Case given) throws MappingException {
    MappingTemplate template = MappingTemplate.compile(template(generated));
    List<Map<String, Object>> responses = new ArrayList<>();
    for (Case.Request request : given.requests()) {
      responses.add(response(template, request));
    }
    return responses;
  }

  /**
   * Returns what reaches an OPTIONS, as the template sees it: one line a header. Of other requests
   * it is the preflight that a browser would send first.
   */
  private static Case asSeen(Case made) {
    List<Case.Request> seen = new ArrayList<>();
    for (Case.Request request : made.requests()) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      request
          .headers()
          .forEach(
              (name, lines) -> {
                if (!lines.isEmpty()) {
                  headers.put(name, lines.subList(lines.size() - 1, lines.size()));
                }
              });
      if (!request.method().equals("OPTIONS")
          && request.header("access-control-request-method").isEmpty()) {
        headers.put("Access-Control-Request-Method", List.of(request.method()));
      }
      seen.add(new Case.Request("OPTIONS", headers));
    }
    return new Case(made.name(), made.document(), seen);
  }

  private static String template(Generated generated) {
    return generated.files().stream()
        .filter(file -> file.path().equals("rest-mock.vtl"))
        .map(GeneratedFile::content)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> response(MappingTemplate template, Case.Request request)
      throws MappingException {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, lines) -> headers.put(name, lines.get(0)));
    MappingResult result = template.evaluate(MappingInput.ofHeaders(headers));
    return Map.of(
        "status", result.overrides().status().orElse(0),
        "headers", result.overrides().responseHeaders(),
        "body", result.body());
  }

  /** What the preflight function responds with. */
  private static Map<String, Object> response(Map<String, Object> decision, Case.Request request) {
    boolean preflight = decision.get("kind").equals("preflight");
    String missing =
        request.header("origin").isEmpty() ? "Origin" : "Access-Control-Request-Method";
    return Map.of(
        "status", preflight ? decision.get("status") : 400,
        "headers", decision.get("headers"),
        "body",
            preflight
                ? ""
                : "{\"message\":\"This is not a CORS preflight: the header "
                    + missing
                    + " is missing.\"}");
  }

  private static MappingResult evaluate(String document, Map<String, String> headers)
      throws MappingException {
    Generated generated = new Case("", document, List.of()).generate(TARGET);
    return MappingTemplate.compile(template(generated)).evaluate(MappingInput.ofHeaders(headers));
  }

  @Test
  void twoSpellingsOfAHeaderAreTwoLines() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Origin", "https://example.com");
    headers.put("origin", "https://example.com");
    headers.put("Access-Control-Request-Method", "GET");
    assertThat(evaluate("{\"origins\": [\"https://example.com\"]}", headers).overrides().status())
        .hasValue(403);
  }

  /** Loops of API Gateway end after 1,000 turns: what is behind them is not allowed unseen. */
  @Test
  void namesBeyondTheLastTurnAreRefused() throws Exception {
    String policy = "{\"origins\": [\"https://example.com\"], \"requestHeaders\": [\"x-a\"]}";
    for (int names : List.of(998, 999, 5_000)) {
      String asked = "x-a,".repeat(names - 2) + "x-a";
      for (String last : List.of("x-a", "x-b")) {
        assertThat(
                evaluate(
                        policy,
                        Map.of(
                            "Origin", "https://example.com",
                            "Access-Control-Request-Method", "GET",
                            "Access-Control-Request-Headers", asked + "," + last))
                    .overrides()
                    .status())
            .hasValue(names < 999 && last.equals("x-a") ? 204 : 403);
      }
    }
  }

  @Test
  void aLongListFitsAndALongerOneIsRefused() throws Exception {
    String policy = "{\"origins\": [" + origins(7_000) + "]}";
    for (String origin : List.of("https://o6999.example.com", "https://o7000.example.com")) {
      assertThat(
              evaluate(policy, Map.of("Origin", origin, "Access-Control-Request-Method", "GET"))
                  .overrides()
                  .status())
          .hasValue(origin.contains("6999") ? 204 : 403);
    }
    Case longer = new Case("", "{\"origins\": [" + origins(12_000) + "]}", List.of());
    assertThat(longer.generate(TARGET).problems())
        .anyMatch(problem -> problem.code() == GenerateCode.TARGET_LIMIT);
  }

  private static String origins(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "\"https://o" + number + ".example.com\"")
        .collect(Collectors.joining(","));
  }

  @Test
  void refusesWhatItCannotExpress() {
    for (String entry :
        List.of("/https:\\/\\/([a-z]+)+\\.example\\.com/", "/http:\\/\\/\\[::1\\]:(3000|4000)/")) {
      Case made =
          new Case(
              entry,
              "{\"origins\": [\"https://example.com\", \""
                  + entry.replace("\\", "\\\\")
                  + "\"]"
                  + ", \"tolerateInsecureOrigins\": true}",
              List.of());
      assertThat(made.generate(TARGET).problems())
          .filteredOn(problem -> problem.isError())
          .singleElement()
          .satisfies(problem -> assertThat(problem.value()).isEqualTo(entry));
    }
  }

  @Test
  void writesTheErrorsOfOneOriginAlone() {
    assertThat(Stream.of("[\"https://example.com\"]", "[\"*\"]").map(this::cloudFormation))
        .allSatisfy(file -> assertThat(file).contains("AWS::ApiGateway::GatewayResponse"));
    assertThat(
            Stream.of(
                    "[\"https://example.com\", \"https://example.org\"]",
                    "[\"https://*.example.com\"]")
                .map(this::cloudFormation))
        .noneSatisfy(file -> assertThat(file).contains("AWS::ApiGateway::GatewayResponse"));
  }

  private String cloudFormation(String origins) {
    Case made = new Case(origins, "{\"origins\": " + origins + "}", List.of());
    return made.generate(TARGET).files().get(0).content();
  }

  /** What stands in front of the expressions lets through what browsers send, and nothing else. */
  @Property(tries = 3_000)
  void takesWellFormedOriginsAlone(
      @ForAll("schemes") String scheme,
      @ForAll @Size(min = 1, max = 4) List<@From("labels") String> labels,
      @ForAll("ends") String end)
      throws MappingException {
    String origin = scheme + "://" + String.join(".", labels) + end;
    boolean allowed =
        GUARD
            .evaluate(
                MappingInput.ofHeaders(
                    Map.of("Origin", origin, "Access-Control-Request-Method", "GET")))
            .overrides()
            .responseHeaders()
            .containsKey("Access-Control-Allow-Origin");
    Statistics.label("well-formed").collect(allowed);
    assertThat(allowed).as(origin).isEqualTo(Origin.parse(origin).isPresent());
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of(
        "https",
        "http",
        "wss",
        "ws",
        "ftp",
        "app",
        "a.b+c-1",
        "file",
        "data",
        "blob",
        "1a",
        "Https",
        "-a",
        "",
        "a".repeat(64),
        "a".repeat(65),
        "chrome-extension");
  }

  @Provide
  Arbitrary<String> labels() {
    return Arbitraries.of(
        "example",
        "com",
        "a",
        "0",
        "1",
        "127",
        "255",
        "256",
        "00",
        "01",
        "0x",
        "0xf",
        "0xg",
        "1a",
        "-",
        "-a",
        "a-",
        "xn--",
        "xn--a",
        "xn--a-",
        "xn-a-",
        "a_b",
        "_",
        "",
        "A",
        "a".repeat(63),
        "a".repeat(64),
        "a".repeat(62) + "." + "b".repeat(63) + "." + "c".repeat(63),
        "a b",
        "\u00e4",
        "a@b",
        "a/b",
        "a\n",
        "%61");
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of(
        "", "", "", ".", "..", ":", ":1", ":0", ":01", ":80", ":443", ":21", ":8080", ":65535",
        ":65536", ":70000", ":100000", ":1:2", ".:1", "/", "\n", ":80\n", "?", "#", " ");
  }

  private static final MappingTemplate GUARD = guard();

  /** A template whose expression takes all that is well-formed. */
  private static MappingTemplate guard() {
    Case made = new Case("guard", "{\"origins\": [\"https://*.example.com\"]}", List.of());
    try {
      return MappingTemplate.compile(
          template(made.generate(TARGET))
              .replaceFirst("(?m)^#set\\(\\$expressions = .*$", "#set(\\$expressions = ['.*'])##"));
    } catch (MappingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The code is in the resource; of a policy there is nothing in the template but values. */
  @Property(tries = 200)
  void nothingOfAPolicyBecomesCode(@ForAll long seed) throws Exception {
    for (Case made : Cases.generated(seed, 4)) {
      Generated generated = made.generate(TARGET);
      if (!generated.isRefused()) {
        List<String> lines =
            template(generated).lines().filter(line -> line.startsWith("#set($")).toList();
        assertThat(lines.subList(0, VALUES.size()))
            .as(made.document())
            .allSatisfy(line -> assertThat(line).matches(VALUE))
            .extracting(line -> line.substring(6, line.indexOf(' ')))
            .isEqualTo(VALUES);
        assertThat(template(generated).replaceAll("(?s)^.*?\\n(?=##\\n## What)", ""))
            .isEqualTo(code());
      }
    }
  }

  private static final List<String> VALUES =
      List.of(
          "anyOrigin",
          "exactOrigins",
          "hasExpressions",
          "expressions",
          "methods",
          "requestHeaders",
          "anyHeader",
          "headerExpression",
          "namesMethod",
          "namesHeaders",
          "preflightStatus",
          "refusedStatus",
          "refusedOrigin",
          "allowCredentials",
          "allowMethods",
          "allowHeaders",
          "maxAge",
          "preflightVary",
          "exposeHeaders",
          "vary");

  private static final String TEXT = "('[^'\"$#]*'|\\$util\\.urlDecode\\('[A-Za-z0-9.*_+%-]*'\\))";

  private static final String VALUE =
      "#set\\(\\$[A-Za-z]+ = (true|false|\\d{3}|"
          + TEXT
          + "|\\[("
          + TEXT
          + "(, "
          + TEXT
          + ")*)?\\])\\)##";

  private static String code() throws Exception {
    try (var in = RestMock.class.getResourceAsStream("rest-mock.vtl")) {
      String all = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return all.substring(all.indexOf("@POLICY@\n") + "@POLICY@\n".length());
    }
  }
}
