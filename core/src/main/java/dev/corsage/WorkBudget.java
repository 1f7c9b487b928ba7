package dev.corsage;

/**
 * A bound on the work that one expression of a policy may cost when it is checked, counted in steps
 * of about the same size. It is the same on every machine, which a bound on time is not.
 */
final class WorkBudget {
  private static final int STEPS = 30_000;
  private static final int STEPS_PER_CHARACTER = 2_000;

  private int left;

  private WorkBudget(int left) {
    this.left = left;
  }

  /** Returns the budget of an expression: longer ones may cost more, so that lists may be long. */
  static WorkBudget of(String expression) {
    return new WorkBudget(STEPS + STEPS_PER_CHARACTER * expression.length());
  }

  /** Counts some steps. */
  void spend(int steps) throws Exceeded {
    left -= steps;
    if (left < 0) {
      throw new Exceeded();
    }
  }

  /** There is more to do than the budget allows. */
  static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    private Exceeded() {
      super("more work than an expression may cost", null, false, false);
    }
  }
}
