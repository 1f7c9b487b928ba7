package dev.corsage.cli.origins;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The problems of a file of any length: the first ones, and how many there are. */
final class FoundProblems {
  private static final int SHOWN = 50;

  private final Map<Severity, List<Problem>> first = new EnumMap<>(Severity.class);
  private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);

  /** Adds errors and warnings, without those of severity info. */
  void add(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.severity() != Severity.INFO) {
        counts.merge(problem.severity(), 1L, Long::sum);
        List<Problem> kept =
            first.computeIfAbsent(problem.severity(), severity -> new ArrayList<>());
        if (kept.size() < SHOWN) {
          kept.add(problem);
        }
      }
    }
  }

  long errors() {
    return counts.getOrDefault(Severity.ERROR, 0L);
  }

  long warnings() {
    return counts.getOrDefault(Severity.WARNING, 0L);
  }

  /** Returns the first ones, errors before warnings. */
  List<Problem> shown() {
    return first.values().stream().flatMap(List::stream).limit(SHOWN).toList();
  }

  /** Prints them as {@code lint} does, and how many more there are. */
  void print(Terminal terminal) {
    List<Problem> shown = shown();
    if (shown.isEmpty()) {
      return;
    }
    new ProblemPrinter(terminal).print(shown);
    long errorsShown = shown.stream().filter(Problem::isError).count();
    long moreErrors = errors() - errorsShown;
    long moreWarnings = warnings() - (shown.size() - errorsShown);
    if (moreErrors + moreWarnings > 0) {
      terminal.line(
          "and " + more(moreErrors, "error") + more(moreWarnings, "warning") + "not shown");
    }
    terminal.flush();
  }

  private static String more(long number, String what) {
    return number == 0 ? "" : Counted.of(number, "more " + what) + ", ";
  }
}
