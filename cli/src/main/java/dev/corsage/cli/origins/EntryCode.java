package dev.corsage.cli.origins;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of problems that entries of a store have beside those of a policy's own. */
public enum EntryCode implements ProblemCode {
  /** A policy would never look it up. */
  STORE_ENTRY(
      "A store is asked for exact origins, https://*.example.com, and both with :*; it would never"
          + " be asked for this.",
      "Put it into the policy's own origins."),
  /** The time at which it expires. */
  STORE_EXPIRY(
      "The expiry is not a time, or it is in the past or after the year 9999.",
      "Write an instant such as 2026-12-01T00:00:00Z, or nothing.");

  private final String meaning;
  private final String remedy;

  EntryCode(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
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
