package dev.corsage.cli.lint;

import dev.corsage.Problem.Severity;
import dev.corsage.cli.terminal.Finding;
import dev.corsage.cli.terminal.Findings;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import java.io.PrintWriter;

/**
 * <a
 * href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
 * commands</a> of GitHub Actions, which become annotations of the lines.
 *
 * <p>Percent signs and line breaks are escaped everywhere, colons and commas in properties, as by
 * {@code packages/core/src/command.ts} of actions/toolkit: nothing in a value can end a command or
 * begin another.
 */
final class GitHubReport implements ReportWriter {
  @Override
  public void write(Findings result, PrintWriter out) {
    for (Finding finding : result.findings()) {
      StringBuilder properties = new StringBuilder();
      if (!finding.file().isEmpty()) {
        add(properties, "file", finding.file());
      }
      if (finding.hasLine()) {
        add(properties, "line", String.valueOf(finding.line()));
      }
      if (finding.column() > 0) {
        add(properties, "col", String.valueOf(finding.column()));
      }
      add(properties, "title", finding.problem().code().name() + " " + finding.where());
      command(
          out,
          command(finding.problem().severity()),
          properties.toString(),
          finding.problem().message() + " " + finding.problem().fix());
    }
    for (Findings.Unusable unusable : result.unusable()) {
      StringBuilder properties = new StringBuilder();
      add(properties, "file", unusable.file());
      command(out, "error", properties.toString(), unusable.reason());
    }
    for (String line : result.notLookedAt()) {
      out.println("not looked at  " + Terminal.value(line));
    }
    out.println(ProblemPrinter.count(result.problems()));
    out.flush();
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "notice";
    };
  }

  private static void command(PrintWriter out, String name, String properties, String message) {
    out.println("::" + name + " " + properties + "::" + escape(Terminal.sentence(message)));
  }

  private static void add(StringBuilder properties, String name, String value) {
    properties
        .append(properties.isEmpty() ? "" : ",")
        .append(name)
        .append('=')
        .append(escape(value).replace(":", "%3A").replace(",", "%2C"));
  }

  private static String escape(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
