package dev.corsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decisions with any headers, for the tests of what puts them on responses. */
public final class DecisionOf {
  private DecisionOf() {}

  /**
   * Returns the decision on an actual request that is allowed.
   *
   * @param headers what it has; a name without a value is one that it replaces and does not send
   */
  public static Decision headers(Map<String, String> headers) {
    List<String> others = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          if (!name.equals("Access-Control-Allow-Origin")) {
            others.add(name);
            others.add(value);
          }
        });
    return new Decision(
        new Outcome(
            Decision.Kind.ACTUAL,
            true,
            Decision.Reason.ALLOWED,
            Outcome.NO_STATUS,
            headers.get("Access-Control-Allow-Origin"),
            others.toArray(String[]::new),
            null),
        "");
  }
}
