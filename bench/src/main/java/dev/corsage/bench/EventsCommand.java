package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = {
      "From the bytes of an event to those of its response, for every kind of event, beside a"
          + " handler of AWS's event classes that decides the same by hand.",
      ""
    })
final class EventsCommand extends BenchmarkCommand {
  @Option(names = "--quick", description = "Shorter measurements.")
  private boolean quick;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    List<EventFigure> figures = new EventsRun(quick ? Effort.QUICK : Effort.FULL, progress).run();
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Median time from the "
            + SampleEvent.LENGTH
            + " bytes of an event to those of its response, bytes allocated, times Corsage's time"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    new EventTable(figures).lines().forEach(out::println);
    out.println("The budget");
    Budget.events(figures).forEach(out::println);
    return figures.stream().map(EventFigure::toJson).toList();
  }
}
