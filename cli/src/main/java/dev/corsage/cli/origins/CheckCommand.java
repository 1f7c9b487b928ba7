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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = {
      "Says whether the list admits an origin, and by which entry.",
      "",
      "It asks the store as a function does, but caches nothing: functions may see a change a little"
          + " later. The policy's own origins are not checked; explain does that. Exit status: 0"
          + " admitted, 1 not, 3 the store failed.",
      ""
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;
  @Mixin private PolicyOptions policy;

  @Parameters(
      arity = "1",
      paramLabel = "ORIGIN",
      description = "The origin of a page, such as https://app.example.com.")
  private String origin;

  @Option(
      names = "--json",
      description =
          "Print {\"origin\", \"admitted\", \"reason\", \"entries\", \"asked\", \"explanation\"}.")
  private boolean json;

  private Instant now;

  @Override
  public Integer call() throws StoreException, IOException {
    now = Instant.now();
    try (EditableAllowList list = store.open()) {
      AllowListCheck admission = AllowListCheck.of(origin, list, policy);
      String explanation = admission.isAdmitted() ? "" : explanation(admission, list);
      if (json) {
        printJson(admission, explanation);
      } else {
        print(admission, explanation);
      }
      return admission.isAdmitted() ? 0 : 1;
    }
  }

  /** Returns why it is not admitted and what to do, in sentences. */
  private String explanation(AllowListCheck admission, EditableAllowList list)
      throws StoreException {
    return switch (admission.decision().reason()) {
      case ORIGIN_NULL ->
          "Every sandboxed frame has the origin null; a store is never asked for it.";
      case ORIGIN_MALFORMED -> "No browser sends this. " + malformed();
      default -> {
        if (!admission.expired(now).isEmpty()) {
          yield "Its entry has expired. Add it again if its pages are still trusted.";
        }
        yield notListed(admission, list);
      }
    };
  }

  private String malformed() {
    try {
      OriginPattern.parse(origin);
      return "It is an entry, not the origin of a page: name an origin that it is meant for.";
    } catch (InvalidPolicyException invalid) {
      Problem problem = invalid.problems().get(0);
      return problem.message() + " " + problem.fix();
    }
  }

  private String notListed(AllowListCheck admission, EditableAllowList list) throws StoreException {
    AllowListCheck elsewhere = AllowListCheck.of(origin, list, PolicyOptions.widest());
    List<String> others = elsewhere.counting(now).stream().map(Entry::pattern).toList();
    List<String> sentences = new ArrayList<>();
    if (admission.asked().isEmpty()) {
      sentences.add(
          "It is neither https nor a loopback address; a policy with credentials does not ask for"
              + " it.");
    }
    if (!others.isEmpty()) {
      sentences.add(
          String.join(", ", others)
              + " is on the list and does not count for such a policy. Where the policy says"
              + " otherwise, say so here: --without-credentials, --tolerate-insecure-origins,"
              + " --tolerate-public-suffixes.");
    } else if (!admission.asked().isEmpty()) {
      sentences.add("None of its entries is on the list. Add one if its pages are trusted.");
    }
    return String.join(" ", sentences);
  }

  private void print(AllowListCheck admission, String explanation) {
    Terminal terminal = new Terminal(command.commandLine());
    boolean admitted = admission.isAdmitted();
    terminal.line(
        terminal.in(Terminal.BOLD, Terminal.value(origin))
            + "  "
            + (admitted
                ? terminal.in(Terminal.GREEN, "admitted")
                : terminal.in(Terminal.RED, "not admitted")));
    if (!explanation.isEmpty()) {
      terminal.line(Terminal.sentence(explanation));
    }
    for (String pattern : admission.asked()) {
      terminal.line("  " + pattern + state(pattern, admission.found()));
    }
    terminal.flush();
  }

  private String state(String pattern, List<Entry> found) {
    for (Entry entry : found) {
      if (entry.pattern().equals(pattern)) {
        if (entry.isExpired(now)) {
          return "  expired " + entry.expires();
        }
        return "  admits it" + (entry.expires() == null ? "" : " until " + entry.expires());
      }
    }
    return "  not there";
  }

  private void printJson(AllowListCheck admission, String explanation)
      throws IOException, StoreException {
    EntriesJson.print(
        command,
        out -> {
          out.writeStringField("origin", origin);
          out.writeBooleanField("admitted", admission.isAdmitted());
          out.writeStringField("reason", admission.decision().reason().toString());
          EntriesJson.write(out, "entries", admission.found(), now);
          Json.writeStrings(out, "asked", admission.asked());
          out.writeStringField("explanation", explanation);
        });
  }
}
