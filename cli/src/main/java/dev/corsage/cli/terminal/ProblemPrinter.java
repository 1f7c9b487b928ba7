package dev.corsage.cli.terminal;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import picocli.CommandLine;

/** Prints problems. */
public final class ProblemPrinter {
  private static final String INDENT = " ".repeat(9);

  private final Terminal terminal;

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

  /** Creates it. */
  public ProblemPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints problems for people, errors first, and how many there are. */
  public void print(List<Problem> problems) {
    for (Severity severity : Severity.values()) {
      problems.stream().filter(problem -> problem.severity() == severity).forEach(this::print);
    }
    terminal.line(count(problems, terminal::in));
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
    String effect = problem.code().effect();
    terminal.line(
        INDENT
            + Terminal.sentence(problem.message())
            + (effect.isEmpty() ? "" : " (" + effect + ")"));
    terminal.line(INDENT + Terminal.sentence(problem.fix()));
    terminal.line("");
  }

  /** Returns how many problems there are, such as {@code 2 errors, 1 info}. */
  public static String count(List<Problem> problems) {
    return count(problems, (colour, text) -> text);
  }

  private static String count(List<Problem> problems, BinaryOperator<String> inColour) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long number = problems.stream().filter(problem -> problem.severity() == severity).count();
      if (number > 0) {
        String plural = number == 1 || severity == Severity.INFO ? "" : "s";
        counts.add(inColour.apply(colour(severity), number + " " + severity + plural));
      }
    }
    return counts.isEmpty()
        ? inColour.apply(Terminal.GREEN, "no problems")
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
