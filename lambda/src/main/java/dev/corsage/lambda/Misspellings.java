package dev.corsage.lambda;

import dev.corsage.Problem;
import dev.corsage.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds names of variables and keys that are probably misspelt: their values would be lost without
 * notice.
 */
final class Misspellings {
  private static final int MAX_EDITS = 2;

  /** Shorter names such as MAX_AGE are too similar to names that mean something else. */
  private static final int MIN_VARIABLE = 10;

  private static final List<String> OF_SECRET =
      List.of("pass", "pwd", "secret", "token", "key", "auth");

  private Misspellings() {}

  /**
   * Returns a problem for each variable whose name is probably a misspelling of one of some names.
   *
   * @param remedy what to do instead of writing the right name, or null
   */
  static List<Problem> find(Map<String, String> environment, List<String> names, String remedy) {
    List<Problem> problems = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          String meant = meant(name, names);
          if (meant != null) {
            problems.add(
                Problem.of(
                    ConfigurationCode.UNKNOWN_VARIABLE,
                    name,
                    isOfSecret(name) ? "" : value,
                    "There is no such variable.",
                    remedy == null ? "Write " + meant + "." : remedy));
          }
        });
    return problems;
  }

  /**
   * Returns which of some names is probably meant; null if none is, or if the name is one of them.
   */
  static String meant(String name, List<String> names) {
    if (names.contains(name)) {
      return null;
    }
    for (String candidate : names) {
      if (candidate.length() >= MIN_VARIABLE && isNear(name, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /** Returns what to write instead of an unknown key of the policy document. */
  static String remedy(String key, List<String> keys) {
    return keys.stream()
        .filter(candidate -> isNear(key, candidate))
        .findFirst()
        .map(candidate -> "Write " + candidate + ".")
        .orElse(ConfigurationCode.UNKNOWN_KEY.remedy());
  }

  /** Tells whether a name speaks of a secret, so that its value must not be shown. */
  static boolean isOfSecret(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return OF_SECRET.stream().anyMatch(lowerCase::contains);
  }

  private static boolean isNear(String name, String candidate) {
    return Spelling.edits(name, candidate, MAX_EDITS) <= MAX_EDITS;
  }
}
