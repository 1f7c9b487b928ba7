package dev.corsage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a policy does not build; names every problem at once.
 *
 * <p>It carries no stack trace: its message is meant for the person who wrote the policy, and is
 * the only thing they need to see in the log of a function whose init failed.
 */
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems all that was found, errors and warnings; at least one error
   * @throws IllegalArgumentException if there is no error among them
   */
  public InvalidPolicyException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem found, errors and warnings, in the order of the policy's fields. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  private static String message(List<Problem> problems) {
    List<Problem> errors = problems.stream().filter(Problem::isError).toList();
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("a policy without errors is valid");
    }
    String count = errors.size() == 1 ? "a problem" : errors.size() + " problems";
    return errors.stream()
        .map(problem -> "\n  - " + problem)
        .collect(Collectors.joining("", "The CORS policy has " + count + ":", ""));
  }
}
