package dev.corsage.conformance;

import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of {@code verdicts.txt}. */
record VerdictTable(
    List<ResponseRow> responses, Map<String, String> policies, List<PolicyRow> policyRows) {

  /** A response, and the key of the verdict on it. */
  record ResponseRow(
      String text, PageRequest page, boolean isPreflight, Response response, String key) {

    /** Returns a path that says the response. */
    String path() {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      response
          .headers()
          .forEach(
              header ->
                  headers
                      .computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                      .add(header.getValue()));
      String json =
          Json.write(Map.of("statusCode", (long) response.status(), "multiValueHeaders", headers));
      return "/"
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What comes of a request to an API with a policy; keys are null if there is no exchange. */
  record PolicyRow(
      String text, String policy, PageRequest page, String preflightKey, String requestKey) {}

  static VerdictTable read() throws IOException {
    VerdictTable table =
        new VerdictTable(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    Repository.resource("verdicts.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(table::add);
    return table;
  }

  private void add(String line) {
    if (line.startsWith("policy ")) {
      String[] policy = line.split(" +", 3);
      policies.put(policy[1], policy[2]);
      return;
    }
    String[] columns = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    String text = String.join(" | ", columns);
    PageRequest page =
        PageRequest.of(
            columns[1],
            columns[2],
            lines(columns[4]).map(header -> new RequestHeader(header[0], header[1])).toList(),
            columns[3].equals("include") ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN);
    if (columns.length == 7) {
      policyRows.add(new PolicyRow(text, columns[0], page, key(columns[5]), key(columns[6])));
    } else {
      List<Map.Entry<String, String>> headers =
          lines(columns[6])
              .map(header -> Map.entry("Access-Control-" + header[0], header[1]))
              .toList();
      responses.add(
          new ResponseRow(
              text,
              page,
              columns[0].equals("preflight"),
              new Response(Integer.parseInt(columns[5]), headers),
              columns[7]));
    }
  }

  private static String key(String column) {
    return column.equals("-") ? null : column;
  }

  private static Stream<String[]> lines(String headers) {
    return headers.isEmpty()
        ? Stream.of()
        : Stream.of(headers.split(" // ", -1)).map(header -> header.split(": ?", 2));
  }
}
