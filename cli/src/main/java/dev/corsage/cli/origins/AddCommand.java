package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.Problem;
import dev.corsage.store.StoreException;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.store.EditableAllowList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Puts origins on the list; those that are there get the expiry given now.",
      "",
      "They are checked as a policy's are. Exit status: 0 written, 1 errors and nothing is written,"
          + " 3 the store did not take them.",
      ""
    })
final class AddCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StoreReference store;
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
          "From when on they no longer count: 7d, 12h, 30m, or 2026-12-01T00:00:00Z. Without it"
              + " they count until they are removed.")
  private String expires;

  @Option(names = "--json", description = "Print {\"problems\": [...], \"added\": [...]}.")
  private boolean json;

  @Override
  public Integer call() throws StoreException, IOException {
    Instant now = Instant.now();
    List<Problem> problems = new ArrayList<>(new EntryCheck(policy).ofList(origins));
    Instant until = until(now);
    if (until != null) {
      Expiry.problem(until, now, "--expires", expires).ifPresent(problems::add);
    }
    List<Entry> entries = origins.stream().distinct().map(o -> new Entry(o, until)).toList();
    try (EditableAllowList list = store.open()) {
      if (problems.stream().anyMatch(Problem::isError)) {
        report(problems, List.of(), now);
        return 1;
      }
      list.add(entries);
    }
    report(problems, entries, now);
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

  private void report(List<Problem> problems, List<Entry> added, Instant now) throws IOException {
    if (json) {
      PrintWriter out = command.commandLine().getOut();
      out.println(asJson(problems, added, now));
      out.flush();
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

  private static String asJson(List<Problem> problems, List<Entry> added, Instant now)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeFieldName("problems");
      PolicyDocument.writeProblems(out, problems);
      EntryJson.write(out, "added", added, now);
      out.writeEndObject();
    }
    return text.toString();
  }
}
