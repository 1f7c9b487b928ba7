package dev.corsage.cli.origins;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = {"Shows the entries of the list, in the order of the origins.", ""})
final class ListCommand implements Callable<Integer> {
  /** Wide enough for most; longer origins move their expiry to the right. */
  private static final int WIDEST = 60;

  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;

  @Option(
      names = "--json",
      description =
          "Print {\"entries\": [{\"origin\": \"...\", \"expires\": null, \"expired\": false}]}.")
  private boolean json;

  @Override
  public Integer call() throws StoreException, IOException {
    Instant now = Instant.now();
    try (EditableAllowList list = store.open()) {
      if (json) {
        printJson(list, now);
      } else {
        print(list, now);
      }
    }
    return 0;
  }

  private void printJson(EditableAllowList list, Instant now) throws StoreException, IOException {
    EntriesJson.print(
        command,
        out -> {
          out.writeArrayFieldStart("entries");
          Pages.of(
              list,
              entries -> {
                for (Entry entry : entries) {
                  EntriesJson.write(out, entry, now);
                }
              });
          out.writeEndArray();
        });
  }

  private void print(EditableAllowList list, Instant now) throws StoreException, IOException {
    Terminal terminal = new Terminal(command.commandLine());
    long[] counts = new long[2];
    Pages.of(
        list,
        entries -> {
          counts[0] += entries.size();
          counts[1] += entries.stream().filter(entry -> entry.isExpired(now)).count();
          print(entries, now, terminal);
        });
    String expired = counts[1] == 0 ? "" : String.format(Locale.ROOT, ", %,d expired", counts[1]);
    terminal.line(Counted.entries(counts[0]) + expired);
    terminal.flush();
  }

  private static void print(List<Entry> entries, Instant now, Terminal terminal) {
    int width =
        entries.stream()
            .filter(entry -> entry.expires() != null)
            .mapToInt(entry -> Math.min(Terminal.value(entry.pattern()).length(), WIDEST))
            .max()
            .orElse(0);
    for (Entry entry : entries) {
      String origin = Terminal.value(entry.pattern());
      if (entry.expires() == null) {
        terminal.line(origin);
      } else {
        String padding = " ".repeat(Math.max(0, width - origin.length()) + 2);
        boolean expired = entry.isExpired(now);
        String end = (expired ? "expired " : "until ") + entry.expires();
        terminal.line(origin + padding + (expired ? terminal.in(Terminal.YELLOW, end) : end));
      }
    }
  }
}
