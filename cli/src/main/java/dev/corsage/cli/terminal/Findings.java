package dev.corsage.cli.terminal;

import dev.corsage.Problem;
import java.util.List;

/**
 * What one call of a command found. Immutable.
 *
 * @param findings in the order of the files
 * @param notLookedAt what was not taken into account, a line for each kind
 * @param unusable what could not be read as what it should be
 * @param several whether the call named more than one file, so that each finding names its own
 */
public record Findings(
    List<Finding> findings, List<String> notLookedAt, List<Unusable> unusable, boolean several) {

  /** A file that cannot be used, and why; the file is empty if it is something else. */
  public record Unusable(String file, String reason) {}

  /** Creates one; the lists are copied. */
  public Findings {
    findings = List.copyOf(findings);
    notLookedAt = List.copyOf(notLookedAt);
    unusable = List.copyOf(unusable);
  }

  /** Returns the problems as they are shown. */
  public List<Problem> problems() {
    return findings.stream().map(several ? Finding::inFile : Finding::problem).toList();
  }
}
