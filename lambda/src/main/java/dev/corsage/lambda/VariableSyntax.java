package dev.corsage.lambda;

import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.store.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds values of variables that are written as in a shell, a JSON document or another
 * configuration: in quotes that reach the function, as a JSON list, or with other separators.
 */
final class VariableSyntax {
  private static final String QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019";

  /** Other separators of names; an expression, compiled where it is needed. */
  private static final String SEPARATED_NAMES = "[|;]";

  /** Two origins with a separator of another configuration; an expression has alternatives. */
  private static final String SEPARATED_ORIGINS = "[|;](?:$|\\s*[A-Za-z][A-Za-z0-9+.-]*://)";

  /** Above this length the value as it should be is not shown. */
  private static final int MAX_SHOWN = 200;

  private VariableSyntax() {}

  /** Returns the problem of a value that is not a list; empty if it has no quotes. */
  static Optional<Problem> check(ProblemCode code, String variable, String value) {
    return isQuoted(value.strip())
        ? Optional.of(quoted(code, variable, value, unquoted(value.strip())))
        : Optional.empty();
  }

  /**
   * Returns the problem of a list of methods or headers; empty if it is written as it should be.
   *
   * @param names the value taken apart
   */
  static Optional<Problem> checkNames(
      ProblemCode code, String variable, String value, List<String> names) {
    return checkList(code, variable, value, names, SEPARATED_NAMES);
  }

  /**
   * Returns the problem of a list of origins; empty if it is written as it should be.
   *
   * @param origins the value taken apart
   */
  static Optional<Problem> checkOrigins(
      ProblemCode code, String variable, String value, List<String> origins) {
    List<String> entries = new ArrayList<>(origins);
    entries.removeIf(entry -> entry.startsWith("/"));
    return checkList(code, variable, value, entries, SEPARATED_ORIGINS);
  }

  private static Optional<Problem> checkList(
      ProblemCode code, String variable, String value, List<String> entries, String separated) {
    if (Problem.misplaced(variable, value).isPresent()) {
      // It has a password perhaps, and is reported as what it is.
      return Optional.empty();
    }
    String list = value.strip();
    if (list.startsWith("[") && list.endsWith("]")) {
      return Optional.of(
          problem(
              code,
              variable,
              value,
              "It is written as a JSON list.",
              "Remove the brackets and the quotes",
              plain(list)));
    }
    for (String entry : entries) {
      if (isQuoted(entry)) {
        return Optional.of(quoted(code, variable, value, plain(list)));
      }
    }
    for (String entry : entries) {
      // Most have neither character, and a cold start pays for what an expression loads.
      if ((entry.indexOf('|') >= 0 || entry.indexOf(';') >= 0)
          && Pattern.compile(separated).matcher(entry).find()) {
        return Optional.of(
            problem(
                code,
                variable,
                value,
                "Commas or white space separate the entries, and nothing else does.",
                "Separate them by commas",
                plain(list)));
      }
    }
    return Optional.empty();
  }

  /** Returns a list as it should be written. */
  private static String plain(String list) {
    return Stream.of(list.split("[\\s,;|\\[\\]]+"))
        .map(VariableSyntax::unquoted)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static Problem quoted(ProblemCode code, String variable, String value, String plain) {
    return problem(
        code, variable, value, "The quotes are a part of the value.", "Remove the quotes", plain);
  }

  private static Problem problem(
      ProblemCode code, String variable, String value, String message, String fix, String plain) {
    return Problem.of(
        code,
        variable,
        value,
        message,
        isShown(variable, plain) ? fix + ": write " + plain + "." : fix + ".");
  }

  /** Without its quotes, a password may not be recognized as one; a remedy is printable ASCII. */
  private static boolean isShown(String variable, String plain) {
    return !plain.isEmpty()
        && plain.length() <= MAX_SHOWN
        && plain.chars().allMatch(c -> c >= ' ' && c <= '~')
        && plain.indexOf('@') < 0
        && Problem.misplaced(variable, plain).isEmpty()
        && Secrets.masked(plain).equals(plain);
  }

  private static boolean isQuoted(String text) {
    return !text.isEmpty() && (isQuote(text.charAt(0)) || isQuote(text.charAt(text.length() - 1)));
  }

  private static String unquoted(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isQuote(text.charAt(start))) {
      start++;
    }
    while (end > start && isQuote(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isQuote(char c) {
    return QUOTES.indexOf(c) >= 0;
  }
}
