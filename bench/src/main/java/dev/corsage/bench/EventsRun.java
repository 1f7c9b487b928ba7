package dev.corsage.bench;

import dev.corsage.bench.Measurement.Cost;
import dev.corsage.bench.Measurement.Effort;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures every subject with the events of every shape, each pair in a JVM of its own. */
record EventsRun(Effort effort, PrintWriter progress) {
  private static final int BATCH = 32;

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if the subjects do not respond alike
   */
  List<EventFigure> run() throws IOException {
    for (Invoker invoker : Invoker.values()) {
      for (EventKind kind : EventKind.values()) {
        EventCheck.check(invoker, kind, SampleEvent.origin(0));
      }
    }
    List<EventFigure> figures = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      for (Invoker invoker : Invoker.values()) {
        progress.println("bench: " + kind.title + ", " + invoker.title);
        for (EventSubject.Name subject : EventSubject.Name.values()) {
          figures.add(measure(subject, invoker, kind));
        }
      }
    }
    return figures;
  }

  private EventFigure measure(EventSubject.Name subject, Invoker invoker, EventKind kind) {
    Map<String, String> parameters =
        Map.of("subject", subject.name(), "invoker", invoker.name(), "kind", kind.name());
    String what = subject.title + ", " + invoker.title + ", " + kind.title;
    Cost cost = Measurement.of(EventsBenchmark.class, what, parameters, BATCH, effort);
    return new EventFigure(invoker, kind, subject, cost.ns(), cost.bytes());
  }
}
