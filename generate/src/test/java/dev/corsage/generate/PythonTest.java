package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module for Python decides as the engine does, run by Python. */
class PythonTest {
  private static Interpreter python;

  @BeforeAll
  static void start() throws IOException {
    python = Interpreter.python("driver.py");
  }

  @AfterAll
  static void end() throws IOException {
    python.close();
  }

  @Test
  void decidesAsTheEngine() throws IOException {
    Differential generated = new Differential(Case::expected, PythonTest::decided);
    Cases.generated(1, 1_000).forEach(generated::compare);
    assertThat(generated.policies()).isGreaterThan(200);
    assertThat(generated.requests()).isGreaterThan(12_000);

    Differential corpora = new Differential(Case::expected, PythonTest::decided);
    Cases.corpora().forEach(corpora::compare);
    System.out.printf(
        "python: %d × %d generated, %d × %d of the corpora%n",
        generated.policies(), generated.requests(), corpora.policies(), corpora.requests());
  }

  /** Names of methods and headers may have signs of every language; they stay data. */
  @Test
  void theCodeIsTheSameForEveryPolicy() throws IOException {
    String first = null;
    for (Case made : Cases.generated(3, 300)) {
      String code = code(made).replaceFirst("# Policy SHA-256: .*", "");
      int start = code.indexOf("r'''{");
      int end = code.indexOf("}'''", start);
      String data = code.substring(start + 4, end + 1);
      String rest = code.substring(0, start) + code.substring(end + 4);
      first = first == null ? rest : first;

      assertThat(data).matches("[ -~\\n]+").doesNotContain("'", "`", "$", "#");
      assertThat(rest).isEqualTo(first);
      assertThat(code(made)).isEqualTo(code(made));
    }
  }

  @Test
  void tenThousandOriginsAreLookedUpByHash() {
    List<String> origins =
        IntStream.range(0, 10_000).mapToObj(i -> "https://s" + i + ".test").toList();
    String document = "{\"origins\":[\"" + String.join("\",\"", origins) + "\"]}";
    List<Case.Request> requests =
        Stream.of("https://s0.test", "https://s9999.test", "https://s10000.test")
            .map(origin -> new Case.Request("GET", Map.of("Origin", List.of(origin))))
            .toList();

    Case made = new Case("many", document, requests);
    long start = System.nanoTime();
    code(made);
    System.out.printf("python: 10,000 origins in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    new Differential(Case::expected, PythonTest::decided).compare(made);
  }

  private static List<?> decided(Case made) {
    return python.run(
        Map.of(
            "code", code(made),
            "requests", made.requests().stream().map(Case.Request::json).toList()));
  }

  private static String code(Case made) {
    Generated generated = made.generate(new Python());
    assertThat(generated.exact()).as(made.document()).isTrue();
    return generated.files().get(0).content();
  }

  @Test
  void wrapsAsTheWrapperInJava() throws IOException {
    List<Map<String, Object>> responses = Exchanges.responses();
    int compared = 0;
    for (Case made : Cases.generated(2, 40)) {
      List<Map<String, Object>> exchanges = new ArrayList<>();
      for (Case.Request request : made.requests()) {
        for (Object event : Exchanges.events(request)) {
          exchanges.add(exchange(event, responses.get(exchanges.size() % responses.size())));
        }
      }
      compared += compare(made, exchanges);
    }
    for (Case made : WRAPPED) {
      List<Object> events = new ArrayList<>(Exchanges.others());
      events.addAll(Exchanges.corpus());
      events.addAll(Exchanges.events(made.requests().get(0)));
      for (Object event : events) {
        compared += compare(made, responses.stream().map(r -> exchange(event, r)).toList());
      }
    }
    assertThat(compared).isGreaterThan(10_000);
    System.out.printf("python: %d exchanges%n", compared);
  }

  private static final List<Case> WRAPPED =
      Stream.of("", ",\"blockRefusedOrigins\":true,\"credentials\":true")
          .map(
              more ->
                  new Case(
                      "wrapped",
                      "{\"origins\":[\"https://example.com\",\"https://*.example.com\"]"
                          + more
                          + "}",
                      List.of(
                          new Case.Request(
                              "GET", Map.of("Origin", List.of("https://example.com"))))))
          .toList();

  private static Map<String, Object> exchange(Object event, Map<String, Object> response) {
    Map<String, Object> exchange = new LinkedHashMap<>(response);
    exchange.put("event", event);
    return exchange;
  }

  private static int compare(Case made, List<Map<String, Object>> exchanges) throws IOException {
    List<Map<String, Object>> wanted = JavaWrapper.run(made, exchanges);
    List<Map<String, Object>> seen = python.run(Map.of("code", code(made), "exchanges", exchanges));
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(readBody(seen.get(i)))
          .as("%s %s", made.document(), Cases.JSON.writeValueAsString(exchanges.get(i)))
          .isEqualTo(readBody(wanted.get(i)));
    }
    return wanted.size();
  }

  /** A response that is the body itself is JSON, which each language spaces in its own way. */
  private static Map<String, Object> readBody(Map<String, Object> result) throws IOException {
    if (result.get("response") instanceof Map<?, ?> response
        && response.get("body") instanceof String body
        && Map.of("Content-Type", "application/json").equals(contentType(response))) {
      Map<Object, Object> read = new LinkedHashMap<>(response);
      read.put("body", Cases.JSON.readValue(body, Object.class));
      Map<String, Object> changed = new LinkedHashMap<>(result);
      changed.put("response", read);
      return changed;
    }
    return result;
  }

  private static Map<?, ?> contentType(Map<?, ?> response) {
    return response.get("headers") instanceof Map<?, ?> headers
            && headers.get("Content-Type") instanceof String type
        ? Map.of("Content-Type", type)
        : Map.of();
  }
}
