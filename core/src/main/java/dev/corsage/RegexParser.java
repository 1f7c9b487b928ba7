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
  /** No expression needs more states; few need more than their length. */
  private static final int MAX_STATES = 10_000;

  /**
   * How many states an expression may have for each of its characters. Repetitions multiply: {@code
   * (a{99}){99}} has 11 characters and 9,801 states, and hundreds of those fit into one policy.
   */
  private static final int MAX_STATES_PER_CHARACTER = 100;

  private static final int MIN_STATES = 500;

  /** Bounds how deep the pieces of an expression are nested, and with them the stack. */
  private static final int MAX_LENGTH = 2_000;

  private static final int MAX_REPEAT = 1_000;
  private static final int MAX_DEPTH = 100;

  /** What {@code .} and negated classes choose from: the characters of a serialized origin. */
  private static final BitSet ORIGIN = set("a-z0-9-_.:/[]+");

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
    if (expression.length() > MAX_LENGTH) {
      throw tooLarge();
    }
    RegexParser parser = new RegexParser(expression);
    Node node = parser.parseAlternatives();
    if (parser.at < expression.length()) {
      throw syntax("The closing parenthesis at " + (parser.at + 1) + " has no opening one.");
    }
    return node.build(new Building(nfa, expression.length()), accept, 0);
  }

  /**
   * Returns what every host ends with that the expression matches: {@code .example.com} of <code>
   * https:\/\/qa-[0-9]+\.example\.com(:\d+)?</code>. Empty if there is no such end, or none that
   * can be told from the last pieces alone.
   */
  static String hostSuffix(String expression) throws RegexSyntaxException {
    List<Node> pieces = new ArrayList<>();
    flatten(new RegexParser(expression).parseAlternatives(), pieces);
    int end = pieces.size();
    for (int i = end - 1; i >= 0 && end == pieces.size(); i--) {
      boolean behindScheme = i + 1 < end && isOnly(pieces.get(i + 1), '/');
      end = beginsWithColon(pieces.get(i)) && !behindScheme ? i : end;
    }
    StringBuilder reversed = new StringBuilder();
    for (int i = end - 1; i >= 0 && pieces.get(i) instanceof Characters piece; i--) {
      if (piece.any.cardinality() > 1) {
        break;
      }
      reversed.append((char) piece.any.nextSetBit(0));
    }
    String tail = reversed.reverse().toString();
    String host = tail.substring(tail.lastIndexOf('/') + 1);
    return host.indexOf(']') < 0 && host.indexOf(':') < 0 ? host : "";
  }

  private static void flatten(Node node, List<Node> into) {
    if (node instanceof Sequence sequence) {
      flatten(sequence.first, into);
      flatten(sequence.second, into);
    } else {
      into.add(node);
    }
  }

  /** Tells whether a piece is a colon with something behind it, or nothing. */
  private static boolean beginsWithColon(Node node) {
    if (node instanceof Repetition repetition) {
      return beginsWithColon(repetition.piece);
    }
    if (node instanceof Sequence sequence) {
      return beginsWithColon(sequence.first);
    }
    return isOnly(node, ':');
  }

  private static boolean isOnly(Node node, char c) {
    return node instanceof Characters piece && piece.any.cardinality() == 1 && piece.any.get(c);
  }

  /**
   * The automaton that pieces are built into. It counts the pieces, not the states that they
   * become: an empty piece becomes none, however often it is repeated.
   */
  private static final class Building {
    final Nfa nfa;
    private int pieces;
    private final int maxPieces;

    Building(Nfa nfa, int length) {
      this.nfa = nfa;
      maxPieces = Math.min(MAX_STATES, MIN_STATES + MAX_STATES_PER_CHARACTER * length);
    }

    void count() throws RegexSyntaxException {
      if (++pieces > maxPieces) {
        throw tooLarge();
      }
    }
  }

  /**
   * A piece of an expression that can be built any number of times. Classes, not lambdas: the first
   * lambda of a process takes longer than all of this.
   */
  private interface Node {
    /** Returns the state that the piece begins with; its characters get these traits. */
    int build(Building into, int follower, int traits) throws RegexSyntaxException;
  }

  private record Nothing() implements Node {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      into.count();
      return follower;
    }
  }

  private record Characters(BitSet any) implements Node {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      into.count();
      return into.nfa.addCharacters(any, follower, traits);
    }
  }

  private record Sequence(Node first, Node second) implements Node {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      return first.build(into, second.build(into, follower, traits), traits);
    }
  }

  private record Alternatives(List<Node> arms, boolean inGroup) implements Node {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      // Of a whole expression no origin is nothing.
      int own = inGroup && arms.contains(new Nothing()) ? Nfa.OPTIONAL : 0;
      int start = Nfa.NONE;
      for (Node arm : arms) {
        into.count();
        int fork = into.nfa.addFork();
        int first = arm.build(into, follower, traits | own);
        into.nfa.fork(fork, first, start);
        start = fork;
      }
      return start;
    }
  }

  /** A piece from min to max times; without an end if max is negative. */
  private record Repetition(Node piece, int min, int max) implements Node {
    @Override
    public int build(Building into, int follower, int outer) throws RegexSyntaxException {
      int traits = outer | ownTraits();
      into.count();
      int start = follower;
      if (max < 0) {
        int loop = into.nfa.addFork();
        into.nfa.fork(loop, piece.build(into, loop, traits), follower);
        start = loop;
      }
      for (int i = min; i < max; i++) {
        int fork = into.nfa.addFork();
        into.nfa.fork(fork, piece.build(into, start, traits), follower);
        start = fork;
      }
      for (int i = 0; i < min; i++) {
        start = piece.build(into, start, traits);
      }
      return start;
    }

    /** A number of times that is fixed is but a short way to write the piece so often. */
    private int ownTraits() {
      return min == max ? 0 : min == 0 && max == 1 ? Nfa.OPTIONAL : Nfa.REPEATED;
    }
  }

  private Node parseAlternatives() throws RegexSyntaxException {
    Node arm = parseArm();
    if (peek() != '|') {
      return arm;
    }
    List<Node> arms = new ArrayList<>();
    arms.add(arm);
    while (peek() == '|') {
      at++;
      arms.add(parseArm());
    }
    return new Alternatives(arms, depth > 0);
  }

  private Node parseArm() throws RegexSyntaxException {
    if (peek() == '^' && depth == 0) {
      at++;
    }
    Node arm = null;
    while (at < text.length() && peek() != '|' && peek() != ')') {
      if (peek() == '$' && depth == 0 && endsArm(at + 1)) {
        at++;
        break;
      }
      Node piece = parsePiece();
      arm = arm == null ? piece : new Sequence(arm, piece);
    }
    return arm == null ? new Nothing() : arm;
  }

  private boolean endsArm(int index) {
    return index == text.length() || text.charAt(index) == '|';
  }

  private Node parsePiece() throws RegexSyntaxException {
    Node atom = parseAtom();
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
      atom = new Repetition(atom, min, max);
    }
    return atom;
  }

  private Node parseAtom() throws RegexSyntaxException {
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

  private Node parseGroup() throws RegexSyntaxException {
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
        throw new RegexSyntaxException(PolicyCode.REGEX_FLAGS);
      }
    }
    if (++depth > MAX_DEPTH) {
      throw tooLarge();
    }
    Node inside = parseAlternatives();
    depth--;
    expect(')');
    return inside;
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

  private static Node characters(BitSet any) {
    return new Characters(any);
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
