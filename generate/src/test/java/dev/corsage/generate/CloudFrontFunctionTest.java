package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsage.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Parser;

/** Both functions together do at the edge what the engine decides, and CloudFront takes them. */
@Tag("once")
class CloudFrontFunctionTest {
  private static final Target TARGET = new CloudFrontFunction();

  private static Interpreter node;

  @BeforeAll
  static void start() throws IOException {
    node = Interpreter.node();
  }

  @AfterAll
  static void stop() throws IOException {
    node.close();
  }

  private static String file(Generated generated, String path) {
    return generated.files().stream()
        .filter(file -> file.path().equals(path))
        .map(GeneratedFile::content)
        .findFirst()
        .orElse("");
  }

  /** Returns what the functions do, in the form of decisions. */
  private static List<JsonNode> decide(Generated generated, Case given) throws IOException {
    String request = file(generated, "viewer-request.js");
    String response = file(generated, "viewer-response.js");
    for (String code : List.of(request, response)) {
      assertThat(code.getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(CloudFrontFunction.MAX_CODE);
      parse(code);
    }
    Map<String, Object> functions =
        Map.of(
            "request", request,
            "response", response,
            "store", file(generated, "origins.json"));
    return node.run(
        "edge", Cases.JSON.writeValueAsString(functions), Interpreter.requests(given.requests()));
  }

  /**
   * The runtime has ECMAScript 5.1, const and let, and, where a key value store is read, async,
   * await and the import of its own module. The parser of Rhino for JavaScript 1.8, of 2008, has
   * const and let and nothing newer.
   */
  private static void parse(String code) {
    CompilerEnvirons environment = new CompilerEnvirons();
    environment.setLanguageVersion(Context.VERSION_1_8);
    String old =
        code.replace("import cf from 'cloudfront';", "")
            .replace("async function handler", "function handler")
            .replace("await STORE.exists", "STORE.exists");
    new Parser(environment).parse(old, "function", 1);
  }

  /** Returns what a second engine does, for policies whose functions await nothing. */
  private static List<JsonNode> decideByRhino(Generated generated, Case given) throws IOException {
    try (Rhino rhino = new Rhino()) {
      return rhino.decide(
          file(generated, "viewer-request.js"), file(generated, "viewer-response.js"), given);
    }
  }

  private static List<JsonNode> shown(Case given) {
    return Comparison.decisions(given).stream().map(CloudFrontFunctionTest::shown).toList();
  }

  /** Of a decision the edge shows the status and the headers. */
  private static JsonNode shown(JsonNode decision) {
    ObjectNode shown = Cases.JSON.createObjectNode();
    shown.set("status", decision.get("status"));
    ObjectNode headers = shown.putObject("headers");
    decision
        .get("headers")
        .properties()
        .forEach(
            header -> headers.set(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return shown;
  }

  /** Compares what fits in a function. */
  private static Comparison compare(Comparison.Run run, List<Case> cases) throws Exception {
    Comparison comparison =
        new Comparison(TARGET, CloudFrontFunctionTest::shown, run).compare(cases);
    assertThat(comparison.refused())
        .flatExtracting(Generated::problems)
        .filteredOn(Problem::isError)
        .extracting(Problem::code)
        .allMatch(code -> code == GenerateCode.TARGET_LIMIT);
    System.out.printf(
        "cloudfront-function: %d policies, %d requests; %d policies too large%n",
        comparison.policies(), comparison.requests(), comparison.refused().size());
    return comparison;
  }

  @Test
  void generatedPolicies() throws Exception {
    List<Case> cases = Cases.generated(15, 350);
    assertThat(cases).hasSizeGreaterThan(200);

    Comparison comparison = compare(CloudFrontFunctionTest::decide, cases);

    assertThat(comparison.requests()).isGreaterThan(100);
    assertThat(comparison.refused()).hasSizeLessThan(cases.size() / 8);
  }

  @Test
  void openCorpora() throws Exception {
    List<Case> cases = Cases.corpora();
    Comparison comparison = compare(CloudFrontFunctionTest::decide, cases);
    assertThat(cases.isEmpty() || comparison.requests() > 100).isTrue();
  }

  @Test
  void aSecondEngineDecidesInTheSameWay() throws Exception {
    assertThat(compare(CloudFrontFunctionTest::decideByRhino, Cases.generated(16, 100)).requests())
        .isGreaterThan(2_000);
  }

  @Test
  void manyOriginsAreInAStore() throws Exception {
    Case given = manyOrigins(10_000);
    Generated generated = given.generate(TARGET);
    String template = file(generated, "cloudfront-function.yaml");

    assertThat(file(generated, "origins.json"))
        .contains("\"key\" : \"https://a0.test\"", "\"key\" : \"https://a9999.test\"");
    assertThat(template)
        .contains("KeyValueStoreARN: !GetAtt CorsOrigins.Arn", "SourceArn: !Ref OriginsFile")
        .doesNotContain("a9999.test");
    assertThat(compare(CloudFrontFunctionTest::decide, List.of(given)).requests())
        .isEqualTo(given.requests().size());
  }

  @Test
  void aStoreHasALimit() {
    assertThat(manyOrigins(120_000).generate(TARGET).isRefused()).isTrue();
  }

  private static Case manyOrigins(int count) {
    List<Case.Request> requests = new ArrayList<>();
    for (String origin :
        List.of("https://a0.test", "https://a9999.test", "https://a.b.test", "x", "", "null")) {
      requests.add(new Case.Request("GET", Map.of("Origin", List.of(origin))));
      requests.add(
          new Case.Request(
              "OPTIONS",
              Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of("POST"))));
    }
    requests.add(
        new Case.Request("GET", Map.of("Origin", List.of("https://a0.test", "https://a1.test"))));
    String origins =
        IntStream.range(0, count)
            .mapToObj(i -> "\"https://a" + i + ".test\"")
            .collect(Collectors.joining(","));
    return new Case("many", "{\"origins\":[\"https://*.b.test\"," + origins + "]}", requests);
  }

  /** The template has the same code as the files, and names no origin but in code and headers. */
  @Test
  void theTemplateIsComplete() {
    Generated generated =
        new Case(
                "template",
                "{\"origins\":[\"https://a.test\",\"https://*.b.test:*\",\"/https:\\\\/\\\\/c[0-9]\\\\.c\\\\.test/\"]}",
                List.of())
            .generate(TARGET);
    String template = file(generated, "cloudfront-function.yaml");
    Matcher code = Pattern.compile("FunctionCode: \\|\n((?: {8}.*\n)+)").matcher(template);

    for (String name : List.of("viewer-request.js", "viewer-response.js")) {
      assertThat(code.find()).isTrue();
      assertThat(code.group(1).replaceAll("(?m)^ {8}", "")).isEqualTo(file(generated, name));
    }
    assertThat(template)
        .contains("Type: AWS::CloudFront::CachePolicy", "HeaderBehavior: \"allExcept\"")
        .contains("- \"https://a.test\"", "- \"https://*.b.test\"", "- \"https://*.b.test:*\"");
    assertThat(generated.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(GenerateCode.TARGET_DIFFERS);
              assertThat(problem.message()).contains("status 400", "not for /https:");
            });
  }
}
