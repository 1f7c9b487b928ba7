package dev.corsage.cli.origins;

import dev.corsage.Problem;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.Expiry;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "add",
    description = {
      "Puts origins on the list; those that are on it already get the new expiry.",
      "",
      "They are checked as those of a policy are. Exit status: 0 written, 1 there are errors and"
          + " nothing is written, 3 the store did not take them.",
      ""
    })
final class AddCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;
  @Mixin private PolicyOptions policy;

  @Parameters(
      arity = "1..*",
      paramLabel = "ORIGIN",
      description = "An exact origin or https://*.example.com, with :* for any port.")
  private List<String> origins;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description =
          "When they expire: 7d, 12h, 30m, or 2026-12-01T00:00:00Z. Without it they count until"
              + " they are removed.")
  private String expires;

  @Option(names = "--json", description = "Print {\"problems\": [...], \"added\": [...]}.")
  private boolean json;

  @Override
  public Integer call() throws StoreException, IOException {
    Instant now = Instant.now();
    Instant until = until(now);
    List<Problem> problems = new ArrayList<>(new EntryCheck(policy).ofList(origins));
    if (until != null) {
      ExpiryProblem.of(until, now, "--expires", expires).ifPresent(problems::add);
    }
    try (EditableAllowList list = store.open()) {
      if (problems.stream().anyMatch(Problem::isError)) {
        report(problems, List.of(), now);
        return 1;
      }
      List<Entry> entries = origins.stream().distinct().map(o -> new Entry(o, until)).toList();
      list.add(entries);
      report(problems, entries, now);
    }
    return 0;
  }

  private Instant until(Instant now) {
    try {
      return expires == null ? null : Expiry.parse(expires, now);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          command.commandLine(), "--expires " + expires + ": " + malformed.getMessage());
    }
  }

  private void report(List<Problem> problems, List<Entry> added, Instant now)
      throws IOException, StoreException {
    if (json) {
      EntriesJson.print(
          command,
          out -> {
            Json.writeProblems(out, problems);
            EntriesJson.write(out, "added", added, now);
          });
      return;
    }
    Terminal terminal = new Terminal(command.commandLine());
    if (!problems.isEmpty()) {
      new ProblemPrinter(terminal).print(problems);
    }
    for (Entry entry : added) {
      String end = entry.expires() == null ? "" : "  until " + entry.expires();
      terminal.line(terminal.in(Terminal.GREEN, "added") + "  " + entry.pattern() + end);
    }
    if (added.isEmpty()) {
      terminal.line("Nothing was written.");
    }
    terminal.flush();
  }
}
