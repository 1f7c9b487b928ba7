package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both subjects respond to every event alike; nothing is timed. */
class EventsTest {
  record Row(Invoker invoker, EventKind kind) {}

  static Stream<Row> rows() {
    return Stream.of(Invoker.values())
        .flatMap(invoker -> Stream.of(EventKind.values()).map(kind -> new Row(invoker, kind)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eventsHaveOneLength(Row row) {
    byte[] event = new SampleEvent(row.invoker, row.kind).from(SampleEvent.origin(0));

    // Where headers are there twice, one byte may be missing.
    assertThat(event.length).isBetween(SampleEvent.LENGTH - 1, SampleEvent.LENGTH);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void allowedAndRefusedAlike(Row row) {
    for (String origin : List.of(SampleEvent.origin(0), SampleEvent.origin(9), "https://a.test")) {
      assertThatCode(() -> EventCheck.check(row.invoker, row.kind, origin))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theAllowedOriginGetsItsHeaders(Row row) throws IOException {
    String origin = SampleEvent.origin(3);
    byte[] event = new SampleEvent(row.invoker, row.kind).from(origin);

    assertThat(EventCheck.said(EventSubject.Name.CORSAGE, row.invoker, row.kind, event))
        .startsWith(row.kind == EventKind.PREFLIGHT ? "204 " : "200 ")
        .contains("access-control-allow-origin=" + origin);
  }

  private static List<EventFigure> figures() {
    List<EventFigure> figures = new ArrayList<>();
    for (EventSubject.Name subject : EventSubject.Name.values()) {
      double ns = subject == EventSubject.Name.CORSAGE ? 2_000 : 5_000;
      figures.add(new EventFigure(Invoker.ALB, EventKind.PREFLIGHT, subject, ns, 3_600));
      figures.add(new EventFigure(Invoker.REST_API, EventKind.PREFLIGHT, subject, ns + 500, 4_500));
    }
    return figures;
  }

  @Test
  void table() {
    assertThat(new EventTable(figures()).lines())
        .startsWith(
            "preflight                                 Corsage        Event classes     times",
            "  REST API                       2.5 µs    4.5 kB     5.5 µs    4.5 kB      2.2×",
            "  Load balancer                  2.0 µs    3.6 kB     5.0 µs    3.6 kB      2.5×");
  }

  @Test
  void json() {
    assertThat(figures().get(0).toJson())
        .isEqualTo(
            "{\"bench\":\"events\",\"subject\":\"corsage\",\"invoker\":\"alb\","
                + "\"kind\":\"preflight\",\"ns\":2000.0,\"bytes\":3600}");
  }

  @Test
  void budget() {
    List<EventFigure> figures = figures();
    for (EventSubject.Name subject : EventSubject.Name.values()) {
      double ns = subject == EventSubject.Name.CORSAGE ? 2_000 : 5_000;
      figures.add(new EventFigure(Invoker.ALB, EventKind.ACTUAL, subject, ns, 3_600));
      figures.add(new EventFigure(Invoker.REST_API, EventKind.ACTUAL, subject, ns + 1_200, 4_500));
    }
    assertThat(Budget.events(figures))
        .extracting(line -> line.strip().replaceAll(" {2,}", " | "))
        .containsExactly(
            "preflight, the slowest (REST API) | 2.50 | at most 2.0 µs | MISSED",
            "actual requests, times faster than event classes | 1.94 | at least 2.0 times | MISSED");
  }
}
