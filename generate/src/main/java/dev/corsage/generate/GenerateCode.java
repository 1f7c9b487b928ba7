package dev.corsage.generate;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of problems that a policy has with a target. */
public enum GenerateCode implements ProblemCode {
  ENTRY_NOT_EXPRESSED(
      Severity.ERROR,
      "The target cannot express this entry exactly.",
      "Generate for a target that can, or leave the entry out with --partial."),
  ENTRY_BACKTRACKS(
      Severity.ERROR,
      "The target matches expressions by trying one way after the other, and of this expression the"
          + " ways grow with the origin: a long origin could keep it busy.",
      "Write it so that every origin matches in one way, or generate for a target that matches in"
          + " linear time."),
  SETTING_NOT_EXPRESSED(
      Severity.ERROR,
      "The target cannot do what this setting says.",
      "Leave the setting out, or generate for a target that can."),
  STORE_NOT_EXPRESSED(
      Severity.ERROR,
      "The target cannot ask an allow list in a store.",
      "Write the origins into the policy, or leave the list out with --partial."),
  SCOPES_NOT_EXPRESSED(
      Severity.ERROR,
      "The target takes one policy, not several by scope.",
      "Write each policy into a file of its own, and generate for each."),
  TARGET_LIMIT(
      Severity.ERROR,
      "The policy is larger than the target takes.",
      "Write fewer entries, or generate for a target without this limit."),
  NOTHING_LEFT(
      Severity.ERROR,
      "Without what the target cannot express, the policy allows no origin.",
      "Generate for another target."),
  TARGET_DIFFERS(
      Severity.INFO,
      "The target does this in another way than the policy's own function.",
      "Nothing to do, if you do not rely on it.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  GenerateCode(Severity severity, String meaning, String remedy) {
    this.severity = severity;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
