package dev.corsage.bench;

import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "From the bytes of an event to those of its response, for every kind of event, beside a"
          + " handler of AWS's event classes that decides the same by hand.",
      ""
    })
final class EventsCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Shorter measurements.")
  private boolean quick;

  @Mixin private ResultOptions results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws Exception {
    results.prepare();
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    List<EventFigure> figures = new EventsRun(quick ? Effort.QUICK : Effort.FULL, err).run();
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
    results.write(figures.stream().map(EventFigure::toJson).toList(), out);
    out.flush();
    return 0;
  }
}
