package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what to write instead of an entry that cannot be used: it is rewritten, one fault after the
 * other, until nothing is wrong with it any more. What is offered builds under the same policy, and
 * all the faults on the way are told at once.
 */
final class EntryRemedy {
  /** More rewritings than an entry with a few faults, or a short list in one entry, needs. */
  private static final int MAX_STEPS = 12;

  /** Expressions are expensive to check; the first ones of a policy show what is wrong. */
  private static final int MAX_EXPRESSIONS = 40;

  /** Nobody reads a longer remedy, and it would cost more than the entry itself. */
  private static final int MAX_LENGTH = 600;

  private final EntryValidator entries;
  private int expressionsLeft = MAX_EXPRESSIONS;

  EntryRemedy(EntryValidator entries) {
    this.entries = entries;
  }

  /**
   * Returns the problem of an entry with a remedy that names what to write, if there is one.
   *
   * @param text the entry as it was written; the problem may have secrets taken out
   */
  Problem complete(Problem problem, String text) {
    // What follows a user name and a password is not repeated.
    if (text.length() > MAX_LENGTH || text.indexOf('@') >= 0) {
      return problem;
    }
    Set<String> messages = new LinkedHashSet<>(List.of(problem.message()));
    List<String> good = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(EntryRewriting.of(problem, text));
    if (open.isEmpty()) {
      return problem;
    }
    Problem last = problem;
    for (int step = 0; step < MAX_STEPS && !open.isEmpty(); step++) {
      String candidate = open.remove();
      Problem error = firstError(candidate);
      if (error == null) {
        good.add(candidate);
        continue;
      }
      last = error;
      List<String> next = EntryRewriting.of(error, candidate);
      if (next.isEmpty() || next.contains(candidate)) {
        return withoutEntry(problem, last);
      }
      messages.add(error.message());
      open.addAll(next);
    }
    return open.isEmpty() ? with(problem, String.join(" ", messages), write(good)) : problem;
  }

  private Problem firstError(String candidate) {
    if (candidate.length() > 1 && candidate.startsWith("/") && --expressionsLeft < 0) {
      return Problem.of(PolicyCode.REGEX_NOT_CHECKED, "", candidate);
    }
    Problems found = new Problems();
    entries.check(candidate, found);
    return found.list().stream().filter(Problem::isError).findFirst().orElse(null);
  }

  /** What the policy does not take, however it is written, may have a remedy of its own. */
  private static Problem withoutEntry(Problem problem, Problem last) {
    PolicyCode code = (PolicyCode) last.code();
    boolean ownWords =
        !last.fix().equals(code.remedy())
            && !last.fix().equals(PolicyCode.ORIGIN_MALFORMED.remedy());
    return ownWords || code.name().startsWith("CREDENTIALS_")
        ? with(problem, problem.message() + " " + last.message(), last.fix())
        : problem;
  }

  private static Problem with(Problem problem, String message, String fix) {
    return new Problem(
        problem.code(), problem.severity(), problem.field(), problem.value(), message, fix);
  }

  private static String write(List<String> entries) {
    List<String> distinct = entries.stream().distinct().toList();
    int last = distinct.size() - 1;
    if (distinct.equals(List.of("*"))) {
      return "Write *, which allows every origin.";
    }
    return last == 0
        ? "Write " + distinct.get(0) + "."
        : distinct.subList(0, last).stream()
            .collect(Collectors.joining(", ", "Write ", " and "))
            .concat(distinct.get(last) + ", as entries of their own.");
  }
}
