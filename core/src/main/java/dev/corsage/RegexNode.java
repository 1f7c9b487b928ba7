package dev.corsage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A piece of an expression that {@link RegexParser} has read. It can be built into an automaton any
 * number of times. Classes, not lambdas: the first lambda of a process takes longer than all of
 * this.
 */
sealed interface RegexNode {
  /** Returns the state that the piece begins with; its characters get these traits. */
  int build(Building into, int follower, int traits) throws RegexSyntaxException;

  /**
   * Returns what every host ends with that this matches as a whole expression: {@code .example.com}
   * of <code>https:\/\/qa-[0-9]+\.example\.com(:\d+)?</code>. Empty if there is no such end, or
   * none that can be told from the last pieces alone.
   */
  default String hostSuffix() {
    List<RegexNode> pieces = new ArrayList<>();
    flatten(this, pieces);
    int end = pieces.size();
    for (int i = end - 1; i >= 0 && end == pieces.size(); i--) {
      boolean behindScheme = i + 1 < end && isOnly(pieces.get(i + 1), '/');
      end = beginsWithColon(pieces.get(i)) && !behindScheme ? i : end;
    }
    StringBuilder reversed = new StringBuilder();
    for (int i = end - 1; i >= 0 && pieces.get(i).isOneCharacter(); i--) {
      reversed.append(((Characters) pieces.get(i)).first());
    }
    String tail = reversed.reverse().toString();
    String host = tail.substring(tail.lastIndexOf('/') + 1);
    return host.indexOf(']') < 0 && host.indexOf(':') < 0 ? host : "";
  }

  private static void flatten(RegexNode node, List<RegexNode> into) {
    if (node instanceof Sequence sequence) {
      flatten(sequence.first, into);
      flatten(sequence.second, into);
    } else {
      into.add(node);
    }
  }

  /** Tells whether a piece is a colon with something behind it, or nothing. */
  private static boolean beginsWithColon(RegexNode node) {
    if (node instanceof Repetition repetition) {
      return beginsWithColon(repetition.piece);
    }
    if (node instanceof Sequence sequence) {
      return beginsWithColon(sequence.first);
    }
    return isOnly(node, ':');
  }

  private static boolean isOnly(RegexNode node, char c) {
    return node.isOneCharacter() && ((Characters) node).any.get(c);
  }

  /** Tells whether a piece matches one character and nothing else. */
  default boolean isOneCharacter() {
    return this instanceof Characters piece && piece.any.cardinality() == 1;
  }

  record Nothing() implements RegexNode {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      into.count();
      return follower;
    }
  }

  record Characters(BitSet any) implements RegexNode {
    /** Returns the first of the characters in the order of ASCII. */
    char first() {
      return (char) any.nextSetBit(0);
    }

    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      return into.addCharacters(any, follower, traits);
    }
  }

  record Sequence(RegexNode first, RegexNode second) implements RegexNode {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      return first.build(into, second.build(into, follower, traits), traits);
    }
  }

  record Alternatives(List<RegexNode> arms, boolean inGroup) implements RegexNode {
    @Override
    public int build(Building into, int follower, int traits) throws RegexSyntaxException {
      // Of a whole expression no origin is nothing.
      int own = inGroup && arms.contains(new Nothing()) ? Nfa.OPTIONAL : 0;
      int start = Nfa.NONE;
      for (RegexNode arm : arms) {
        int fork = into.addFork();
        int first = arm.build(into, follower, traits | own);
        into.nfa.fork(fork, first, start);
        start = fork;
      }
      return start;
    }
  }

  /** A piece from min to max times; without an end if max is negative. */
  record Repetition(RegexNode piece, int min, int max) implements RegexNode {
    @Override
    public int build(Building into, int follower, int outer) throws RegexSyntaxException {
      int traits = outer | ownTraits();
      into.count();
      int start = follower;
      if (max < 0) {
        int loop = into.addFork();
        into.nfa.fork(loop, piece.build(into, loop, traits), follower);
        start = loop;
      }
      for (int i = min; i < max; i++) {
        int fork = into.addFork();
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

  /**
   * The automaton that pieces are built into. It counts each state that is asked for, and the
   * pieces that become none: to repeat an empty piece is work, too.
   */
  final class Building {
    /** No expression needs more states; few need more than their length. */
    private static final int MAX_STATES = 10_000;

    /**
     * How many states an expression may have for each of its characters. Repetitions multiply:
     * {@code (a{99}){99}} has 11 characters and 9,801 states, and hundreds of those fit into one
     * policy.
     */
    private static final int MAX_STATES_PER_CHARACTER = 100;

    private static final int MIN_STATES = 500;

    final Nfa nfa;
    private int count;
    private final int maxCount;

    Building(Nfa nfa, int length) {
      this.nfa = nfa;
      maxCount = Math.min(MAX_STATES, MIN_STATES + MAX_STATES_PER_CHARACTER * length);
    }

    int addCharacters(BitSet any, int follower, int traits) throws RegexSyntaxException {
      count();
      return nfa.addCharacters(any, follower, traits);
    }

    int addFork() throws RegexSyntaxException {
      count();
      return nfa.addFork();
    }

    void count() throws RegexSyntaxException {
      if (++count > maxCount) {
        throw new RegexSyntaxException(PolicyCode.REGEX_TOO_LARGE);
      }
    }
  }
}
