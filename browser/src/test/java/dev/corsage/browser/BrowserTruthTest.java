package dev.corsage.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The model against the standard, and against what Chromium, Firefox and WebKit were seen to do.
 * Where they differ from the standard, the model has a note of the difference.
 */
class BrowserTruthTest {
  private static final List<String> BROWSERS = List.of("chromium", "firefox", "webkit");

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
              PageRequest page = request(row, "GET", List.of());
              Verdict verdict = BrowserModel.check(page.origin(), page.credentials(), response);
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
                      (Integer) row.get("pst"),
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
              Verdict verdict = BrowserModel.checkPreflight(request.preflight(), response);
              return test(
                  row,
                  verdict.isPassed(),
                  row.get("ok"),
                  verdict.outcome().note().isEmpty() ? Set.of() : Set.copyOf(BROWSERS));
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
                  BrowserModel.exposedHeaders(
                      request(row, "GET", List.of()).credentials(), response);
              Set<String> readable = new TreeSet<>(Set.of("x-one", "x-two"));
              readable.removeIf(name -> !exposed.contains("*") && !exposed.contains(name));
              return test(row, List.copyOf(readable), row.get("exposed"), Set.of());
            });
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
        "include".equals(row.get("credentials"))
            ? CredentialsMode.INCLUDE
            : CredentialsMode.SAME_ORIGIN);
  }

  private static List<Map.Entry<String, String>> headers(Object... namesAndLines) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 0; i < namesAndLines.length; i += 2) {
      String name = (String) namesAndLines[i];
      Rows.strings(namesAndLines[i + 1]).forEach(line -> headers.add(Map.entry(name, line)));
    }
    return headers;
  }
}
