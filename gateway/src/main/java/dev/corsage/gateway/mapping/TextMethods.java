package dev.corsage.gateway.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/** The methods of texts that could make very long ones, or take very long, within the budget. */
final class TextMethods {
  private TextMethods() {}

  static String concat(String text, String more) {
    Budget.text((long) text.length() + more.length());
    return text.concat(more);
  }

  /** Returns where a text begins in another, at an index or after it; -1 if it does not. */
  static int indexOf(String text, String wanted, int from) {
    if (wanted.isEmpty()) {
      return text.indexOf(wanted, from);
    }
    int at = Math.max(0, from);
    while (at <= text.length() - wanted.length() && !begins(text, wanted, at)) {
      at++;
    }
    return at <= text.length() - wanted.length() ? at : -1;
  }

  /** Returns where a text begins in another for the last time; -1 if it does not. */
  static int lastIndexOf(String text, String wanted) {
    int at = text.length() - wanted.length();
    while (at >= 0 && !begins(text, wanted, at)) {
      at--;
    }
    return Math.max(-1, at);
  }

  /** Compares at one place, and charges it: all places together are quadratic. */
  private static boolean begins(String text, String wanted, int at) {
    int same = 0;
    while (same < wanted.length() && text.charAt(at + same) == wanted.charAt(same)) {
      same++;
    }
    Budget.text(same);
    return same == wanted.length();
  }

  static boolean matches(String text, String expression) {
    return Expression.matcher(expression, text).matches();
  }

  static String replace(String text, String from, String to) {
    long found = from.isEmpty() ? text.length() + 1L : 0;
    for (int at = indexOf(text, from, 0);
        at >= 0 && !from.isEmpty();
        at = indexOf(text, from, at + from.length())) {
      found++;
    }
    Budget.text(text.length() + found * to.length());
    return text.replace(from, to);
  }

  static String replaceAll(String text, String expression, String replacement) {
    return replace(text, expression, replacement, Integer.MAX_VALUE);
  }

  static String replaceFirst(String text, String expression, String replacement) {
    return replace(text, expression, replacement, 1);
  }

  private static String replace(String text, String expression, String replacement, int times) {
    long groups = replacement.chars().filter(c -> c == '$').count();
    Matcher matcher = Expression.matcher(expression, text);
    StringBuilder replaced = new StringBuilder();
    for (int i = 0; i < times && matcher.find(); i++) {
      // Each group is a part of the text, which was charged when it was made.
      long most = replaced.length() + replacement.length() + (groups + 1) * text.length();
      if (most > 2L * Budget.MAX_TEXT) {
        throw new TemplateFault("A text has more than 10 MB");
      }
      matcher.appendReplacement(replaced, replacement);
    }
    matcher.appendTail(replaced);
    return replaced.toString();
  }

  static List<String> split(String text, String expression, int limit) {
    return Arrays.asList(Expression.compile(expression, text).split(Budget.watched(text), limit));
  }
}
