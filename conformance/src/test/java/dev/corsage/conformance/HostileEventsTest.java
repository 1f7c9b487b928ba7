package dev.corsage.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.corsage.conformance.Packages.Packaged;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import dev.corsage.lambda.SampleEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What is no event at all gets an error that says why, from the packaged functions, and the next
 * event its response.
 */
class HostileEventsTest {
  private static final String NO_JSON = "This is not valid JSON at byte ";
  private static final String NO_EVENT = "This is not an event of a proxy integration";
  private static final String PASSED = "{\"statusCode\":200,\"headers\":";
  private static final String TWICE = "This event has the key ";

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(String name, byte[] event, String error) {}

  private static List<Row> rows() throws Exception {
    List<Row> rows = new ArrayList<>();
    add(rows, "nothing", "", NO_JSON);
    add(rows, "null", "null", NO_EVENT);
    add(rows, "a list", "[{\"httpMethod\":\"GET\"}]", NO_EVENT);
    add(rows, "text", "\"httpMethod\"", NO_EVENT);
    add(rows, "empty", "{}", NO_EVENT);
    add(rows, "two events", "{\"httpMethod\":\"GET\"}{\"httpMethod\":\"GET\"}", NO_JSON);
    add(rows, "a byte order mark", "\ufeff{\"httpMethod\":\"GET\"}", NO_JSON);
    add(rows, "a method of another type", "{\"httpMethod\":[\"GET\"]}", NO_EVENT);
    add(rows, "a context of another type", "{\"requestContext\":\"http\"}", NO_EVENT);
    add(rows, "deep lists", "{\"body\":" + "[".repeat(1_000_000), "nested too deep");
    add(rows, "deep objects", "{\"a\":".repeat(500_000), "nested too deep");
    add(rows, "an endless string", "{\"body\":\"" + "a".repeat(6_000_000), NO_JSON);
    add(rows, "an endless number", "{\"body\":" + "9".repeat(1_000_000), NO_JSON);
    rows.add(new Row("UTF-16", "{\"httpMethod\":\"GET\"}".getBytes(UTF_16), NO_JSON));
    for (byte[] sample : SampleEvents.all()) {
      String json = new String(sample, UTF_8);
      String start = shortened(json);
      for (int at = 1; at < sample.length; at += sample.length / 5) {
        rows.add(new Row("ends at " + at + ": " + start, Arrays.copyOf(sample, at), NO_JSON));
      }
      String rest = json.substring(1);
      add(rows, "headers twice: " + start, "{\"headers\":{},\"headers\":{}," + rest, TWICE);
      String context = "\"requestContext\":{";
      if (json.contains(context)) {
        String twice = json.replace(context, context + "\"stage\":\"a\",\"stage\":\"b\",");
        add(rows, "stage twice: " + start, twice, TWICE + "stage twice");
      }
      byte[] latin1 = ("{\"note\":\"\u00e4\"," + rest).getBytes(ISO_8859_1);
      rows.add(new Row("ISO 8859-1: " + start, latin1, "it is not UTF-8"));
    }
    return rows;
  }

  private static void add(List<Row> rows, String name, String event, String error) {
    rows.add(new Row(name, event.getBytes(UTF_8), error));
  }

  private static String shortened(String json) {
    return json.substring(0, Math.min(json.length(), 100));
  }

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> thePreflightFunctionSaysWhy() throws Exception {
    return told(Packages.preflight(), false);
  }

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> aWrappedFunctionSaysWhy() throws Exception {
    return told(Packages.wrapped(), true);
  }

  /** What is not a request passes to a wrapped function, which responds with the event. */
  private static Stream<DynamicTest> told(Packaged function, boolean passes) throws Exception {
    List<Row> rows = rows();
    byte[] good = SampleEvents.all().get(0);
    List<byte[]> events = new ArrayList<>();
    rows.forEach(row -> events.addAll(List.of(row.event, good)));
    List<Outcome> outcomes = function.outcomes(events, new ArrayList<>());
    return IntStream.range(0, rows.size())
        .mapToObj(
            i ->
                dynamicTest(
                    rows.get(i).name,
                    () -> {
                      Outcome outcome = outcomes.get(2 * i);
                      if (passes && rows.get(i).error.equals(NO_EVENT)) {
                        assertThat(outcome.failure()).isNull();
                        assertThat(outcome.json()).startsWith(PASSED);
                      } else {
                        assertThat(outcome.failure()).contains(rows.get(i).error);
                      }
                      assertThat(outcomes.get(2 * i + 1).json()).startsWith("{\"statusCode\":204,");
                    }));
  }
}
