package dev.corsage.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Param;

/** One subject responds to the events of one shape; {@link EventsRun} says which. */
public class EventsBenchmark extends BatchBenchmark {
  /** The subject, as {@link EventSubject.Name} writes it. */
  @Param("CORSAGE")
  public String subject;

  /** The sender of the events, as {@link Invoker} writes it. */
  @Param("HTTP_API_2")
  public String invoker;

  /** The kind of request, as {@link EventKind} writes it. */
  @Param("PREFLIGHT")
  public String kind;

  private final ByteArrayOutputStream response = new ByteArrayOutputStream(1024);
  private final byte[][] events = new byte[SampleEvent.ORIGINS][];
  private EventSubject measured;

  @Override
  int prepare() throws IOException {
    Invoker sender = Invoker.valueOf(invoker);
    EventKind asked = EventKind.valueOf(kind);
    for (int i = 0; i < events.length; i++) {
      events[i] = new SampleEvent(sender, asked).from(SampleEvent.origin(i));
      EventCheck.check(sender, asked, SampleEvent.origin(i));
    }
    measured = EventSubject.of(EventSubject.Name.valueOf(subject), sender, asked);
    return events.length;
  }

  /** {@inheritDoc} Serializers are more code than filters. */
  @Override
  long warmNanos() {
    return 1_500_000_000;
  }

  @Override
  void refresh(int request) {
    // The strings are made of the event's bytes, each time.
  }

  @Override
  Object respond(int request) throws IOException {
    response.reset();
    measured.response(new ByteArrayInputStream(events[request]), response);
    return response;
  }
}
