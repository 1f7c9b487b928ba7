package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Origin;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The model against the standard, and against what Chromium, Firefox and WebKit were seen to do.
 * Where they differ from the standard, the difference is one of those the model tells of.
 */
class BrowserTruthTest {
  private static final List<String> BROWSERS = List.of("chromium", "firefox", "webkit");

  /** Why {@link Origin} refuses what a browser sent: no name that can be registered has it. */
  private static final Map<String, Pattern> REFUSED_ORIGINS = new LinkedHashMap<>();

  static {
    REFUSED_ORIGINS.put("an empty label", Pattern.compile("http://(.*\\.)?\\..*"));
    REFUSED_ORIGINS.put("a hyphen at the end of a label", Pattern.compile(".*-[.:].*"));
    REFUSED_ORIGINS.put("a label above 63 characters", Pattern.compile(".*[a-z]{64}.*"));
    REFUSED_ORIGINS.put(
        "a character that only a wildcard DNS record has",
        Pattern.compile("http://.*[$+~!'(),;=&`{}\"*%].*"));
  }

  @TestFactory
  Stream<DynamicTest> corsCheck() throws IOException {
    return Rows.of("corscheck.ndjson").stream()
        .map(
            row -> {
              Response response =
                  new Response(
                      200,
                      headers(
                          "Access-Control-Allow-Origin", row.get("acao"),
                          "Access-Control-Allow-Credentials", row.get("acac")));
              Verdict verdict = BrowserModel.check(request(row, "GET", List.of()), response);
              return test(row, verdict.isPassed(), row.get("shared"), Set.of());
            });
  }

  @TestFactory
  Stream<DynamicTest> preflight() throws IOException {
    return Rows.of("preflight.ndjson").stream()
        .map(
            row -> {
              Response response =
                  new Response(
                      ((Long) row.get("pst")).intValue(),
                      headers(
                          "Access-Control-Allow-Origin", row.get("acao"),
                          "Access-Control-Allow-Credentials", "true",
                          "Access-Control-Allow-Methods", row.get("acam"),
                          "Access-Control-Allow-Headers", row.get("acah")));
              List<RequestHeader> headers =
                  Rows.map(row.get("headers")).entrySet().stream()
                      .map(header -> new RequestHeader(header.getKey(), (String) header.getValue()))
                      .toList();
              PageRequest request = request(row, (String) row.get("method"), headers);
              Verdict verdict = BrowserModel.checkPreflight(request, response);
              return test(
                  row,
                  verdict.isPassed(),
                  row.get("ok"),
                  verdict.note().isEmpty() ? Set.of() : Set.copyOf(BROWSERS));
            });
  }

  @TestFactory
  Stream<DynamicTest> safelist() throws IOException {
    return Rows.of("safelist.ndjson").stream()
        .map(
            row -> {
              List<RequestHeader> headers =
                  row.get("header") == null
                      ? List.of()
                      : List.of(
                          new RequestHeader((String) row.get("header"), (String) row.get("value")));
              PageRequest request = request(row, (String) row.get("method"), headers);
              return test(
                  row,
                  request.needsPreflight(),
                  row.get("preflight"),
                  request.isSimpleToChromium() ? Set.of("chromium") : Set.of());
            });
  }

  @TestFactory
  Stream<DynamicTest> expose() throws IOException {
    return Rows.of("expose.ndjson").stream()
        .map(
            row -> {
              Response response =
                  new Response(200, headers("Access-Control-Expose-Headers", row.get("aceh")));
              Set<String> exposed =
                  BrowserModel.exposedHeaders(request(row, "GET", List.of()), response);
              Set<String> readable = new TreeSet<>(Set.of("x-one", "x-two"));
              readable.removeIf(name -> !exposed.contains("*") && !exposed.contains(name));
              return test(row, List.copyOf(readable), row.get("exposed"), Set.of());
            });
  }

  /** What a browser sends is an origin to the engine, or it is on the list above. */
  @TestFactory
  Stream<DynamicTest> origins() throws IOException {
    return Rows.of("origins.ndjson").stream()
        .flatMap(
            row ->
                BROWSERS.stream()
                    .map(browser -> (String) Rows.map(row.get(browser)).get("sent"))
                    .filter(sent -> sent != null && !sent.equals("null"))
                    .distinct()
                    .map(sent -> DynamicTest.dynamicTest(sent, () -> assertOrigin(sent))));
  }

  private static void assertOrigin(String sent) {
    List<String> reasons =
        REFUSED_ORIGINS.entrySet().stream()
            .filter(reason -> reason.getValue().matcher(sent).matches())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(Origin.parse(sent).isEmpty())
        .as("refused for %s", reasons)
        .isEqualTo(!reasons.isEmpty());
  }

  private static DynamicTest test(
      Map<String, Object> row, Object model, Object standard, Set<String> differing) {
    return DynamicTest.dynamicTest(
        row.get("id") + " " + row.getOrDefault("why", row.get("value")),
        () -> {
          assertThat(model).as("by the standard: %s", row).isEqualTo(standard);
          Map<String, Object> measured = Rows.map(row.get("measured"));
          for (String browser : BROWSERS) {
            assertThat(measured.get(browser).equals(standard))
                .as("%s does as the standard says: %s", browser, row)
                .isEqualTo(!differing.contains(browser));
          }
        });
  }

  private static PageRequest request(
      Map<String, Object> row, String method, List<RequestHeader> headers) {
    return PageRequest.of(
        (String) row.getOrDefault("origin", "http://localhost:8001"),
        method,
        headers,
        "include".equals(row.get("credentials")));
  }

  private static Map<String, List<String>> headers(Object... namesAndLines) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndLines.length; i += 2) {
      headers.put((String) namesAndLines[i], Rows.strings(namesAndLines[i + 1]));
    }
    return headers;
  }
}
