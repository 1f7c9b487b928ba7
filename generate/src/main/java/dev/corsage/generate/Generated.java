package dev.corsage.generate;

import dev.corsage.Problem;
import java.util.List;

/**
 * What came of compiling a policy for a target.
 *
 * @param target the name of the target
 * @param exact whether the files decide as the policy does, on every request that the target sees
 * @param files the files, in the order in which they are read; empty if the policy was refused;
 *     unmodifiable
 * @param problems why it was refused, what is narrower than the policy, and what is to be known of
 *     the target; unmodifiable
 */
public record Generated(
    String target, boolean exact, List<GeneratedFile> files, List<Problem> problems) {
  /** Copies the lists; no argument may be null. */
  public Generated {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /** Tells whether the policy was refused. */
  public boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }
}
