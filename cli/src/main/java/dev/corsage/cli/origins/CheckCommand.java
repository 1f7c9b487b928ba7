package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.InvalidPolicyException;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import dev.corsage.store.StoreException;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says whether the list admits the pages of an origin, and which entry does.",
      "",
      "It asks as a function does, but keeps nothing: functions may know of a change a little later."
          + " A policy's own origins are not looked at; explain does that. Exit status: 0 admitted,"
          + " 1 not, 3 the store did not answer.",
      ""
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StoreReference store;
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
        PrintWriter out = command.commandLine().getOut();
        out.println(asJson(admission, explanation));
        out.flush();
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
          "Every sandboxed frame has the origin null; stores are never asked for it.";
      case ORIGIN_MALFORMED -> "No browser sends this. " + malformed();
      default -> {
        if (!admission.expired(now).isEmpty()) {
          yield "Its entry has expired. Add it anew if its pages are still trusted.";
        }
        yield notListed(admission, list);
      }
    };
  }

  private String malformed() {
    try {
      OriginPattern.parse(origin);
      return "It is an entry, not the origin of a page: name one that it is meant for.";
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
          "It is neither https nor on the user's own machine; a policy with credentials does not"
              + " ask for it.");
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

  private String asJson(AllowListCheck admission, String explanation) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("origin", origin);
      out.writeBooleanField("admitted", admission.isAdmitted());
      out.writeStringField("reason", admission.decision().reason().toString());
      EntryJson.write(out, "entries", admission.found(), now);
      out.writeArrayFieldStart("asked");
      for (String pattern : admission.asked()) {
        out.writeString(pattern);
      }
      out.writeEndArray();
      out.writeStringField("explanation", explanation);
      out.writeEndObject();
    }
    return text.toString();
  }
}
