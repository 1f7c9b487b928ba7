package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The corpora of origins and requests, through {@code ./corsage decide}. */
@Tag("once")
class DecideCorpusTest {

  /** Keys of the corpus's policies that describe other engines, not this one's document. */
  static final Set<String> FOREIGN_KEYS =
      Set.of(
          "debug",
          "disabled",
          "handlerHeaders",
          "handlerVary",
          "originPatterns",
          "originPredicate",
          "preflightPassthrough",
          "serverOrigin");

  @TestFactory
  Stream<DynamicTest> attacks() throws Exception {
    List<Map<String, Object>> rows =
        rows(Repository.corpus("attacks.ndjson"))
            .filter(row -> row.get("via").equals("engine"))
            .toList();
    return decided(rows, DecideCorpusTest::attack)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.row.get("id") + " " + row.row.get("why"),
                    () -> {
                      boolean accepted = Boolean.TRUE.equals(row.response.get("allowed"));
                      assertThat(accepted ? "accept" : "reject")
                          .as("%s", row)
                          .isEqualTo(row.row.get("must"));
                      if (!accepted) {
                        assertThat(headers(row.response))
                            .doesNotContainKey("access-control-allow-origin");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> vectors() throws Exception {
    Path file = Repository.shared("vectors.ndjson");
    assumeTrue(Repository.exists(file), "vectors.ndjson is not beside the checkout: not run");
    List<Map<String, Object>> rows =
        rows(Files.readString(file)).filter(row -> !row.containsKey("debatable")).toList();
    return decided(rows, DecideCorpusTest::vector)
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.row.get("id") + " " + row.row.get("name"), () -> assertVector(row)));
  }

  private static void assertVector(Row row) {
    Map<String, Object> expected = map(row.row.get("expect"));
    Map<String, String> headers = headers(row.response);
    assertThat(row.response).as("%s", row).containsEntry("allowed", expected.get("allowed"));
    assertThat(row.response).as("%s", row).containsEntry("kind", expected.get("kind"));
    Map.of(
            "acao", "access-control-allow-origin",
            "acac", "access-control-allow-credentials",
            "acam", "access-control-allow-methods",
            "acah", "access-control-allow-headers",
            "acma", "access-control-max-age",
            "aceh", "access-control-expose-headers")
        .forEach(
            (key, header) -> {
              if (expected.containsKey(key)) {
                assertThat(list(headers.get(header)))
                    .as("%s of %s", header, row)
                    .isEqualTo(list((String) expected.get(key)));
              }
            });
    if (expected.get("status") != null && row.response.get("kind").equals("preflight")) {
      assertThat(row.response).as("%s", row).containsEntry("status", expected.get("status"));
    }
    assertVary(row, expected, headers);
  }

  /**
   * The corpus's engines send no Vary on preflights; ours does on every response that depends on
   * the request (DESIGN.md, Vary). What a handler adds is the wrapper's matter, not decide's.
   */
  private static void assertVary(
      Row row, Map<String, Object> expected, Map<String, String> headers) {
    if (expected.get("vary") == null || map(row.row.get("policy")).containsKey("handlerVary")) {
      return;
    }
    Set<String> vary = list(headers.get("vary"));
    for (Object name : (List<?>) expected.get("vary")) {
      assertThat(vary).as("Vary of %s", row).contains(((String) name).toLowerCase(Locale.ROOT));
    }
    if (!row.response.get("kind").equals("preflight")) {
      assertThat(vary).as("Vary of %s", row).hasSameSizeAs((List<?>) expected.get("vary"));
    }
  }

  /** Whoever reads the responses may have enough of them. */
  @Test
  @Timeout(60)
  void endsWhenNobodyReadsOn() throws Exception {
    Process decide = Command.builder(Map.of(), "decide").start();
    decide.getInputStream().close();
    byte[] line = "{}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream in = decide.getOutputStream()) {
      while (decide.isAlive()) {
        in.write(line);
        in.flush();
      }
    } catch (IOException ended) {
      assertThat(ended).hasMessageContaining("pipe");
    }
    assertThat(decide.waitFor()).isEqualTo(1);
  }

  /** One row of a corpus and what {@code decide} answered. */
  private record Row(Map<String, Object> row, Map<String, Object> response) {}

  private interface Question {
    Map<String, Object> of(Map<String, Object> row);
  }

  private static Stream<Row> decided(List<Map<String, Object>> rows, Question question)
      throws IOException, InterruptedException {
    StringBuilder input = new StringBuilder();
    rows.forEach(row -> input.append(Json.write(question.of(row))).append('\n'));
    Command decide = Command.corsage(Map.of(), input.toString(), "decide");
    assertThat(decide.status()).as(decide.err()).isZero();
    List<String> responses = decide.out().lines().toList();
    assertThat(responses).hasSameSizeAs(rows).isNotEmpty();
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new Row(rows.get(i), Json.object(responses.get(i))));
  }

  private static Map<String, Object> attack(Map<String, Object> row) {
    Object allow = row.get("allow");
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("origins", allow instanceof List ? allow : List.of(allow));
    if (allow.equals("null")) {
      policy.put("tolerateNullOrigin", true);
    }
    return Map.of(
        "policy",
        policy,
        "request",
        Map.of("method", "GET", "headers", Map.of("Origin", row.get("origin"))));
  }

  private static Map<String, Object> vector(Map<String, Object> row) {
    Map<String, Object> policy = new LinkedHashMap<>(map(row.get("policy")));
    policy.keySet().removeAll(FOREIGN_KEYS);
    // The corpus writes "whatever was asked for" in its own way.
    policy.computeIfPresent(
        "requestHeaders",
        (key, value) ->
            ((List<?>) value).stream().map(name -> name.equals("<mirror>") ? "*" : name).toList());
    return Map.of("policy", policy, "request", row.get("request"));
  }

  private static Stream<Map<String, Object>> rows(String ndjson) {
    return ndjson.lines().filter(line -> !line.isBlank()).map(Json::object);
  }

  private static Map<String, String> headers(Map<String, Object> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (response.get("headers") != null) {
      map(response.get("headers"))
          .forEach(
              (name, lines) -> {
                assertThat((List<?>) lines).as("lines of %s", name).hasSize(1);
                headers.put(name.toLowerCase(Locale.ROOT), (String) ((List<?>) lines).get(0));
              });
    }
    return headers;
  }

  /** Returns the elements of a list header; order, case and white space do not matter. */
  private static Set<String> list(String header) {
    Set<String> elements = new TreeSet<>();
    if (header != null) {
      for (String element : header.split(",", -1)) {
        elements.add(element.strip().toLowerCase(Locale.ROOT));
      }
    }
    return elements;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
