package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.corsage.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is generated for nginx responds as the engine decides, run by nginx. */
@Tag("once")
class NginxTest {
  private static final Target TARGET = new Nginx();

  private static final Path FOLDER = Path.of("target", "nginx");

  private static final int SERVERS = 25;

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9a-f:]+\\])(:[0-9]{1,5})?");

  /** nginx takes header lines of 8 KB. */
  private static final int MAX_REQUEST = 7_000;

  /** The status of what is behind nginx. */
  private static final int UPSTREAM = 404;

  private static boolean joinsLines;

  @BeforeAll
  static void readVersion() throws IOException {
    joinsLines = Arrays.compare(NginxServer.version(), new int[] {1, 23}) >= 0;
  }

  @Test
  void respondsAsTheEngineDecides() throws Exception {
    List<Case> corpora = cases(Cases.corpora());
    List<Case> cases = new ArrayList<>(cases(Cases.generated(4, 600)));
    cases.addAll(corpora);
    List<Generated> files = cases.stream().map(made -> made.generate(TARGET)).toList();
    try (NginxServer server = NginxServer.start(FOLDER, files, SERVERS);
        NginxConnection connection = server.connect()) {
      Comparison inLocations = comparison(files, connection).compare(cases);
      Comparison inServers = comparison(files, server).compare(cases.subList(0, SERVERS));
      assertThat(server.log()).isEmpty();
      int requests = inLocations.requests() + inServers.requests();
      assertThat(inLocations.policies()).isEqualTo(cases.size()).isGreaterThan(200);
      assertThat(inServers.policies()).isEqualTo(SERVERS);
      assertThat(requests).isGreaterThan(10_000);
      System.out.printf(
          "nginx: %d policies (%d of the corpora), %d requests%n",
          cases.size(), corpora.size(), requests);
    }
  }

  /** Returns the cases that nginx can express, with what reaches it of their requests. */
  private static List<Case> cases(List<Case> all) {
    return cases(all, made -> made.generate(TARGET).exact());
  }

  private static List<Case> cases(List<Case> all, Predicate<Case> which) {
    Map<String, Case> cases = new LinkedHashMap<>();
    for (Case made : all) {
      if (which.test(made)) {
        List<Case.Request> requests =
            made.requests().stream().filter(NginxTest::reaches).map(NginxTest::sent).toList();
        cases.put(made.document(), new Case(made.name(), made.document(), requests));
      }
    }
    return List.copyOf(cases.values());
  }

  /** Tells whether nginx does not refuse a request itself. */
  private static boolean reaches(Case.Request request) {
    return request.method().matches("[A-Z]+")
        && !List.of("TRACE", "CONNECT").contains(request.method())
        && request.headers().toString().length() < MAX_REQUEST
        && request.headers().values().stream()
            .flatMap(List::stream)
            .allMatch(line -> line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f)));
  }

  /** Returns the request with a host and without what is no difference to nginx. */
  private static Case.Request sent(Case.Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name :
        List.of(
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "X-Forwarded-Proto",
            "Sec-Fetch-Site")) {
      List<String> lines =
          request.header(name.toLowerCase(Locale.ROOT)).stream().map(NginxTest::trimmed).toList();
      if (!lines.isEmpty()) {
        headers.put(name, lines);
      }
    }
    List<String> host = request.header("host");
    boolean valid = host.size() == 1 && HOST.matcher(host.get(0)).matches();
    headers.put("Host", valid ? host : List.of("nginx.test"));
    return new Case.Request(request.method(), headers);
  }

  private static String trimmed(String line) {
    return line.replaceAll("^ +| +$", "");
  }

  /** Compares policies that are each in a location. */
  private static Comparison comparison(List<Generated> files, NginxConnection connection) {
    return comparison(files, (policy, made) -> responses(made, connection, "/" + policy + "/"));
  }

  /** Compares policies that are each in a server of their own. */
  private static Comparison comparison(List<Generated> files, NginxServer server) {
    return comparison(
        files,
        (policy, made) -> {
          try (NginxConnection own = server.connectTo(policy)) {
            return responses(made, own, "/");
          }
        });
  }

  /** Sends the requests of a case to one of the policies in a server. */
  private interface Sender {
    List<?> send(int policy, Case made) throws IOException;
  }

  private static Comparison comparison(List<Generated> files, Sender sender) {
    return new Comparison(
        TARGET,
        NginxTest::expected,
        (generated, made) -> {
          OptionalInt policy =
              IntStream.range(0, files.size())
                  .filter(i -> files.get(i).files().equals(generated.files()))
                  .findFirst();
          return policy.isPresent() ? sender.send(policy.getAsInt(), made) : alone(generated, made);
        });
  }

  /** Smaller policies, of a counterexample, are not in the server that has shown it. */
  private static List<?> alone(Generated generated, Case made) throws IOException {
    try (NginxServer server =
            NginxServer.start(Path.of("target", "nginx-smaller"), List.of(generated), 0);
        NginxConnection connection = server.connect()) {
      return responses(made, connection, "/0/");
    }
  }

  private static List<?> expected(Case made) {
    List<Case.Request> seen = made.requests().stream().map(NginxTest::seen).toList();
    List<Map<String, Object>> decided = new Case(made.name(), made.document(), seen).expected();
    List<Case.Request> byHttp = seen.stream().map(NginxTest::byHttp).toList();
    List<Map<String, Object>> decidedByHttp =
        new Case(made.name(), made.document(), byHttp).expected();
    return IntStream.range(0, decided.size())
        .mapToObj(
            i ->
                "same-origin".equals(decidedByHttp.get(i).get("reason"))
                    ? response(decidedByHttp.get(i))
                    : response(decided.get(i)))
        .toList();
  }

  /** What nginx sees of several lines, and of lines without a value. */
  private static Case.Request seen(Case.Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, lines) -> {
              String line = joinsLines ? String.join(", ", lines) : lines.get(0);
              if (!line.isEmpty()) {
                headers.put(name, List.of(line));
              }
            });
    return new Case.Request(request.method(), headers);
  }

  /** nginx knows the scheme of its own: the tests' is http. */
  private static Case.Request byHttp(Case.Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.putIfAbsent("X-Forwarded-Proto", List.of("http"));
    return new Case.Request(request.method(), headers);
  }

  private static Map<String, Object> response(Map<String, Object> decision) {
    Object status = decision.get("status") == null ? UPSTREAM : decision.get("status");
    Map<String, List<String>> lines = new TreeMap<>();
    ((Map<?, ?>) decision.get("headers"))
        .forEach(
            (name, values) ->
                lines.put(
                    name.toString().toLowerCase(Locale.ROOT),
                    ((List<?>) values).stream().map(String::valueOf).toList()));
    if (decision.get("status") == null) {
      List<String> vary = new ArrayList<>(lines.getOrDefault("vary", List.of()));
      vary.add("Accept");
      lines.put("vary", vary);
    }
    return response((Integer) status, lines, decision.get("status") == null ? "upstream" : "");
  }

  private static List<?> responses(Case made, NginxConnection connection, String path) {
    return made.requests().stream().map(r -> response(r, connection, path)).toList();
  }

  private static Map<String, Object> response(
      Case.Request request, NginxConnection connection, String path) {
    try {
      NginxConnection.Response response = connection.send(request, path);
      return response(response.status(), response.headers(), response.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(request.toString(), broken);
    }
  }

  private static Map<String, Object> response(
      int status, Map<String, List<String>> headers, String body) {
    Map<String, Object> cors = new TreeMap<>();
    headers.forEach(
        (name, lines) -> {
          if (name.equals("vary")) {
            cors.put(name, new TreeSet<>(List.of(String.join(", ", lines).split(", "))));
          } else if (name.startsWith("access-control-")) {
            cors.put(name, List.copyOf(lines));
          }
        });
    return Map.of("status", status, "headers", cors, "body", body);
  }

  @Test
  void tenThousandOriginsStart() throws Exception {
    List<String> origins =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "https://" + "a".repeat(i % 60 + 1) + ".s" + i + ".example.com")
            .toList();
    String document = "{\"origins\":[\"" + String.join("\",\"", origins) + "\"]}";
    List<Case.Request> requests =
        Stream.of(origins.get(0), origins.get(9_999), "https://a.s1.example.com", "x")
            .map(origin -> new Case.Request("GET", Map.of("Origin", List.of(origin))))
            .map(NginxTest::sent)
            .toList();
    Case made = new Case("many", document, requests);
    long start = System.nanoTime();
    Generated files = made.generate(TARGET);
    System.out.printf("nginx: 10,000 origins in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    try (NginxServer server =
            NginxServer.start(Path.of("target", "nginx-many"), List.of(files), 0);
        NginxConnection connection = server.connect()) {
      comparison(List.of(files), connection).compare(List.of(made));
      assertThat(server.log()).isEmpty();
    }
  }

  /**
   * Some statuses mean something to nginx itself: 444 closes a connection, 495 to 497 are TLS's.
   */
  @Test
  void everyStatusIsSent() throws Exception {
    Case.Request preflight =
        sent(
            new Case.Request(
                "OPTIONS",
                Map.of(
                    "Origin", List.of("https://b.test"),
                    "Access-Control-Request-Method", List.of("GET"))));
    Case.Request allowed =
        new Case.Request("OPTIONS", with(preflight.headers(), "Origin", "https://a.test"));
    List<Case> cases =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new Case(
                        "status",
                        "{\"origins\":[\"https://a.test\"],\"preflightStatus\":"
                            + (200 + i)
                            + ",\"refused\":{\"status\":"
                            + (400 + i)
                            + ",\"origin\":\"https://a.test\"}}",
                        List.of(preflight, allowed)))
            .filter(Case::builds)
            .toList();
    assertThat(cases.size()).isGreaterThan(90);
    List<Generated> files = cases.stream().map(made -> made.generate(TARGET)).toList();
    try (NginxServer server = NginxServer.start(Path.of("target", "nginx-status"), files, 0);
        NginxConnection connection = server.connect()) {
      assertThat(comparison(files, connection).compare(cases).policies()).isEqualTo(cases.size());
      assertThat(server.log()).isEmpty();
    }
  }

  /** A header of 7 KB keeps no expression busy, nor does it reach PCRE's limits. */
  @Test
  void hostileHeadersTakeNoTime() throws Exception {
    String document =
        "{\"origins\":[\"https://*.example.com:*\",\"/https:\\\\/\\\\/(a|b|ab)-?[a-z0-9.-]+\\\\.example\\\\.org/\"],"
            + "\"methods\":[\"*\"],\"requestHeaders\":[\"a\",\"aa\",\"aaa\",\"x-a\"]}";
    List<Case.Request> requests = new ArrayList<>();
    for (String piece :
        List.of(
            "a", "a.", "a-", "xn--a-.", "1.", "0x1.", "-", ".", ":", "/", "[", ",", " ,", "a,",
            "a ")) {
      for (String end : List.of("", ".example.com", ".example.org", ":443", "!")) {
        for (int length : List.of(60, 250, 320, 3_400)) {
          String hostile = piece.repeat(length / piece.length()) + end;
          requests.add(
              sent(
                  new Case.Request(
                      "OPTIONS",
                      Map.of(
                          "Origin", List.of("https://" + hostile),
                          "Access-Control-Request-Method", List.of("PUT")))));
          requests.add(
              sent(
                  new Case.Request(
                      "OPTIONS",
                      Map.of(
                          "Origin", List.of("https://a.example.com"),
                          "Access-Control-Request-Method", List.of("PUT"),
                          "Access-Control-Request-Headers", List.of(hostile)))));
        }
      }
    }
    Case made = new Case("hostile", document, requests);
    Generated files = made.generate(TARGET);
    assertThat(files.problems()).noneMatch(Problem::isError);
    try (NginxServer server =
            NginxServer.start(Path.of("target", "nginx-hostile"), List.of(files), 0);
        NginxConnection connection = server.connect()) {
      assertTimeout(
          Duration.ofSeconds(20),
          () -> comparison(List.of(files), connection).compare(List.of(made)));
      assertThat(server.log()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          {"origins":["https://a.test","/https:\\\\/\\\\/[a-z0-9-]*-[a-z0-9-]*-[a-z0-9-]*\\\\.example\\\\.com/"]}; ENTRY_BACKTRACKS
          {"origins":["https://a.test","/http:\\\\/\\\\/(localhost|\\\\[::1\\\\])(:\\\\d+)?/"]}; ENTRY_NOT_EXPRESSED
          {"origins":["https://a.test"],"requestHeaders":["*"],"credentials":true}; SETTING_NOT_EXPRESSED
          """)
  void whatItCannotExpressIsRefused(String document, String code) {
    Generated refused = new Case("refused", document, List.of()).generate(TARGET);

    assertThat(refused.files()).isEmpty();
    assertThat(refused.problems())
        .filteredOn(Problem::isError)
        .extracting(problem -> problem.code().name())
        .containsExactly(code);
  }

  /** With a part of a policy, nothing is allowed that the policy does not allow. */
  @Test
  void aPartAllowsNoMore() throws IOException {
    List<Case> cases =
        cases(Cases.generated(5, 1_500), made -> !made.generate(TARGET).exact()).stream()
            .filter(made -> !part(made).isRefused())
            .toList();
    List<Generated> files = cases.stream().map(NginxTest::part).toList();
    int allowed = 0;
    try (NginxServer server = NginxServer.start(Path.of("target", "nginx-part"), files, 0);
        NginxConnection connection = server.connect()) {
      for (int i = 0; i < cases.size(); i++) {
        List<?> wanted = expected(cases.get(i));
        List<?> seen = responses(cases.get(i), connection, "/" + i + "/");
        for (int r = 0; r < seen.size(); r++) {
          Object origin = allowedOrigin(seen.get(r));
          if (origin != null) {
            allowed++;
            assertThat(allowedOrigin(wanted.get(r)))
                .as("%s %s", cases.get(i).document(), cases.get(i).requests().get(r))
                .isEqualTo(origin);
          }
        }
      }
      assertThat(server.log()).isEmpty();
    }
    assertThat(cases.size()).isGreaterThan(20);
    assertThat(allowed).isGreaterThan(50);
    System.out.printf("nginx: %d policies in part, %d allowed%n", cases.size(), allowed);
  }

  private static Generated part(Case made) {
    return TARGET.generate(
        made.settings(), true, Provenance.of("corsage generate", made.document()));
  }

  private static Object allowedOrigin(Object response) {
    return ((Map<?, ?>) ((Map<?, ?>) response).get("headers")).get("access-control-allow-origin");
  }

  private static Map<String, List<String>> with(
      Map<String, List<String>> headers, String name, String value) {
    Map<String, List<String>> changed = new LinkedHashMap<>(headers);
    changed.put(name, List.of(value));
    return changed;
  }
}
