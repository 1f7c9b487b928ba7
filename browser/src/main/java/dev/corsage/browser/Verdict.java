package dev.corsage.browser;

/**
 * What a browser makes of one response. Immutable.
 *
 * @param outcome what came of it; not null
 * @param value what it failed at: the value of a header, a method, the name of a header, a token, a
 *     status; empty if there is no such thing; not null
 */
public record Verdict(Outcome outcome, String value) {

  static Verdict of(Outcome outcome) {
    return new Verdict(outcome, "");
  }

  /** Tells whether the response satisfies the browser. */
  public boolean isPassed() {
    return outcome.isPassed();
  }
}
