package dev.corsage.cli.terminal;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Prints problems. */
public record ProblemPrinter(Terminal terminal) {
  private static final String INDENT = " ".repeat(9);

  /** Prints the problems that a command found, as JSON if it was asked for. */
  public static void report(CommandLine command, boolean json, List<Problem> problems)
      throws IOException {
    if (json) {
      command.getOut().println(Json.object(out -> Json.writeProblems(out, problems)));
      command.getOut().flush();
    } else {
      new ProblemPrinter(new Terminal(command)).print(problems);
    }
  }

  /** Prints problems for people, errors first, and how many there are. */
  public void print(List<Problem> problems) {
    for (Severity severity : Severity.values()) {
      problems.stream().filter(problem -> problem.severity() == severity).forEach(this::print);
    }
    terminal.line(count(problems));
    terminal.flush();
  }

  private void print(Problem problem) {
    String severity = problem.severity().toString();
    String value = problem.value().isEmpty() ? "" : " \"" + Terminal.value(problem.value()) + "\"";
    terminal.line(
        terminal.in(colour(problem.severity()), severity)
            + INDENT.substring(severity.length())
            + terminal.in(Terminal.BOLD, problem.code().name())
            + "  "
            + Terminal.value(problem.field())
            + value);
    terminal.line(INDENT + Terminal.sentence(problem.message()));
    terminal.line(INDENT + Terminal.sentence(problem.fix()));
    terminal.line("");
  }

  private String count(List<Problem> problems) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long number = problems.stream().filter(problem -> problem.severity() == severity).count();
      if (number > 0) {
        String plural = number == 1 || severity == Severity.INFO ? "" : "s";
        counts.add(terminal.in(colour(severity), number + " " + severity + plural));
      }
    }
    return counts.isEmpty()
        ? terminal.in(Terminal.GREEN, "no problems")
        : String.join(", ", counts);
  }

  private static String colour(Severity severity) {
    return switch (severity) {
      case ERROR -> Terminal.RED;
      case WARNING -> Terminal.YELLOW;
      case INFO -> Terminal.FAINT;
    };
  }
}
