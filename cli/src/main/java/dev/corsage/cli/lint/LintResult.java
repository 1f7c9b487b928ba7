package dev.corsage.cli.lint;

import dev.corsage.Problem;
import java.util.List;

/**
 * What was found in the files of one call. Immutable.
 *
 * @param findings in the order of the files
 * @param notLookedAt what was not taken into account, a line for each kind
 * @param unusable the files that could not be read as what they should be
 * @param several whether the call named more than one file, so that each finding names its own
 */
record LintResult(
    List<Finding> findings, List<String> notLookedAt, List<Unusable> unusable, boolean several) {

  /** A file that cannot be used, and why. */
  record Unusable(String file, String reason) {}

  /** Creates one; the lists are copied. */
  LintResult {
    findings = List.copyOf(findings);
    notLookedAt = List.copyOf(notLookedAt);
    unusable = List.copyOf(unusable);
  }

  /** Returns the problems as they are shown. */
  List<Problem> problems() {
    return findings.stream().map(several ? Finding::inFile : Finding::problem).toList();
  }
}
