package dev.corsage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Compiles one regular expression into states of an {@link Nfa}, backwards: each piece is given the
 * state that follows it.
 *
 * <p>The dialect is what an automaton can do, in the notation all engines share:
 *
 * <pre>
 * expression  = arm { "|" arm }
 * arm         = [ "^" ] { piece } [ "$" ]
 * piece       = atom [ "*" | "+" | "?" | "{n}" | "{n,}" | "{n,m}" ] [ "?" ]
 * atom        = character | "." | class | escape | "(" [ "?:" | "?&lt;name&gt;" ] expression ")"
 * class       = "[" [ "^" ] ( character | range | escape )+ "]"
 * escape      = "\" ( "d" | "w" | any character but letters and digits )
 * </pre>
 *
 * <p>An expression must match the whole origin, so {@code ^} and {@code $} at the ends of an arm
 * mean nothing more; elsewhere they could never match and are refused. {@code .} and negated
 * classes stand for characters that origins have. What cannot be matched in linear time
 * (back-references, look-around, atomic groups, possessive quantifiers) is refused.
 */
final class RegexParser {
  /** Bounds how deep the pieces of an expression are nested, and with them the stack. */
  private static final int MAX_LENGTH = 2_000;

  private static final int MAX_REPEAT = 1_000;
  private static final int MAX_DEPTH = 100;

  /** What {@code .} and negated classes choose from: the characters of a serialized origin. */
  static final BitSet ORIGIN = set("a-z0-9-_.:/[]+");

  private final String text;
  private int at;
  private int depth;

  private RegexParser(String text) {
    this.text = text;
  }

  /**
   * Adds the expression to an automaton and returns the state it begins with.
   *
   * @param accept the state to reach when all of the expression has matched
   */
  static int compile(String expression, Nfa nfa, int accept) throws RegexSyntaxException {
    return parse(expression).build(new RegexNode.Building(nfa, expression.length()), accept, 0);
  }

  /** Returns the pieces of an expression. */
  static RegexNode parse(String expression) throws RegexSyntaxException {
    if (expression.length() > MAX_LENGTH) {
      throw tooLarge();
    }
    RegexParser parser = new RegexParser(expression);
    RegexNode node = parser.parseAlternatives();
    if (parser.at < expression.length()) {
      throw syntax("The closing parenthesis at " + (parser.at + 1) + " has no opening one.");
    }
    return node;
  }

  /** Returns what every host ends with that the expression matches; see {@link RegexNode}. */
  static String hostSuffix(String expression) throws RegexSyntaxException {
    return new RegexParser(expression).parseAlternatives().hostSuffix();
  }

  /**
   * Returns an expression without its end; null if it does not end with this, letter by letter, or
   * has several arms.
   */
  static String withoutEnd(String expression, String end) throws RegexSyntaxException {
    RegexParser parser = new RegexParser(expression);
    StringBuilder letters = new StringBuilder();
    int[] starts = new int[expression.length() + 1];
    if (parser.peek() == '^') {
      parser.at++;
    }
    while (parser.at < expression.length() && parser.peek() != '|' && !parser.isEndOfArm()) {
      starts[letters.length()] = parser.at;
      RegexNode piece = parser.parsePiece();
      // No expression of the dialect has a zero.
      letters.append(piece.isOneCharacter() ? ((RegexNode.Characters) piece).first() : 0);
    }
    starts[letters.length()] = parser.at;
    return parser.peek() != '|' && letters.toString().endsWith(end)
        ? expression.substring(0, starts[letters.length() - end.length()])
        : null;
  }

  /** Returns the arms of an expression that has passed {@link RegexSet#check}, as written. */
  static List<String> arms(String expression) throws RegexSyntaxException {
    RegexParser parser = new RegexParser(expression);
    List<String> arms = new ArrayList<>();
    do {
      int start = parser.at;
      parser.parseArm();
      arms.add(expression.substring(start, parser.at));
    } while (parser.at++ < expression.length());
    return arms;
  }

  private RegexNode parseAlternatives() throws RegexSyntaxException {
    RegexNode arm = parseArm();
    if (peek() != '|') {
      return arm;
    }
    List<RegexNode> arms = new ArrayList<>();
    arms.add(arm);
    while (peek() == '|') {
      at++;
      arms.add(parseArm());
    }
    return new RegexNode.Alternatives(arms, depth > 0);
  }

  private RegexNode parseArm() throws RegexSyntaxException {
    if (peek() == '^' && depth == 0) {
      at++;
    }
    RegexNode arm = null;
    while (at < text.length() && peek() != '|' && peek() != ')') {
      if (isEndOfArm()) {
        at++;
        break;
      }
      RegexNode piece = parsePiece();
      arm = arm == null ? piece : new RegexNode.Sequence(arm, piece);
    }
    return arm == null ? new RegexNode.Nothing() : arm;
  }

  /** Tells whether here is a {@code $} with which an arm of the whole expression ends. */
  private boolean isEndOfArm() {
    return peek() == '$' && depth == 0 && (at + 1 == text.length() || text.charAt(at + 1) == '|');
  }

  private RegexNode parsePiece() throws RegexSyntaxException {
    RegexNode atom = parseAtom();
    while (at < text.length()) {
      int min;
      int max;
      switch (peek()) {
        case '*' -> {
          min = 0;
          max = -1;
          at++;
        }
        case '+' -> {
          min = 1;
          max = -1;
          at++;
        }
        case '?' -> {
          min = 0;
          max = 1;
          at++;
        }
        case '{' -> {
          at++;
          min = parseNumber();
          max = min;
          if (peek() == ',') {
            at++;
            max = peek() == '}' ? -1 : parseNumber();
          }
          expect('}');
          if (max >= 0 && max < min) {
            throw syntax("The repetition {" + min + "," + max + "} goes backwards.");
          }
        }
        default -> {
          return atom;
        }
      }
      if (peek() == '+') {
        throw notLinear("possessive quantifiers");
      }
      if (peek() == '?') {
        // Lazy or not, the whole origin matches or does not.
        at++;
      }
      atom = new RegexNode.Repetition(atom, min, max);
    }
    return atom;
  }

  private RegexNode parseAtom() throws RegexSyntaxException {
    char c = peek();
    switch (c) {
      case '(' -> {
        return parseGroup();
      }
      case '[' -> {
        return characters(parseClass());
      }
      case '.' -> {
        at++;
        return characters(ORIGIN);
      }
      case '\\' -> {
        return characters(parseEscape());
      }
      case '*', '+', '?', '{' ->
          throw syntax("The quantifier " + c + " at " + (at + 1) + " has nothing to repeat.");
      case '^', '$' ->
          throw syntax(
              "The anchor "
                  + c
                  + " at "
                  + (at + 1)
                  + " stands inside; an expression always matches the whole origin.");
      default -> {
        if (c >= Nfa.ALPHABET || c < 0x20) {
          throw syntax("The character at " + (at + 1) + " is not ASCII; origins are.");
        }
        at++;
        return characters(set(c));
      }
    }
  }

  private RegexNode parseGroup() throws RegexSyntaxException {
    at++;
    if (peek() == '?') {
      at++;
      char kind = peek();
      boolean named = kind == '<' && at + 1 < text.length() && isLetter(text.charAt(at + 1));
      if (named) {
        int end = text.indexOf('>', at);
        if (end < 0) {
          throw syntax("The name of a group has no end.");
        }
        at = end + 1;
      } else if (kind == ':') {
        at++;
      } else if (kind == '=' || kind == '!' || kind == '<') {
        throw notLinear("look-around");
      } else if (kind == '>') {
        throw notLinear("atomic groups");
      } else {
        throw unknownGroup(kind);
      }
    }
    if (++depth > MAX_DEPTH) {
      throw tooLarge();
    }
    RegexNode inside = parseAlternatives();
    depth--;
    expect(')');
    return inside;
  }

  /** Says what begins with {@code (?} in other dialects. */
  private RegexSyntaxException unknownGroup(char kind) {
    if (text.startsWith("P<", at) || kind == '\'') {
      return syntax("A group with a name is written (?<name>...) here.");
    }
    if (kind == '#') {
      return syntax("Comments are not part of the dialect.");
    }
    if (kind == '|') {
      return syntax("A group that resets the numbers of others is not part of the dialect.");
    }
    boolean flags = isLetter(kind) && kind != 'P' && kind != 'R';
    return flags || kind == '-' || kind == '^'
        ? new RegexSyntaxException(PolicyCode.REGEX_FLAGS)
        : notLinear("recursion, conditions and calls of groups");
  }

  private BitSet parseClass() throws RegexSyntaxException {
    at++;
    boolean negated = peek() == '^';
    if (negated) {
      at++;
    }
    BitSet members = new BitSet(Nfa.ALPHABET);
    do {
      int first = parseMember(members);
      if (first >= 0 && peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
        at++;
        int last = parseMember(members);
        if (last < first) {
          throw syntax("The range before " + (at + 1) + " goes backwards.");
        }
        members.set(first, last + 1);
      }
      if (at >= text.length()) {
        throw syntax("A class has no closing bracket.");
      }
    } while (peek() != ']');
    at++;
    if (negated) {
      BitSet others = (BitSet) ORIGIN.clone();
      others.andNot(members);
      return others;
    }
    return members;
  }

  /** Adds one member of a class; returns it if it is a single character, else a negative number. */
  private int parseMember(BitSet members) throws RegexSyntaxException {
    char c = peek();
    if (c == '\\') {
      BitSet escaped = parseEscape();
      members.or(escaped);
      return escaped.cardinality() == 1 ? escaped.nextSetBit(0) : -1;
    }
    if (text.startsWith("[:", at) || text.startsWith("&&", at)) {
      throw syntax("A class within a class is not part of the dialect.");
    }
    if (c >= Nfa.ALPHABET || c < 0x20) {
      throw syntax("The character at " + (at + 1) + " is not ASCII; origins are.");
    }
    at++;
    members.set(c);
    return c;
  }

  private BitSet parseEscape() throws RegexSyntaxException {
    at++;
    if (at >= text.length()) {
      throw syntax("A backslash at the end escapes nothing.");
    }
    char c = text.charAt(at++);
    if (c == 'd') {
      return set("0-9");
    }
    if (c == 'w') {
      return set("a-z0-9_");
    }
    if ((c >= '1' && c <= '9') || c == 'k') {
      throw notLinear("back-references");
    }
    if (isLetter(c) || c == '0' || c >= Nfa.ALPHABET || c < 0x20) {
      throw syntax("The escape \\" + Text.printable("" + c) + " is not part of the dialect.");
    }
    return set(c);
  }

  private int parseNumber() throws RegexSyntaxException {
    int start = at;
    int number = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      number = Math.min(number * 10 + (text.charAt(at++) - '0'), MAX_REPEAT + 1);
    }
    if (at == start) {
      throw syntax("A repetition is written {n}, {n,} or {n,m}.");
    }
    if (number > MAX_REPEAT) {
      throw tooLarge();
    }
    return number;
  }

  private void expect(char c) throws RegexSyntaxException {
    if (peek() != c) {
      throw syntax("At " + (at + 1) + " a " + c + " is missing.");
    }
    at++;
  }

  /** Returns the character to read next; 0 at the end, which no expression contains. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static RegexNode characters(BitSet any) {
    return new RegexNode.Characters(any);
  }

  private static BitSet set(char c) {
    BitSet set = new BitSet(Nfa.ALPHABET);
    set.set(c);
    return set;
  }

  /** Returns the set that a class with these members would have. */
  private static BitSet set(String members) {
    BitSet set = new BitSet(Nfa.ALPHABET);
    for (int i = 0; i < members.length(); i++) {
      boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
      set.set(members.charAt(i), members.charAt(range ? i + 2 : i) + 1);
      i += range ? 2 : 0;
    }
    return set;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static RegexSyntaxException syntax(String message) {
    return new RegexSyntaxException(
        PolicyCode.REGEX_SYNTAX, message, PolicyCode.REGEX_SYNTAX.remedy());
  }

  private static RegexSyntaxException notLinear(String what) {
    return new RegexSyntaxException(
        PolicyCode.REGEX_NOT_LINEAR,
        "Nothing can match " + what + " in time linear in the origin.",
        "Write the origins as a list, a wildcard, or an expression without " + what + ".");
  }

  private static RegexSyntaxException tooLarge() {
    return new RegexSyntaxException(PolicyCode.REGEX_TOO_LARGE);
  }
}
