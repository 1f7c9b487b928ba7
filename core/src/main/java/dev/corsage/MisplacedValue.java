package dev.corsage;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds references to stores, and URLs with user names or passwords, where neither belongs. They
 * must not be checked as if they were what belongs there: if one were taken apart as a list of
 * headers, for example, messages would quote a password in pieces that cannot be recognized as
 * secret.
 */
final class MisplacedValue {
  /** In a class of their own, which a cold start with a policy that is in order does not load. */
  private static final class Expressions {
    /** At the beginning, or behind what separates the entries of a list. */
    static final Pattern REFERENCE =
        Pattern.compile("(?:^|[\\s,;\"'])(rediss?:|s3:|(?:dynamodb|momento|ssm|appconfig):(?!//))");

    static final Pattern USER_INFO =
        Pattern.compile("(?s)(?:^|[\\s,;\"'])[A-Za-z][A-Za-z0-9+.-]*://.*@");
  }

  /** What a reference begins with. Most values have none, and need no expression. */
  private static final List<String> STORES =
      List.of("redis", "s3:", "dynamodb:", "momento:", "ssm:", "appconfig:");

  private MisplacedValue() {}

  /** Tells whether a text is, or has within it, a reference to a store. */
  static boolean hasReference(String text) {
    return mayHaveReference(text) && Expressions.REFERENCE.matcher(text).find();
  }

  private static boolean mayHaveReference(String text) {
    for (String store : STORES) {
      if (text.contains(store)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the problem of a value that is misplaced, or null if it is not. */
  static Problem check(String field, String value) {
    Matcher reference = mayHaveReference(value) ? Expressions.REFERENCE.matcher(value) : null;
    if (reference != null && reference.find()) {
      boolean document = reference.group(1).matches("(?:ssm|appconfig|s3):");
      return Problem.of(
          PolicyCode.VALUE_MISPLACED,
          field,
          value,
          "This is a reference to "
              + (document ? "a policy document" : "an allow list")
              + " in a store.",
          document
              ? "Put it into CORS_POLICY."
              : "Put it into ALLOW_LIST, or allowList of the policy document.");
    }
    // Up to the last at sign alone: behind it, each scheme would be followed to the end in vain.
    String withAt = value.substring(0, value.lastIndexOf('@') + 1);
    return withAt.isEmpty() || !Expressions.USER_INFO.matcher(withAt).find()
        ? null
        : Problem.of(
            PolicyCode.VALUE_MISPLACED,
            field,
            value,
            "This is a URL with a user name or password; it does not belong here.",
            "Remove it, and change the password if others have seen it.");
  }
}
