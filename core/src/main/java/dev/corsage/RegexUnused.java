package dev.corsage;

import java.util.List;

/** Finds parts of an expression that match in no origin, although the expression does. */
final class RegexUnused {
  /** More arms than anybody reads a warning about; each of them is looked at by itself. */
  private static final int MAX_ARMS = 40;

  private RegexUnused() {}

  /** Returns what is told of a part that never matches, or null if none was found. */
  static String find(String expression) {
    try {
      List<String> arms = RegexParser.arms(expression);
      for (String arm : arms.size() > MAX_ARMS ? List.<String>of() : arms) {
        WorkBudget budget = WorkBudget.of(arm);
        if (arms.size() > 1 && RegexSet.of(List.of(arm)).hosts(budget).sample() == null) {
          return "The part " + arm + " matches no origin by itself.";
        }
      }
    } catch (RegexSyntaxException checkedBefore) {
      throw new IllegalArgumentException(checkedBefore);
    } catch (WorkBudget.Exceeded unknown) {
      return null;
    }
    return RegexSet.of(List.of(expression)).hasUpperCaseOnly()
        ? "It has upper-case letters, which match nothing: browsers send origins in lower case."
        : null;
  }
}
