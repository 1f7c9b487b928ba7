package dev.corsage.lambda;

import dev.corsage.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How often a policy document that is kept elsewhere is read: {@code CORS_POLICY_REFRESH}. */
final class PolicyRefresh {
  static final String VARIABLE = "CORS_POLICY_REFRESH";

  /** A change is in force within a minute, for 44,000 readings a month by each busy instance. */
  private static final int DEFAULT_SECONDS = 60;

  private static final int MAX_SECONDS = 86_400;

  private PolicyRefresh() {}

  /** Returns the interval; the default where the variable has none. */
  static Duration interval(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    return Duration.ofSeconds(isInterval(value) ? Integer.parseInt(value) : DEFAULT_SECONDS);
  }

  /** Returns what is wrong with the variable; empty if it is in order or not there. */
  static List<Problem> problems(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    if (value.isEmpty()) {
      return List.of();
    }
    if (!isInterval(value)) {
      return List.of(
          Problem.misplaced(VARIABLE, value)
              .or(() -> VariableSyntax.check(ConfigurationCode.POLICY_REFRESH, VARIABLE, value))
              .orElseGet(
                  () ->
                      problem(
                          value,
                          "It is not a whole number of seconds from 1 to " + MAX_SECONDS + ".",
                          ConfigurationCode.POLICY_REFRESH.remedy())));
    }
    if (PolicyLocation.of(environment) == null) {
      return List.of(
          problem(
              value,
              "There is nothing to read again: CORS_POLICY is not a reference such as ssm:/cors.",
              "Remove it, or put the document into a store."));
    }
    return List.of();
  }

  private static boolean isInterval(String value) {
    return value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= MAX_SECONDS;
  }

  private static Problem problem(String value, String message, String fix) {
    return Problem.of(ConfigurationCode.POLICY_REFRESH, VARIABLE, value, message, fix);
  }
}
