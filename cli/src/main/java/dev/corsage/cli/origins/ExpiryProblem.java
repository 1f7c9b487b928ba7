package dev.corsage.cli.origins;

import dev.corsage.Problem;
import dev.corsage.store.Expiry;
import java.time.Instant;
import java.util.Optional;

/** What is wrong with the expiry of an entry. */
final class ExpiryProblem {
  private ExpiryProblem() {}

  /** Returns what is wrong with an expiry, or nothing. */
  static Optional<Problem> of(Instant expires, Instant now, String field, String written) {
    if (!now.isBefore(expires)) {
      return Optional.of(
          problem(
              field,
              written,
              "It is in the past: the entry would not count.",
              "Write a later time, or leave the entry out."));
    }
    if (!Expiry.isPossible(expires)) {
      return Optional.of(
          problem(
              field,
              written,
              "It is after the year 9999.",
              "Leave the expiry out: the entry then counts until it is removed."));
    }
    return Optional.empty();
  }

  /** Returns the problem of an expiry in a file that is not an instant. */
  static Problem malformed(String field, String written) {
    return problem(
        field,
        written,
        "What follows the origin is not the time at which the entry expires.",
        "Write an instant such as 2026-12-01T00:00:00Z, or nothing.");
  }

  private static Problem problem(String field, String written, String message, String fix) {
    return Problem.of(EntryCode.STORE_EXPIRY, field, written, message, fix);
  }
}
