package dev.corsage.cli;

import dev.corsage.cli.terminal.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command and those below it, in the macros of <a
 * href="https://man7.org/linux/man-pages/man7/groff_man.7.html">man(7)</a>, made of what their
 * options and descriptions say.
 */
final class ManPage {
  /** What the whole command line promises; see {@link Main}. */
  private static final String[][] STATUS = {
    {"0", "Done and fine."},
    {"1", "What was asked for is wrong or refused."},
    {"2", "The command line or its input cannot be used."},
    {"3", "A store or an API did not respond."},
  };

  private final StringBuilder roff = new StringBuilder();

  private ManPage() {}

  static String of(CommandSpec root) throws IOException {
    ManPage page = new ManPage();
    String version = Version.number();
    page.line(".TH " + upper(root.name()) + " 1 \"\" \"" + root.name() + " " + version + "\" \"\"");
    page.line(".SH NAME");
    String purpose = String.join(" ", root.usageMessage().description());
    page.line(root.name() + " \\- " + escaped(purpose));
    page.line(".SH SYNOPSIS");
    page.line("\\fB" + root.name() + "\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...");
    page.line(".SH COMMANDS");
    page.commandsBelow(root);
    page.line(".SH EXIT STATUS");
    for (String[] status : STATUS) {
      page.item("\\fB" + status[0] + "\\fR", List.of(status[1]));
    }
    page.line(".SH ENVIRONMENT");
    page.item("\\fBNO_COLOR\\fR", List.of("If it is set, nothing is coloured."));
    return page.roff.toString();
  }

  private static String upper(String name) {
    return name.toUpperCase(java.util.Locale.ROOT);
  }

  private void line(String text) {
    roff.append(text).append('\n');
  }

  private void commandsBelow(CommandSpec parent) {
    for (CommandLine below : parent.subcommands().values()) {
      CommandSpec command = below.getCommandSpec();
      UsageMessageSpec usage = command.usageMessage();
      if (usage.hidden()) {
        continue;
      }
      line(".SS " + escaped(command.qualifiedName()));
      paragraphs(List.of(usage.description()));
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        if (!parameter.hidden()) {
          item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", List.of(parameter.description()));
        }
      }
      for (OptionSpec option : command.options()) {
        if (!option.hidden()) {
          item(synopsis(option), List.of(option.description()));
        }
      }
      commandsBelow(command);
    }
  }

  private static String synopsis(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
    return String.join(", ", names) + value;
  }

  private void item(String name, List<String> description) {
    line(".TP");
    line(name);
    line(escaped(String.join(" ", description).strip()));
  }

  /** An empty line of a description begins a paragraph. */
  private void paragraphs(List<String> description) {
    for (String line : description) {
      line(line.isBlank() ? ".PP" : escaped(line.strip()));
    }
  }

  /** Returns text of a line: no control line, no hyphens that are something else, ASCII alone. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.replace("%n", " ")
        .replace("%%", "%")
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\n' -> escaped.append(' ');
                default -> {
                  if (c < 0x7f) {
                    escaped.append((char) c);
                  } else {
                    escaped.append(String.format("\\[u%04X]", c));
                  }
                }
              }
            });
    boolean control = text.startsWith(".") || text.startsWith("'");
    return control ? "\\&" + escaped : escaped.toString();
  }
}
