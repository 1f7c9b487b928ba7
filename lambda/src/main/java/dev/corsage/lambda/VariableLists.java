package dev.corsage.lambda;

import dev.corsage.InvalidPolicyException;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes apart the lists in variables, whose entries are separated by commas or white space. A text
 * that may have a password in it stays one entry, because the password could not be recognized in
 * its pieces. No valid entry of any list has an at sign.
 */
final class VariableLists {
  private VariableLists() {}

  /** Returns the entries of a list of methods or headers. */
  static List<String> names(String list) {
    return mayHavePassword(list) ? List.of(list.strip()) : split(list, false);
  }

  /** Returns the entries of a list of origins. */
  static List<String> origins(String list) {
    List<String> entries = split(list);
    // An expression may have an at sign, though no origin has one.
    boolean whole =
        mayHavePassword(list)
            && !entries.stream().allMatch(entry -> isPattern(entry) && !isReference(entry));
    return whole ? List.of(list.strip()) : entries;
  }

  private static boolean mayHavePassword(String list) {
    return list.indexOf('@') >= 0 || isReference(list);
  }

  private static boolean isReference(String text) {
    return Problem.misplaced("", text).isPresent();
  }

  private static boolean isPattern(String entry) {
    try {
      OriginPattern.parse(entry);
      return true;
    } catch (InvalidPolicyException notOne) {
      return false;
    }
  }

  /**
   * Splits a list of origins. A regular expression begins with a slash and ends with the last slash
   * before a separator, so it may contain commas.
   */
  static List<String> split(String list) {
    return split(list, true);
  }

  private static List<String> split(String list, boolean expressions) {
    List<String> entries = new ArrayList<>();
    int i = 0;
    while (i < list.length()) {
      if (isSeparator(list.charAt(i))) {
        i++;
        continue;
      }
      boolean isExpression = expressions && list.charAt(i) == '/';
      int end = isExpression ? endOfRegex(list, i) : endOfEntry(list, i);
      entries.add(list.substring(i, end));
      i = end;
    }
    return entries;
  }

  private static int endOfEntry(String list, int start) {
    int end = start;
    while (end < list.length() && !isSeparator(list.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int endOfRegex(String list, int start) {
    for (int i = start + 1; i < list.length(); i++) {
      if (list.charAt(i) == '\\') {
        i++;
      } else if (list.charAt(i) == '/'
          && (i + 1 == list.length() || isSeparator(list.charAt(i + 1)))) {
        return i + 1;
      }
    }
    return list.length();
  }

  private static boolean isSeparator(char c) {
    return c == ',' || Character.isWhitespace(c);
  }
}
