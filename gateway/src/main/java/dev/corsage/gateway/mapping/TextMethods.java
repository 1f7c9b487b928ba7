package dev.corsage.gateway.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The methods of texts that could make very long ones, or take very long, within the budget. */
final class TextMethods {
  private TextMethods() {}

  static String concat(String text, String more) {
    Budget.text((long) text.length() + more.length());
    return text.concat(more);
  }

  static boolean matches(String text, String expression) {
    return matcher(text, expression).matches();
  }

  static String replace(String text, String from, String to) {
    long found = from.isEmpty() ? text.length() + 1L : 0;
    for (int at = text.indexOf(from);
        at >= 0 && !from.isEmpty();
        at = text.indexOf(from, at + from.length())) {
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
    Matcher matcher = matcher(text, expression);
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
    return Arrays.asList(pattern(expression).split(Budget.watched(text), limit));
  }

  private static Matcher matcher(String text, String expression) {
    return pattern(expression).matcher(Budget.watched(text));
  }

  private static Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException malformed) {
      throw new TemplateFault("The expression " + expression + " is malformed");
    }
  }
}
