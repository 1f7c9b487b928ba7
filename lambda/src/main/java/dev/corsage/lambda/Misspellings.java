package dev.corsage.lambda;

import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Variables that are nearly one of ours, and were meant to be: without a word they would be lost.
 */
final class Misspellings {
  private Misspellings() {}

  /**
   * Returns a problem for each variable that was meant to be one of some names.
   *
   * @param remedy what to do instead of writing the right name, or null
   */
  static List<Problem> find(Map<String, String> environment, List<String> names, String remedy) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String meant = meant(variable.getKey(), names);
      if (meant != null) {
        problems.add(
            new Problem(
                "UNKNOWN_VARIABLE",
                Problem.Severity.ERROR,
                variable.getKey(),
                Secrets.removed(variable.getValue()),
                "There is no such variable.",
                remedy == null ? "Write " + meant + "." : remedy));
      }
    }
    return problems;
  }

  /** Returns which of some names is nearly this one; null if none is, or if this is one of them. */
  static String meant(String name, List<String> names) {
    if (names.contains(name)) {
      return null;
    }
    for (String candidate : names) {
      if (isNearly(name, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isNearly(String name, String candidate) {
    // Short names such as MAX_AGE are near too much that means something else.
    return candidate.length() >= 10
        && Math.abs(name.length() - candidate.length()) <= 2
        && EditDistance.between(name, candidate) <= 2;
  }
}
