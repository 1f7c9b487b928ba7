package dev.corsage.gateway.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that ends within the budget. {@link Budget#watched} charges what matching
 * reads of the text; what it can do without reading, such as to try each of the empty alternatives
 * of {@code (|)(|)(|)}, is bounded by the form of the expression.
 */
final class Expression {
  /** The JDK takes time that grows with the square of the length of a literal. */
  private static final int MAX_LENGTH = 10_000;

  private static final int MAX_COUNT = 1_000;

  /** Steps without reading, for all places of a text where a match can begin. */
  private static final double MAX_STEPS = 1 << 28;

  private final String expression;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;

  private Expression(String expression) {
    this.expression = expression;
  }

  /** What matching a group can do without reading the text, as upper bounds. */
  private static final class Group {
    private double steps = 1;

    /** In how many ways the alternatives before this one can be tried. */
    private double before;

    private double ways = 1;

    void next() {
      before += ways;
      ways = 1;
    }

    void add(double moreSteps, double moreWays) {
      steps += ways * moreSteps;
      ways *= moreWays;
    }
  }

  /** Returns a matcher of a text. */
  static Matcher matcher(String expression, String text) {
    return compile(expression, text).matcher(Budget.watched(text));
  }

  /** Returns an expression for use with a text. */
  static Pattern compile(String expression, String text) {
    if (expression.length() > MAX_LENGTH) {
      throw new TemplateFault("An expression has more than 10,000 characters");
    }
    if (new Expression(expression).steps() * (1.0 + text.length()) > MAX_STEPS) {
      throw refused(expression);
    }
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException malformed) {
      throw new TemplateFault("The expression " + expression + " is malformed");
    }
  }

  private static TemplateFault refused(String expression) {
    return new TemplateFault("The expression " + expression + " is not run here");
  }

  private double steps() {
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      switch (c) {
        case '\\' -> {
          escape();
          group.add(count(), 1);
        }
        case '[' -> {
          characterClass();
          group.add(count(), 1);
        }
        case '(' -> {
          open.push(group);
          group = new Group();
          flags();
        }
        case '|' -> group.next();
        case ')' -> close();
        default -> group.add(count(), 1);
      }
    }
    while (!open.isEmpty()) {
      close();
    }
    return group.steps * Math.max(1, group.before + group.ways);
  }

  /** Ends a group. What may be left out can match the empty text in one more way. */
  private void close() {
    group.next();
    Group closed = group;
    group = open.isEmpty() ? new Group() : open.pop();
    boolean quantified = at < expression.length() && "?*+{".indexOf(expression.charAt(at)) >= 0;
    group.add(closed.steps * count(), closed.before + (quantified ? 1 : 0));
  }

  /** Skips what is behind a backslash. */
  private void escape() {
    if (expression.startsWith("Q", at)) {
      int end = expression.indexOf("\\E", at);
      at = end < 0 ? expression.length() : end + 2;
    } else {
      at++;
    }
  }

  /** Skips a class of characters, in which a closing bracket that comes first is a character. */
  private void characterClass() {
    int depth = 1;
    boolean first = true;
    while (depth > 0 && at < expression.length()) {
      char c = expression.charAt(at++);
      if (c == '\\') {
        if (expression.startsWith("Q", at)) {
          throw refused(expression);
        }
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && !first) {
        depth--;
      }
      first = c == '[' || (c == '^' && first);
    }
  }

  /** Skips the question mark of a group that is not captured. With x, spaces do not count. */
  private void flags() {
    if (expression.startsWith("?", at)) {
      at++;
      for (int i = at;
          i < expression.length() && "idmsuxU-".indexOf(expression.charAt(i)) >= 0;
          i++) {
        if (expression.charAt(i) == 'x') {
          throw refused(expression);
        }
      }
    }
  }

  /** Returns the larger number of a quantifier in braces; 1 if there is none. */
  private int count() {
    if (!expression.startsWith("{", at)) {
      return 1;
    }
    int most = 1;
    int number = 0;
    for (int i = at + 1; i < expression.length() && expression.charAt(i) != '}'; i++) {
      char c = expression.charAt(i);
      number = c >= '0' && c <= '9' ? number * 10 + c - '0' : 0;
      most = Math.max(most, number);
      if (most > MAX_COUNT) {
        throw refused(expression);
      }
    }
    return most;
  }
}
