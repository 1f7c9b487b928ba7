package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expressions are refused with a reason, or bounded; two of them match what either of them does,
 * and what the JDK's engine says where both read the expression alike.
 */
public final class RegexFuzz {
  /** What the parser promises, and the two states around an expression. */
  private static final int MAX_STATES = 10_002;

  private static final int MAX_STEPS = 100_000;

  private RegexFuzz() {}

  /** The first two lines of the input are expressions, the rest is a text. */
  public static void fuzzerTestOneInput(byte[] input) throws RegexSyntaxException {
    List<String> lines = Input.lines(input, 3);
    String one = lines.get(0);
    String other = lines.get(1);
    String text = lines.get(2);
    if (!isUsable(one) || !isUsable(other)) {
      return;
    }
    RegexSet first = RegexSet.of(List.of(one));
    RegexSet second = RegexSet.of(List.of(other));
    boolean both = RegexSet.of(List.of(one, other)).matches(text);
    check(both == (first.matches(text) || second.matches(text)), one, other, text);
    compare(one, first, text);
    compare(other, second, text);
  }

  private static boolean isUsable(String expression) throws RegexSyntaxException {
    RegexSyntaxException refused = RegexSet.check(expression);
    if (refused != null) {
      check(refused.code().name().startsWith("REGEX_"), expression);
      check(refused.getMessage().matches("[ -~]+[.]") && refused.fix().endsWith("."), expression);
      return false;
    }
    Nfa nfa = new Nfa();
    RegexParser.compile(expression, nfa, nfa.addFork());
    check(nfa.size() <= MAX_STATES, expression, nfa.size());
    return true;
  }

  private static void compare(String expression, RegexSet set, String text) {
    // Beyond the characters of origins "." and negated classes mean something else; classes in
    // classes and one quantifier behind the other the JDK reads in a way of its own.
    boolean alike =
        text.matches("[a-z0-9_.:/\\[\\]+-]{0,40}")
            && !expression.contains("&&")
            && !expression.matches(".*\\[.*\\[.*|.*[*+?}][*+{].*|.*[*+?}][?][*+?{].*");
    if (!alike) {
      return;
    }
    try {
      boolean expected = Pattern.compile(expression).matcher(new Bounded(text)).matches();
      check(set.matches(text) == expected, expression, text, expected);
    } catch (PatternSyntaxException | TooManySteps | StackOverflowError noOracle) {
      // The JDK's engine is no help with this one.
      return;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  /** A text that is looked at a bounded number of times: the oracle backtracks. */
  private static final class Bounded implements CharSequence {
    private final String text;
    private int steps;

    Bounded(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
