package dev.corsage.conformance;

import static dev.corsage.conformance.Packages.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.corsage.conformance.EventTree.Kind;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import dev.corsage.lambda.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Preflights of every shape as invokers and emulators write them on bad days, and as attackers do,
 * through the packaged preflight function: each in one process, so that every event is the next one
 * of another.
 */
class OwnEventsTest {
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
  private static final String LONG = "a".repeat(64 * 1024);

  /** What is to come of an event; a WebSocket is opened or not. */
  enum Verdict {
    ALLOWED(204, 200),
    REFUSED(403, 403),
    NO_ORIGIN(400, 200);

    private final int status;
    private final int handshakeStatus;

    Verdict(int status, int handshakeStatus) {
      this.status = status;
      this.handshakeStatus = handshakeStatus;
    }
  }

  /** A change to an allowed preflight. */
  private record Change(String name, Verdict verdict, Consumer<EventTree> change) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("nothing", Verdict.ALLOWED, event -> {}),
          new Change(
              "names in capitals",
              Verdict.ALLOWED,
              event -> renamed(event, "ORIGIN", "ACCESS-CONTROL-REQUEST-METHOD", "SEC-FETCH-MODE")),
          new Change(
              "names as they are in the standard",
              Verdict.ALLOWED,
              event -> renamed(event, "Origin", REQUEST_METHOD, "Sec-Fetch-Mode")),
          new Change(
              "two lines of Origin",
              Verdict.REFUSED,
              event -> event.header("Origin", "https://evil.test", ORIGIN)),
          new Change(
              "one line of Origin twice",
              Verdict.REFUSED,
              event -> event.header("Origin", ORIGIN, ORIGIN)),
          new Change(
              "Origin by two names",
              Verdict.REFUSED,
              event -> {
                for (String map : List.of("headers", "multiValueHeaders")) {
                  event.put(map, "origin", ORIGIN).put(map, "ORIGIN", ORIGIN);
                }
              }),
          new Change(
              "two lines of requested headers",
              Verdict.ALLOWED,
              event -> event.header(REQUEST_HEADERS, "authorization", "content-type")),
          new Change(
              "joined by commas",
              Verdict.ALLOWED,
              event -> event.header(REQUEST_HEADERS, "authorization,content-type")),
          new Change(
              "joined by commas and spaces",
              Verdict.ALLOWED,
              event -> event.header(REQUEST_HEADERS, "authorization, content-type")),
          new Change(
              "a header too many",
              Verdict.REFUSED,
              event -> event.header(REQUEST_HEADERS, "authorization", "x-other")),
          new Change(
              "no headers",
              Verdict.NO_ORIGIN,
              event -> event.remove("headers").remove("multiValueHeaders")),
          new Change(
              "headers are null",
              Verdict.NO_ORIGIN,
              event -> event.replace("headers", null).replace("multiValueHeaders", null)),
          new Change(
              "headers are empty",
              Verdict.NO_ORIGIN,
              event -> event.replace("headers", Map.of()).replace("multiValueHeaders", Map.of())),
          new Change(
              "headers are a list",
              Verdict.NO_ORIGIN,
              event -> event.replace("headers", List.of()).replace("multiValueHeaders", List.of())),
          new Change(
              "headers are text",
              Verdict.NO_ORIGIN,
              event -> event.replace("headers", "a").replace("multiValueHeaders", "a")),
          new Change(
              "the Origin is null",
              Verdict.NO_ORIGIN,
              event -> {
                for (String map : List.of("headers", "multiValueHeaders")) {
                  event.object(map).replaceAll((name, value) -> isOrigin(name) ? null : value);
                }
              }),
          new Change(
              "the Origin is a number",
              Verdict.NO_ORIGIN,
              event -> {
                for (String map : List.of("headers", "multiValueHeaders")) {
                  event.object(map).replaceAll((name, value) -> isOrigin(name) ? 5L : value);
                }
              }),
          new Change("no body", Verdict.ALLOWED, event -> event.remove("body")),
          new Change(
              "the body is null",
              Verdict.ALLOWED,
              event -> event.remove("body").replace("isBase64Encoded", null)),
          new Change(
              "the body is a request",
              Verdict.ALLOWED,
              event ->
                  event.replace(
                      "body", Map.of("httpMethod", "GET", "headers", Map.of("origin", "x")))),
          new Change("no version", Verdict.ALLOWED, event -> event.remove("version")),
          new Change("version is null", Verdict.ALLOWED, event -> event.replace("version", null)),
          new Change("version of another", Verdict.ALLOWED, event -> event.replace("version", "9")),
          new Change("no path", Verdict.ALLOWED, event -> event.replace("rawPath", null)),
          new Change(
              "an Origin of 64 KiB",
              Verdict.REFUSED,
              event -> event.header("Origin", "https://" + LONG + ".example.com")),
          new Change(
              "an Origin of letters alone", Verdict.REFUSED, event -> event.header("Origin", LONG)),
          new Change(
              "requested headers of 64 KiB",
              Verdict.REFUSED,
              event -> event.header(REQUEST_HEADERS, "a,".repeat(32 * 1024) + 'a')),
          new Change(
              "another header of 64 KiB",
              Verdict.ALLOWED,
              event -> event.header("User-Agent", LONG)),
          new Change(
              "a body of 6 MB",
              Verdict.ALLOWED,
              event -> event.replace("body", "\"\\".repeat(1_500_000))),
          new Change(
              "a stage of control characters",
              Verdict.ALLOWED,
              event -> event.object("requestContext").put("stage", "\r\n\u0000\u001b[2J")));

  private static boolean isOrigin(String name) {
    return name.equalsIgnoreCase("Origin");
  }

  private static void renamed(EventTree event, String origin, String method, String other) {
    event.without("Origin").without(REQUEST_METHOD);
    for (String map : List.of("headers", "multiValueHeaders")) {
      event.put(map, origin, ORIGIN).put(map, method, "PUT").put(map, other, "cors");
    }
  }

  /** Returns an allowed preflight of every shape, of the project's own. */
  private static Map<Kind, List<EventTree>> shapes() throws Exception {
    Map<Kind, List<EventTree>> shapes = new EnumMap<>(Kind.class);
    for (byte[] json : SampleEvents.all()) {
      EventTree event = EventTree.of(new String(json, StandardCharsets.UTF_8));
      String variant = event.kind() + " " + event.object("requestContext").keySet();
      List<EventTree> same = shapes.computeIfAbsent(event.kind(), kind -> new ArrayList<>());
      if (same.stream()
          .noneMatch(
              other ->
                  variant.equals(other.kind() + " " + other.object("requestContext").keySet()))) {
        event.without(REQUEST_HEADERS).method("OPTIONS");
        same.add(event.header("Origin", ORIGIN).header(REQUEST_METHOD, "PUT"));
      }
    }
    return shapes;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(String name, byte[] event, Kind kind, Verdict verdict) {}

  private static List<Case> changed() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (List<EventTree> shapes : shapes().values()) {
      for (EventTree shape : shapes) {
        for (Change change : CHANGES) {
          EventTree event = shape.copy();
          change.change.accept(event);
          cases.add(
              new Case(
                  shape.kind() + ", " + change.name,
                  event.bytes(),
                  event.kind(),
                  verdict(shape.kind(), change)));
        }
      }
    }
    return cases;
  }

  private static Verdict verdict(Kind kind, Change change) {
    // Of several lines a load balancer hands on the last one (its page on multi-value headers).
    boolean lastAlone = kind == Kind.ALB && change.name.matches(".* lines? of Origin.*");
    // A handshake asks for no headers.
    boolean handshake = kind == Kind.WEBSOCKET && change.name.contains("header");
    return lastAlone || (handshake && change.verdict == Verdict.REFUSED)
        ? Verdict.ALLOWED
        : change.verdict;
  }

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> anOddEventGetsAResponseAsItStands() throws Exception {
    List<Case> cases = changed();
    List<Outcome> outcomes =
        Packages.preflight().outcomes(cases.stream().map(Case::event).toList(), new ArrayList<>());
    return IntStream.range(0, cases.size())
        .mapToObj(i -> dynamicTest(cases.get(i).name, () -> check(cases.get(i), outcomes.get(i))));
  }

  private static void check(Case row, Outcome outcome) {
    assertThat(outcome.failure()).isNull();
    Response response = Response.of(row.kind, outcome.json());
    boolean webSocket = row.kind == Kind.WEBSOCKET;
    assertThat(response.status())
        .as(outcome.json())
        .isEqualTo(webSocket ? row.verdict.handshakeStatus : row.verdict.status);
    boolean cors = row.verdict == Verdict.ALLOWED && !webSocket;
    assertThat(response.headers().get("Access-Control-Allow-Origin"))
        .isEqualTo(cors ? ORIGIN : null);
    if (!cors) {
      assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-"));
    }
    if (!webSocket) {
      assertThat(response.headers().get("Vary")).startsWith("Origin");
    }
  }
}
