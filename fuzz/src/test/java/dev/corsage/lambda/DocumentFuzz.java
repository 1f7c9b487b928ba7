package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.fuzz.Input;
import java.util.List;
import java.util.Set;

/** A document builds, or is told what is wrong with it; nothing else. */
public final class DocumentFuzz {
  private DocumentFuzz() {}

  /** The input is the document. */
  public static void fuzzerTestOneInput(byte[] input) {
    String document = Input.text(input);
    List<Problem> problems = PolicyDocument.problems(document);
    checkProblems(problems);
    boolean wrong = problems.stream().anyMatch(Problem::isError);
    try {
      CorsDecider decider = PolicyDocument.parse(document);
      check(!wrong, document, problems);
      check(problems.containsAll(decider.warnings()), document, problems);
    } catch (InvalidPolicyException refused) {
      check(wrong, document, refused);
      check(Set.copyOf(refused.problems()).equals(Set.copyOf(problems)), document, problems);
    }
  }

  static void checkProblems(List<Problem> problems) {
    for (Problem problem : problems) {
      check(problem.message().endsWith(".") && problem.fix().endsWith("."), problem);
      check(problem.toString().chars().allMatch(c -> c >= ' ' && c != 0x7f), problem);
    }
  }
}
