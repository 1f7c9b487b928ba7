package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code events}: from the bytes of an event to those of its response. */
final class EventsCommand {
  private final boolean quick;
  private final Path json;
  private final Path plots;

  private EventsCommand(Options options) {
    quick = options.has("--quick");
    json = options.path("--json");
    plots = options.path("--plots");
  }

  /**
   * Reads the options.
   *
   * @throws WrongUseException if there is one that it does not have
   */
  static EventsCommand of(List<String> words) {
    return new EventsCommand(Options.of("events", Set.of("--quick", "--json", "--plots"), words));
  }

  void run(PrintStream out, PrintStream progress) throws IOException {
    Options.prepare(json, plots);
    List<EventFigure> figures = new EventsRun(quick ? Effort.QUICK : Effort.FULL, progress).run();
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "Median time from the "
            + SampleEvent.LENGTH
            + " bytes of an event to those of its answer, bytes allocated, times Corsage's time"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    EventTable table = new EventTable(figures);
    table.lines().forEach(out::println);
    out.println("The budget");
    Budget.events(figures).forEach(out::println);
    if (json != null) {
      Files.write(json, figures.stream().map(EventFigure::toJson).toList());
      out.println("Figures: " + json);
    }
    if (plots != null) {
      for (Plot plot : table.plots()) {
        plot.writeTo(plots);
      }
      out.println("Plots: " + plots);
    }
  }
}
