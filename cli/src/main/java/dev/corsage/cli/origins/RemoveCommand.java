package dev.corsage.cli.origins;

import dev.corsage.InvalidPolicyException;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "remove",
    description = {
      "Takes origins off the list; those that are not on it are no error.",
      "",
      "Functions cache an allowed origin: for a minute, unless their policy says otherwise.",
      ""
    })
final class RemoveCommand implements Callable<Integer> {
  /** What {@link dev.corsage.store.AllowList#find} takes. */
  private static final int AT_A_TIME = 100;

  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;

  @Parameters(arity = "1..*", paramLabel = "ORIGIN", description = "An entry as it was added.")
  private List<String> origins;

  @Option(names = "--json", description = "Print {\"removed\": [...], \"notThere\": [...]}.")
  private boolean json;

  @Override
  public Integer call() throws StoreException, IOException {
    List<String> patterns = origins.stream().distinct().toList();
    Set<String> there = new HashSet<>();
    try (EditableAllowList list = store.open()) {
      for (int i = 0; i < patterns.size(); i += AT_A_TIME) {
        there.addAll(find(list, patterns.subList(i, Math.min(i + AT_A_TIME, patterns.size()))));
      }
      list.remove(patterns);
    }
    if (json) {
      EntriesJson.print(
          command,
          out -> {
            Json.writeStrings(out, "removed", patterns.stream().filter(there::contains).toList());
            Json.writeStrings(
                out, "notThere", patterns.stream().filter(p -> !there.contains(p)).toList());
          });
    } else {
      print(patterns, there);
    }
    return 0;
  }

  private static List<String> find(EditableAllowList list, List<String> patterns)
      throws StoreException {
    try {
      return list.find(patterns).stream().map(Entry::pattern).toList();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.CORRUPT) {
        // An entry that cannot be read can be removed, and often must be.
        return patterns;
      }
      throw e;
    }
  }

  private void print(List<String> patterns, Set<String> there) {
    Terminal terminal = new Terminal(command.commandLine());
    for (String pattern : patterns) {
      String shown = Terminal.value(pattern);
      terminal.line(
          there.contains(pattern)
              ? terminal.in(Terminal.GREEN, "removed") + "  " + shown
              : "not there  " + shown + remedy(pattern));
    }
    terminal.flush();
  }

  /** What cannot be an entry was probably meant to be another one. */
  private static String remedy(String pattern) {
    try {
      OriginPattern.parse(pattern);
      return "";
    } catch (InvalidPolicyException invalid) {
      Problem problem = invalid.problems().get(0);
      return "  " + Terminal.sentence(problem.message() + " " + problem.fix());
    }
  }
}
