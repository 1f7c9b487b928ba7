package dev.corsage.cli.lint;

import dev.corsage.cli.terminal.Findings;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import java.io.PrintWriter;

/** For people: errors first, then how many there are. */
final class TextReport implements ReportWriter {
  private final Terminal terminal;

  TextReport(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void write(Findings result, PrintWriter out) {
    for (String line : result.notLookedAt()) {
      terminal.line("not looked at  " + Terminal.value(line));
    }
    if (result.findings().isEmpty() && !result.unusable().isEmpty()) {
      // Not "no problems": not everything was looked at.
      int number = result.unusable().size();
      terminal.line(number + (number == 1 ? " file" : " files") + " cannot be used");
      terminal.flush();
      return;
    }
    new ProblemPrinter(terminal).print(result.problems());
  }
}
