package dev.corsage.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The model against what a server saw of the three engines: {@code fetches.txt}. */
class MeasuredFetchesTest {
  private static final Map<String, String> SERVERS =
      Map.of(
          "P", "http://localhost:9101",
          "Q", "http://127.0.0.1:9102",
          "R", "http://127.0.0.1:9103");
  private static final String PAGE = SERVERS.get("P");

  @TestFactory
  Stream<DynamicTest> everyRequestAndWhatThePageGets() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    String row = "";
    for (String line : lines("fetches.txt")) {
      if (!line.startsWith("  ")) {
        row = line;
        continue;
      }
      String[] columns = row.split(" \\| ", -1);
      String[] measured = line.strip().split(" +", 2);
      for (Engine engine : Engine.values()) {
        if (measured[0].equals("all") || measured[0].equals(engine.key())) {
          tests.add(
              DynamicTest.dynamicTest(
                  engine.key() + " " + String.join(" ", columns),
                  () -> assertThat(predicted(engine, columns)).isEqualTo(measured[1])));
        }
      }
    }
    return tests.stream();
  }

  private static String predicted(Engine engine, String... columns) {
    PageRequest request =
        PageRequest.of(
            Page.of(PAGE),
            kind(columns[1]),
            columns[2],
            columns[3].equals("-")
                ? List.of()
                : Stream.of(columns[3].split("; ", -1)).map(MeasuredFetchesTest::header).toList(),
            columns[4].equals("include") ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN);
    List<String> path =
        new ArrayList<>(columns[5].equals("-") ? List.of() : List.of(columns[5].split(" ", -1)));
    String first = !path.isEmpty() && path.get(0).equals("P") ? path.remove(0) : "Q";
    Prediction prediction =
        new Browser(engine)
            .fetch(
                request,
                URI.create(SERVERS.get(first) + "/0"),
                sent -> respond(request.kind(), path, columns[6], sent));
    String sent =
        prediction.exchanges().stream()
            .map(exchange -> shown(exchange.request(), request))
            .collect(Collectors.joining("; "));
    String access = request.kind() == RequestKind.BEACON ? "unseen" : prediction.access().key();
    return (sent + " = " + access).strip();
  }

  private static RequestKind kind(String key) {
    return Stream.of(RequestKind.values()).filter(kind -> kind.key().equals(key)).findFirst().get();
  }

  private static RequestHeader header(String line) {
    String[] parts = line.split(": ", 2);
    return new RequestHeader(parts[0], parts[1]);
  }

  /** The path counts the redirects; the server allows what the measuring one allowed. */
  private static Response respond(
      RequestKind kind, List<String> path, String allowed, SentRequest sent) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    String origin =
        switch (allowed) {
          case "star" -> "*";
          case "reflect" -> sent.origin();
          case "page" -> PAGE.equals(sent.origin()) ? PAGE : null;
          default -> null;
        };
    if (origin != null) {
      headers.add(Map.entry("Access-Control-Allow-Origin", origin));
      if (!origin.equals("*")) {
        headers.add(Map.entry("Access-Control-Allow-Credentials", "true"));
      }
    }
    if (sent.isPreflight()) {
      if (origin != null) {
        headers.add(Map.entry("Access-Control-Allow-Methods", "PUT,DELETE,POST,GET,OPTIONS"));
        headers.add(Map.entry("Access-Control-Allow-Headers", "x-a,content-type,authorization"));
        headers.add(Map.entry("Access-Control-Max-Age", "0"));
      }
      return new Response(origin == null ? 403 : 204, headers);
    }
    int hop = Integer.parseInt(sent.url().getPath().substring(1));
    if (2 * hop < path.size()) {
      String to = path.get(2 * hop + 1);
      headers.add(
          Map.entry("Location", SERVERS.containsKey(to) ? SERVERS.get(to) + "/" + (hop + 1) : to));
      return new Response(Integer.parseInt(path.get(2 * hop)), headers);
    }
    headers.add(
        Map.entry(
            "Content-Type", kind == RequestKind.EVENTSOURCE ? "text/event-stream" : "text/plain"));
    return new Response(200, headers);
  }

  private static String shown(SentRequest sent, PageRequest page) {
    String server =
        SERVERS.entrySet().stream()
            .filter(entry -> sent.url().toString().startsWith(entry.getValue() + "/"))
            .map(Map.Entry::getKey)
            .findFirst()
            .get();
    String origin = sent.origin() == null ? "-" : sent.origin().replace(PAGE, "page");
    String line = sent.method() + " " + server + " " + origin;
    if (sent.isPreflight()) {
      List<String> names = List.copyOf(sent.preflight().headerNames());
      return line
          + " ("
          + sent.preflight().method()
          + (names.isEmpty() ? "" : " " + String.join(",", names))
          + ")";
    }
    return line
        + page.headers().stream()
            .filter(header -> sent.headers().containsKey(header.name()))
            // What a browser sets itself is not the page's.
            .filter(header -> !header.value().equals("text/plain") && !isLanguage(header))
            .map(header -> " +" + header.name())
            .collect(Collectors.joining());
  }

  private static boolean isLanguage(RequestHeader header) {
    return header.name().equals("content-language");
  }

  @TestFactory
  Stream<DynamicTest> headersThatNeedAPreflight() throws IOException {
    return lines("headers.txt").stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line,
                    () -> {
                      int bar = line.lastIndexOf(" | ");
                      PageRequest request =
                          PageRequest.of(
                              PAGE,
                              "GET",
                              List.of(header(line.substring(0, bar))),
                              CredentialsMode.SAME_ORIGIN);
                      String preflighted =
                          Stream.of(Engine.values())
                              .filter(request::needsPreflight)
                              .map(Engine::key)
                              .collect(Collectors.joining(" "));
                      assertThat(preflighted.isEmpty() ? "-" : preflighted)
                          .isEqualTo(line.substring(bar + 3));
                    }));
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = MeasuredFetchesTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
