package dev.corsage.conformance;

import static dev.corsage.conformance.Packages.ORIGIN;
import static dev.corsage.conformance.Response.VARY_OF_PREFLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.corsage.conformance.EventTree.Kind;
import dev.corsage.conformance.Packages.Packaged;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import dev.corsage.lambda.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sample event of others beside the checkout, turned into each kind of request and sent
 * through the packaged functions with their own runtimes.
 */
class SampleEventsTest {
  private static final String EVIL = "https://app.example.com.evil.test";

  /** What a sample is turned into. */
  enum Turned {
    ALLOWED_PREFLIGHT("OPTIONS", ORIGIN),
    REFUSED_PREFLIGHT("OPTIONS", EVIL),
    ALLOWED_ACTUAL("POST", ORIGIN),
    REFUSED_ACTUAL("POST", EVIL),
    NO_CORS("POST", null);

    private final String method;
    private final String origin;

    Turned(String method, String origin) {
      this.method = method;
      this.origin = origin;
    }

    EventTree of(EventTree sample) {
      EventTree event = sample.copy();
      event.without("Origin");
      event.without("Access-Control-Request-Method").without("Access-Control-Request-Headers");
      if (origin != null) {
        event.header("Origin", origin);
      }
      if (isPreflight()) {
        event.method(method);
        event.header("Access-Control-Request-Method", "PUT");
        event.header("Access-Control-Request-Headers", "authorization,content-type");
      } else if (event.method().equals("OPTIONS")) {
        event.method(method);
      }
      return event;
    }

    boolean isPreflight() {
      return method.equals("OPTIONS");
    }

    boolean isRefused() {
      return EVIL.equals(origin);
    }
  }

  private record Case(String name, EventTree event, Turned turned) {}

  private static Map<String, EventTree> samples() throws Exception {
    Path folder = Repository.shared("events");
    assumeTrue(Repository.exists(folder), "the sample events are not beside the checkout: not run");
    Map<String, EventTree> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        samples.put(file.getFileName().toString(), EventTree.of(Files.readString(file)));
      }
    }
    return samples;
  }

  private static List<Case> cases() throws Exception {
    List<Case> cases = new ArrayList<>();
    samples()
        .forEach(
            (name, sample) -> {
              for (Turned turned : Turned.values()) {
                if (sample.kind() != Kind.NONE) {
                  cases.add(new Case(name + ": " + turned, turned.of(sample), turned));
                }
              }
            });
    return cases;
  }

  private interface Check {
    void check(Case row, Response response);
  }

  private static Stream<DynamicTest> responded(Packaged function, Check check) throws Exception {
    List<Case> cases = cases();
    List<String> log = new ArrayList<>();
    List<Outcome> outcomes =
        function.outcomes(cases.stream().map(row -> row.event.bytes()).toList(), log);
    return IntStream.range(0, cases.size())
        .mapToObj(
            i ->
                dynamicTest(
                    cases.get(i).name,
                    () -> {
                      assertThat(outcomes.get(i).failure()).isNull();
                      Case row = cases.get(i);
                      Response response = Response.of(row.event.kind(), outcomes.get(i).json());
                      if (row.event.kind() == Kind.WEBSOCKET) {
                        assertThat(response.status()).isEqualTo(row.turned.isRefused() ? 403 : 200);
                      } else {
                        check.check(row, response);
                      }
                    }));
  }

  @Test
  void thereAreSamplesOfEveryShape() throws Exception {
    assertThat(samples().values().stream().map(EventTree::kind))
        .contains(
            Kind.V1, Kind.V2, Kind.ALB, Kind.ALB_MULTI, Kind.LATTICE, Kind.WEBSOCKET, Kind.NONE);
  }

  @TestFactory
  Stream<DynamicTest> thePreflightFunctionResponses() throws Exception {
    return responded(Packages.preflight(), SampleEventsTest::checkPreflightFunction);
  }

  private static void checkPreflightFunction(Case row, Response response) {
    if (row.turned.isPreflight()) {
      checkPreflight(row.turned, response);
      return;
    }
    Map<String, String> headers = actualHeaders(row.turned);
    headers.put("Content-Type", "application/json");
    headers.put("Vary", "Origin");
    assertThat(response)
        .isEqualTo(
            new Response(
                400,
                headers,
                "{\"message\":\"This is not a CORS preflight: its method is not OPTIONS.\"}"));
  }

  private static void checkPreflight(Turned turned, Response response) {
    Map<String, String> headers = actualHeaders(turned);
    headers.put("Vary", VARY_OF_PREFLIGHTS);
    if (!turned.isRefused()) {
      headers.put("Access-Control-Allow-Methods", "PUT");
      headers.put("Access-Control-Allow-Headers", "authorization,content-type");
      headers.put("Access-Control-Max-Age", "7200");
    }
    assertThat(response).isEqualTo(new Response(turned.isRefused() ? 403 : 204, headers, ""));
  }

  private static Map<String, String> actualHeaders(Turned turned) {
    return ORIGIN.equals(turned.origin)
        ? new TreeMap<>(Map.of("Access-Control-Allow-Origin", ORIGIN))
        : new TreeMap<>();
  }

  @TestFactory
  Stream<DynamicTest> aWrappedFunctionResponses() throws Exception {
    return responded(Packages.wrapped(), SampleEventsTest::checkWrappedFunction);
  }

  private static void checkWrappedFunction(Case row, Response response) {
    if (row.turned.isPreflight()) {
      checkPreflight(row.turned, response);
      return;
    }
    Map<String, String> headers = actualHeaders(row.turned);
    headers.put("Content-Type", "application/json");
    headers.put("Vary", "Accept-Encoding, Origin");
    // The handler answers with the event, which is as it was sent.
    String event = new String(row.event.bytes(), StandardCharsets.UTF_8);
    assertThat(response).isEqualTo(new Response(200, headers, event));
  }

  @Test
  void whatIsNoRequestIsToldWhatIsMissingOrPassesToTheHandler() throws Exception {
    byte[] good = SampleEvents.all().get(0);
    for (boolean wrapped : List.of(false, true)) {
      Packaged function = wrapped ? Packages.wrapped() : Packages.preflight();
      List<byte[]> events = new ArrayList<>();
      for (EventTree sample : samples().values()) {
        if (sample.kind() == Kind.NONE) {
          events.addAll(Arrays.asList(sample.bytes(), good));
        }
      }
      List<Outcome> outcomes = function.outcomes(events, new ArrayList<>());
      for (int i = 0; i < outcomes.size(); i += 2) {
        if (wrapped) {
          assertThat(outcomes.get(i).failure()).isNull();
          assertThat(outcomes.get(i).json()).contains("\"access-control-allow-origin\":\"*\"");
        } else {
          assertThat(outcomes.get(i).failure())
              .contains(
                  "This is not an event of a proxy integration. It has none of these: httpMethod")
              .contains(" requestContext.http.method ", " method with raw_path or path ");
        }
        assertThat(outcomes.get(i + 1).json()).startsWith("{\"statusCode\":204,");
      }
    }
  }
}
