package dev.corsage.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.servlet.ScriptedServer.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpora of origins and requests, which the function is tested with, on every server. Their
 * rows are sent over a socket, so that the server's own reading of a request is part of the test.
 */
class CorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<ScriptedServer> SERVERS = new ArrayList<>();
  private static final Script OK = new Script(200, List.of());

  /** Keys of the corpus's policies that describe other engines, not this one's document. */
  private static final Set<String> FOREIGN_KEYS =
      Set.of(
          "debug",
          "disabled",
          "handlerHeaders",
          "handlerVary",
          "originPatterns",
          "originPredicate",
          "preflightPassthrough",
          "serverOrigin");

  private static final Map<String, String> EXPECTED_HEADERS =
      Map.of(
          "acao", "Access-Control-Allow-Origin",
          "acac", "Access-Control-Allow-Credentials",
          "acam", "Access-Control-Allow-Methods",
          "acah", "Access-Control-Allow-Headers",
          "acma", "Access-Control-Max-Age",
          "aceh", "Access-Control-Expose-Headers");

  @BeforeAll
  static void start() throws Exception {
    SERVERS.addAll(ScriptedServer.all());
  }

  @AfterAll
  static void stop() throws Exception {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  /**
   * Rows for the engine. Values with CR or LF are left out: on a connection these are two lines, of
   * which the first may well be an allowed origin.
   */
  static Stream<Map<String, Object>> attacks() throws IOException {
    Path ours = Path.of("../conformance/src/test/resources/dev/corsage/conformance/attacks.ndjson");
    Path newer = shared("attacks.ndjson");
    return rows(Files.isReadable(newer) ? newer : ours)
        .filter(row -> row.get("via").equals("engine"))
        .filter(row -> !((String) row.get("origin")).matches("(?s).*[\r\n].*"));
  }

  @Test
  void mostAttacksCanBeSent() throws IOException {
    assertThat(attacks()).hasSizeGreaterThan(250);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void acceptsTheSameOrigins(Map<String, Object> row) throws Exception {
    Object allow = row.get("allow");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("origins", allow instanceof List ? allow : List.of(allow));
    if (allow.equals("null")) {
      document.put("tolerateNullOrigin", true);
    }
    CorsDecider policy;
    try {
      policy = PolicyDocument.parse(JSON.writeValueAsString(document));
    } catch (InvalidPolicyException invalid) {
      // The server does not start: nobody is let in.
      assertThat(row.get("must")).as(invalid.getMessage()).isEqualTo("reject");
      return;
    }
    String origin = (String) row.get("origin");
    for (ScriptedServer server : SERVERS) {
      Exchange response = server.send(policy, OK, "GET", List.of("Origin: " + origin));
      List<String> allowOrigin = response.header("Access-Control-Allow-Origin");
      if (row.get("must").equals("accept")) {
        assertThat(allowOrigin)
            .as("%s: %s", server.name(), response)
            .containsExactly(allow.equals("*") ? "*" : origin);
      } else if (isPadded(origin)) {
        // RFC 9110, section 5.5: white space around a value is not part of it.
        assertThat(allowOrigin).as("%s: %s", server.name(), response).isSubsetOf(origin.strip());
      } else {
        assertThat(response.corsHeaders()).as("%s: %s", server.name(), response).isEmpty();
      }
    }
  }

  private static boolean isPadded(String value) {
    return value.matches("[ \t].*|.*[ \t]");
  }

  static Stream<Map<String, Object>> vectors() throws IOException {
    Path file = shared("vectors.ndjson");
    assumeTrue(Files.isReadable(file), "vectors.ndjson is not beside the checkout: not run");
    return rows(file).filter(row -> !row.containsKey("debatable"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void respondsAsTheCorpusSays(Map<String, Object> row) throws Exception {
    Map<String, Object> written = map(row.get("policy"));
    Map<String, Object> document = new LinkedHashMap<>(written);
    document.keySet().removeAll(FOREIGN_KEYS);
    CorsDecider policy =
        // The corpus writes "whatever was asked for" in its own way.
        PolicyDocument.parse(JSON.writeValueAsString(document).replace("<mirror>", "*"));
    List<Map.Entry<String, String>> own = new ArrayList<>();
    map(written.getOrDefault("handlerHeaders", Map.of()))
        .forEach((name, value) -> own.add(Map.entry(name, (String) value)));
    ((List<?>) written.getOrDefault("handlerVary", List.of()))
        .forEach(value -> own.add(Map.entry("Vary", (String) value)));
    Map<String, Object> request = map(row.get("request"));
    List<String> lines = new ArrayList<>();
    map(request.get("headers"))
        .forEach(
            (name, value) ->
                (value instanceof List<?> several ? several : List.of(value))
                    .forEach(line -> lines.add(name + ": " + line)));
    if (written.get("serverOrigin") instanceof String target) {
      lines.add("Host: " + target.substring(target.indexOf("//") + 2));
    }
    for (ScriptedServer server : SERVERS) {
      Exchange response =
          server.send(policy, new Script(200, own), (String) request.get("method"), lines);
      if (response.status() == 400 && lines.toString().indexOf('\0') >= 0) {
        // The server itself refuses what is not a field value (RFC 9110, section 5.5).
        assertThat(response.corsHeaders()).as("%s: %s", server.name(), response).isEmpty();
      } else {
        assertExpected(server, response, map(row.get("expect")));
      }
    }
  }

  private static void assertExpected(
      ScriptedServer server, Exchange response, Map<String, Object> expected) {
    String as = server.name() + ": " + response;
    EXPECTED_HEADERS.forEach(
        (key, header) -> {
          if (expected.containsKey(key)) {
            assertThat(response.header(header)).as(as).hasSizeLessThan(2);
            String value = (String) expected.get(key);
            assertThat(elements(response.header(header)))
                .as("%s: %s", header, as)
                .isEqualTo(elements(value == null ? List.of() : List.of(value)));
          }
        });
    boolean preflight = expected.get("kind").equals("preflight");
    assertThat(server.wasApplicationCalled()).as(as).isEqualTo(!preflight);
    if (preflight && expected.get("status") != null) {
      assertThat(response.status()).as(as).isEqualTo(expected.get("status"));
    }
    if (expected.get("vary") instanceof List<?> names) {
      Set<String> vary = elements(response.header("Vary"));
      assertThat(vary)
          .as("Vary: %s", as)
          .containsAll(names.stream().map(n -> ((String) n).toLowerCase(Locale.ROOT)).toList());
      // The corpus's engines send no Vary on preflights; ours does on every response that depends
      // on the request (DESIGN.md, Vary).
      if (!preflight) {
        assertThat(vary).as("Vary: %s", as).hasSameSizeAs(names);
      }
    }
  }

  /** Returns the elements of a list header; order, case and white space do not matter. */
  private static Set<String> elements(List<String> lines) {
    Set<String> elements = new TreeSet<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        elements.add(element.strip().toLowerCase(Locale.ROOT));
      }
    }
    return elements;
  }

  private static Path shared(String file) {
    return Path.of("").toAbsolutePath().resolve("../../shared/data").resolve(file);
  }

  private static Stream<Map<String, Object>> rows(Path file) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        rows.add(JSON.readValue(line, new TypeReference<>() {}));
      }
    }
    return rows.stream();
  }

  @SuppressWarnings("unchecked") // Objects of JSON.
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
