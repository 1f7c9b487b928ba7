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
  /** Origins are ASCII; other characters match nothing. */
  static final int ALPHABET = 128;

  static final int NONE = -1;

  /** The characters on the transition of a state; null where it reads none. */
  private BitSet[] characters = new BitSet[64];

  private int[] next = new int[64];
  private int[] other = new int[64];
  private int size;

  private final Map<Step, Integer> shared = new HashMap<>();

  /** Written out: the methods that a record generates are slow in a cold start. */
  private record Step(BitSet any, int follower) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Step step && step.follower == follower && step.any.equals(any);
    }

    @Override
    public int hashCode() {
      return 31 * any.hashCode() + follower;
    }
  }

  int size() {
    return size;
  }

  /** Returns a new state that reads no character; its followers are set later. */
  int addFork() {
    return add(null, NONE);
  }

  /**
   * Returns the state that goes on to the next with any of these characters. There is one of each:
   * expressions that end alike share their end, and a thousand of them stay a small automaton.
   */
  int addCharacters(BitSet any, int follower) {
    Step step = new Step(any, follower);
    Integer known = shared.get(step);
    if (known == null) {
      known = add(any, follower);
      shared.put(step, known);
    }
    return known;
  }

  void fork(int state, int first, int second) {
    next[state] = first;
    other[state] = second;
  }

  private int add(BitSet any, int follower) {
    if (size == next.length) {
      characters = Arrays.copyOf(characters, size * 2);
      next = Arrays.copyOf(next, size * 2);
      other = Arrays.copyOf(other, size * 2);
    }
    characters[size] = any;
    next[size] = follower;
    other[size] = NONE;
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
}
