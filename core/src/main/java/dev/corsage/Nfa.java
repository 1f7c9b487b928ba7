package dev.corsage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A nondeterministic automaton over ASCII, built piece by piece (Thompson's construction). A state
 * has either a set of characters and one follower, or up to two followers that cost no character.
 */
final class Nfa {
  /** Origins are ASCII; what is beyond matches nothing. */
  static final int ALPHABET = 128;

  static final int NONE = -1;

  /** Of a state with characters: the expression matches without it, too. */
  static final int OPTIONAL = 1;

  /** Of a state with characters: the expression may read it a number of times. */
  static final int REPEATED = 2;

  /** The characters on the transition of a state; null where it reads none. */
  private BitSet[] characters = new BitSet[64];

  private int[] next = new int[64];
  private int[] other = new int[64];
  private byte[] traits = new byte[64];
  private int size;

  private final Map<Step, Integer> shared = new HashMap<>();

  /** Written out: the methods that a record generates are slow in a cold start. */
  private record Step(BitSet any, int follower, int traits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Step step
          && step.follower == follower
          && step.traits == traits
          && step.any.equals(any);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * any.hashCode() + follower) + traits;
    }
  }

  int size() {
    return size;
  }

  /** Returns a new state that costs no character; its followers are set later. */
  int addFork() {
    return add(null, NONE, 0);
  }

  /**
   * Returns the state that goes on to the next with any of these characters. There is one of each:
   * expressions that end alike share their end, and a thousand of them stay a small automaton.
   *
   * @param traits {@link #OPTIONAL} and {@link #REPEATED}, or 0
   */
  int addCharacters(BitSet any, int follower, int traits) {
    Step step = new Step(any, follower, traits);
    Integer known = shared.get(step);
    if (known == null) {
      known = add(any, follower, traits);
      shared.put(step, known);
    }
    return known;
  }

  void fork(int state, int first, int second) {
    next[state] = first;
    other[state] = second;
  }

  private int add(BitSet any, int follower, int traitsOfState) {
    if (size == next.length) {
      characters = Arrays.copyOf(characters, size * 2);
      next = Arrays.copyOf(next, size * 2);
      other = Arrays.copyOf(other, size * 2);
      traits = Arrays.copyOf(traits, size * 2);
    }
    characters[size] = any;
    next[size] = follower;
    other[size] = NONE;
    traits[size] = (byte) traitsOfState;
    return size++;
  }

  BitSet characters(int state) {
    return characters[state];
  }

  int next(int state) {
    return next[state];
  }

  int other(int state) {
    return other[state];
  }

  /** Returns the traits of a state with characters. */
  int traits(int state) {
    return traits[state];
  }
}
