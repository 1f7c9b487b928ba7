package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The corpora of configurations that are wrong, through {@code ./corsage lint --json -}. */
@Tag("once")
class LintCorpusTest {

  /** Rows of bad-configs.ndjson that are answered otherwise, by their id. */
  private static final Map<Object, List<String>> ANSWERED_OTHERWISE =
      Map.of(
          // The host http://[::::::::::::::::1]:90 is malformed; there is nothing wrong with 90.
          46L, List.of("ORIGIN_IP_MALFORMED"),
          // Private Network Access was withdrawn, for secure and insecure origins alike.
          247L, List.of("PRIVATE_NETWORK_WITHDRAWN"),
          // The corpus names no code; there are three problems, one for each entry.
          253L,
              List.of("ORIGIN_IP_MALFORMED", "CREDENTIALS_INSECURE_ORIGIN", "ORIGIN_DEFAULT_PORT"));

  @TestFactory
  Stream<DynamicTest> badConfigurations() throws Exception {
    Path file = Repository.shared("bad-configs.ndjson");
    assumeTrue(Repository.exists(file), "bad-configs.ndjson is not beside the checkout: not run");
    List<Map<String, Object>> rows = Files.readString(file).lines().map(Json::object).toList();
    return linted(rows, row -> map(row.get("config")))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.row.get("id") + " " + row.row.get("why"), () -> assertFound(row)));
  }

  private static void assertFound(Row row) {
    Object code = row.row.get("code");
    List<String> codes = ANSWERED_OTHERWISE.getOrDefault(row.row.get("id"), List.of((String) code));
    boolean warning = row.row.get("severity").equals("warn");
    assertThat(row.codes(warning ? "warning" : "error")).as("%s", row).containsAll(codes);
    if (warning) {
      assertThat(row.codes("error")).as("%s", row).isEmpty();
    }
    for (Map<String, Object> problem : row.problems) {
      assertThat(problem).containsOnlyKeys("code", "severity", "field", "value", "message", "fix");
      if (codes.contains(problem.get("code"))) {
        assertThat(problem).containsEntry("field", row.row.get("field"));
      }
    }
  }

  /** What an attacker is served by is an error with credentials, in production. */
  @TestFactory
  Stream<DynamicTest> attacks() throws Exception {
    List<Map<String, Object>> rows = lintAttacks().toList();
    return linted(rows, LintCorpusTest::attack, "--production")
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.row.get("id") + " " + row.row.get("why"),
                    () -> assertThat(row.codes("error")).as("%s", row).isNotEmpty()));
  }

  private static Stream<Map<String, Object>> lintAttacks() throws IOException {
    return Repository.corpus("attacks.ndjson")
        .lines()
        .map(Json::object)
        .filter(row -> row.get("via").equals("lint"));
  }

  private static Map<String, Object> attack(Map<String, Object> row) {
    Object allow = row.get("allow");
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("origins", allow instanceof List ? allow : List.of(allow));
    policy.put("credentials", true);
    return policy;
  }

  /** One row of a corpus and what {@code lint} found. */
  private record Row(Map<String, Object> row, List<Map<String, Object>> problems) {
    List<String> codes(String severity) {
      return problems.stream()
          .filter(problem -> problem.get("severity").equals(severity))
          .map(problem -> (String) problem.get("code"))
          .toList();
    }
  }

  private interface Document {
    Map<String, Object> of(Map<String, Object> row);
  }

  private static Stream<Row> linted(
      List<Map<String, Object>> rows, Document document, String... options)
      throws IOException, InterruptedException {
    StringBuilder input = new StringBuilder();
    rows.forEach(row -> input.append(Json.write(document.of(row))).append('\n'));
    List<String> arguments = new ArrayList<>(List.of("lint", "--json", "-"));
    arguments.addAll(1, List.of(options));
    Command lint = Command.corsage(Map.of(), input.toString(), arguments.toArray(String[]::new));
    assertThat(lint.err()).isEmpty();
    assertThat(lint.status()).isEqualTo(1);
    List<String> responses = lint.out().lines().toList();
    assertThat(responses).hasSameSizeAs(rows).isNotEmpty();
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new Row(rows.get(i), problems(responses.get(i))));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> problems(String response) {
    return (List<Map<String, Object>>) Json.object(response).get("problems");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
