package dev.corsage.cli.lint;

import dev.corsage.PolicyCode;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.lambda.ConfigurationCode;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with a policy, and the exit status of it. */
final class Lint {
  private static final int CLEAN = 0;
  private static final int ERRORS = 1;
  private static final int UNUSABLE = 2;

  /** The codes of input that is not a policy document at all. */
  private static final Set<ProblemCode> NO_DOCUMENT =
      Set.of(
          ConfigurationCode.DOCUMENT_SYNTAX,
          ConfigurationCode.DOCUMENT_TYPE,
          ConfigurationCode.POLICY_FILE);

  /** The codes of what is fine during development, and an error in production. */
  private static final Set<ProblemCode> NOT_IN_PRODUCTION = Set.of(PolicyCode.ORIGIN_LOOPBACK);

  private final boolean production;

  /**
   * Creates it.
   *
   * @param production whether origins on the user's own machine are errors
   */
  Lint(boolean production) {
    this.production = production;
  }

  /** Returns every problem of a document. */
  List<Problem> document(String text) {
    return graded(PolicyDocument.problems(text));
  }

  /** Returns the problems of the policy in an environment. */
  List<Problem> environment(Map<String, String> variables) {
    return graded(EnvironmentPolicy.problems(variables));
  }

  private List<Problem> graded(List<Problem> problems) {
    return problems.stream().map(this::graded).toList();
  }

  /** Returns a problem that was found elsewhere, graded in the same way. */
  Problem graded(Problem problem) {
    return production && NOT_IN_PRODUCTION.contains(problem.code())
        ? problem.withSeverity(Problem.Severity.ERROR)
        : problem;
  }

  /** Returns the exit status for problems. */
  static int status(List<Problem> problems) {
    if (problems.stream().anyMatch(problem -> NO_DOCUMENT.contains(problem.code()))) {
      return UNUSABLE;
    }
    return problems.stream().anyMatch(Problem::isError) ? ERRORS : CLEAN;
  }
}
