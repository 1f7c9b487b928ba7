package dev.corsage.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.Preflight;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import dev.corsage.gateway.console.Call;
import dev.corsage.lambda.PolicyDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explanation of recorded calls is that of {@code explain}, on the response that left. */
class CallExplanationTest {
  private static final CorsDecider POLICY =
      PolicyDocument.parse(
          """
          {"origins": ["https://a.example"], "methods": ["PUT"], "requestHeaders": ["x-a"]}
          """);

  private static Exchange exchange(String method, String origin, String... lines) {
    List<Field> fields = new ArrayList<>(List.of(new Field("Host", "localhost:8080")));
    if (origin != null) {
      fields.add(new Field("Origin", origin));
    }
    Arrays.stream(lines)
        .map(line -> line.split(": ", 2))
        .forEach(parts -> fields.add(new Field(parts[0], parts[1])));
    Map<String, List<String>> headers =
        fields.stream()
            .collect(
                Collectors.groupingBy(
                    Field::name,
                    LinkedHashMap::new,
                    Collectors.mapping(Field::value, Collectors.toList())));
    Decision decision = POLICY.decide(HttpRequest.of(method, headers));
    List<Field> responded =
        decision.headers().entrySet().stream()
            .map(header -> new Field(header.getKey(), header.getValue()))
            .toList();
    return judged(method, origin, fields, decision.status().orElse(200), responded, decision);
  }

  private static Exchange judged(
      String method,
      String origin,
      List<Field> fields,
      int status,
      List<Field> responded,
      Decision decision) {
    Judgement judgement = null;
    if (origin == null) {
      judgement = new Judgement(decision.kind(), null, null, "no-origin", decision.explanation());
    } else {
      Response response =
          new Response(
              status,
              responded.stream().map(field -> Map.entry(field.name(), field.value())).toList());
      Verdict omit = verdict(method, origin, fields, false, response);
      Verdict include = verdict(method, origin, fields, true, response);
      judgement =
          new Judgement(
              decision.kind(), omit, include, decision.reason().toString(), decision.explanation());
    }
    return new Exchange(
        judgement, "backend", method, "/x?y=1", origin, fields, status, responded, 1_000_000);
  }

  private static Verdict verdict(
      String method, String origin, List<Field> fields, boolean credentials, Response response) {
    Map<String, String> values =
        fields.stream().collect(Collectors.toMap(Field::name, Field::value, (a, b) -> a));
    String asked = values.get("Access-Control-Request-Method");
    if (!method.equals("OPTIONS") || asked == null) {
      return BrowserModel.check(origin, credentials, response);
    }
    String names = values.getOrDefault("Access-Control-Request-Headers", "");
    TreeSet<String> headers = new TreeSet<>();
    if (!names.isEmpty()) {
      headers.addAll(List.of(names.split(",", -1)));
    }
    return BrowserModel.checkPreflight(
        new Preflight(origin, asked, headers, credentials), response);
  }

  private static JsonNode explained(Exchange preflight, Exchange actual, boolean credentials)
      throws Exception {
    Call call = new Call(1, 1, 0, preflight, actual);
    return new ObjectMapper().readTree(CallExplanation.json(call, POLICY, credentials));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          https://a.example | PUT    | x-a | -         | passed           | -                             | origin
          https://b.example | PUT    | x-a | preflight | preflight-no-acao | Add "https://b.example" to "origins", if its pages are trusted. | origin,access-control-allow-origin
          https://a.example | DELETE | -   | preflight | preflight-no-acao | Add "DELETE" to "methods".   | access-control-request-method,access-control-allow-origin
          https://a.example | PUT    | x-b | preflight | preflight-no-acao | Add "x-b" to "requestHeaders". | access-control-request-headers,access-control-allow-origin
          https://a.example | DELETE | x-b | preflight | preflight-no-acao | Add "DELETE" to "methods". Add "x-b" to "requestHeaders". | access-control-request-method,access-control-allow-origin
          """)
  void aPreflight(
      String origin,
      String method,
      String header,
      String refusedAt,
      String key,
      String remedy,
      String deciding)
      throws Exception {
    List<String> lines = new ArrayList<>(List.of("Access-Control-Request-Method: " + method));
    if (header != null) {
      lines.add("Access-Control-Request-Headers: " + header);
    }
    JsonNode json =
        explained(exchange("OPTIONS", origin, lines.toArray(String[]::new)), null, false);

    assertThat(json.get("readable").booleanValue()).isFalse();
    assertThat(json.get("refusedAt").textValue()).isEqualTo(refusedAt);
    assertThat(json.get("key").textValue()).isEqualTo(key);
    assertThat(json.path("remedy").textValue()).isEqualTo(remedy);
    assertThat(json.get("deciding").toString().replaceAll("[\\[\\]\"]", "")).startsWith(deciding);
    assertThat(json.get("policy").get("page").get("method").textValue()).isEqualTo(method);
    assertThat(json.has("console")).isEqualTo(refusedAt != null);
  }

  @Test
  void aRequestThatThePolicyRefuses() throws Exception {
    JsonNode json = explained(null, exchange("GET", "https://b.example"), false);

    assertThat(json.get("refusedAt").textValue()).isEqualTo("request");
    assertThat(json.get("key").textValue()).isEqualTo("no-acao");
    assertThat(json.get("remedy").textValue()).startsWith("Add \"https://b.example\"");
    assertThat(json.get("console").get("Safari").textValue()).isNotEmpty();
    assertThat(json.get("preflightCached").booleanValue()).isFalse();
  }

  @Test
  void aRequestWhosePreflightTheBrowserHadAlready() throws Exception {
    JsonNode json = explained(null, exchange("PUT", "https://a.example"), false);

    assertThat(json.get("readable").booleanValue()).isTrue();
    assertThat(json.get("preflightCached").booleanValue()).isTrue();
  }

  @Test
  void headersOfTheBrowserAreNotThoseOfThePage() throws Exception {
    JsonNode json =
        explained(
            null,
            exchange(
                "GET",
                "https://a.example",
                "User-Agent: Mozilla/5.0",
                "Sec-Fetch-Mode: cors",
                "Cache-Control: no-cache",
                "X-A: 1"),
            false);

    assertThat(json.get("policy").get("page").get("headers").fieldNames())
        .toIterable()
        .containsExactly("X-A");
  }

  @Test
  void noValueOfAHeaderOfThePageIsRepeated() throws Exception {
    JsonNode json =
        explained(
            null,
            exchange("PUT", "https://a.example", "Authorization: Bearer 4711", "X-A: 4712"),
            false);

    assertThat(json.toString()).doesNotContain("4711", "4712").contains("Authorization", "X-A");
  }

  @Test
  void credentialsDecideWhereTheyAreKnown() throws Exception {
    Exchange exchange = exchange("GET", "https://a.example");

    assertThat(explained(null, exchange, false).get("readable").booleanValue()).isTrue();
    JsonNode included = explained(null, exchange, true);
    assertThat(included.get("key").textValue()).isEqualTo("acac");
    assertThat(included.get("remedy").textValue()).contains("\"credentials\": true");
  }

  /** A server that does something else than the policy: what left counts. */
  @Test
  void theResponseThatLeftCounts() throws Exception {
    Decision decision =
        POLICY.decide(HttpRequest.of("GET", Map.of("Origin", List.of("https://a.example"))));
    List<Field> fields = List.of(new Field("Origin", "https://a.example"));
    List<Field> twice =
        List.of(
            new Field("Access-Control-Allow-Origin", "https://a.example"),
            new Field("Access-Control-Allow-Origin", "*"));
    JsonNode json =
        explained(null, judged("GET", "https://a.example", fields, 200, twice, decision), false);

    assertThat(json.get("key").textValue()).isEqualTo("many-acao");
    assertThat(json.get("remedy").textValue()).isNotEmpty().doesNotContain("origins\", if");
  }

  @Test
  void whatIsNoCorsRequestIsReadable() throws Exception {
    JsonNode json = explained(null, exchange("GET", null), false);

    assertThat(json.get("readable").booleanValue()).isTrue();
    assertThat(json.get("key").textValue()).isEqualTo("no-origin");
  }
}
