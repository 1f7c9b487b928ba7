package dev.corsage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts that an expression matches: its automaton intersected with that of all well-formed
 * hosts. Every node can be reached from a beginning; those from which an end can be reached are
 * found backwards, along the transitions into nodes.
 *
 * <p>For checking policies, not for requests. The work grows with the size of the product and is
 * bounded by a budget.
 */
final class HostProduct {
  static final int NONE = -1;

  private final Nfa nfa;
  private final HostGrammar grammar;
  private final WorkBudget budget;

  // Nodes: a state of each automaton, and from where it was reached first.
  private int[] nfaStates = new int[32];
  private int[] grammarStates = new int[32];
  private int[] parents = new int[32];
  private char[] parentCharacters = new char[32];
  private int nodes;

  /** A hash table of nodes: the number of the node plus one, 0 where there is none. */
  private int[] slots = new int[64];

  // Transitions. Those into a node are a linked list; those without characters cost none.
  private int[] sources = new int[64];
  private BitSet[] characters = new BitSet[64];
  private int[] nextInto = new int[64];
  private int[] lastInto = new int[32];
  private int transitions;

  private final IdentityHashMap<BitSet, Map<Integer, List<Group>>> groups = new IdentityHashMap<>();
  private final BitSet ends = new BitSet();

  /**
   * Creates the product.
   *
   * @param starts the states of the expression behind a scheme
   * @param hostEnds the states from which it matches nothing more, or a port
   */
  HostProduct(Nfa nfa, BitSet starts, BitSet hostEnds, HostGrammar grammar, WorkBudget budget)
      throws WorkBudget.Exceeded {
    this.nfa = nfa;
    this.grammar = grammar;
    this.budget = budget;
    for (int s = starts.nextSetBit(0); s >= 0; s = starts.nextSetBit(s + 1)) {
      node(s, grammar.start(), NONE, (char) 0);
    }
    for (int node = 0; node < nodes; node++) {
      if (hostEnds.get(nfaStates[node]) && grammar.end(grammarStates[node]) != null) {
        ends.set(node);
      }
      expand(node);
    }
  }

  private void expand(int node) throws WorkBudget.Exceeded {
    int state = nfaStates[node];
    if (nfa.characters(state) == null) {
      connect(node, nfa.next(state), grammarStates[node], null);
      connect(node, nfa.other(state), grammarStates[node], null);
      return;
    }
    for (Group group : groups(nfa.characters(state), grammarStates[node])) {
      connect(node, nfa.next(state), group.target, group.any);
    }
  }

  /** Characters after all of which a host is in the same state. */
  private record Group(int target, BitSet any) {}

  /** Returns the groups of a set of characters, which the pieces of a repetition share. */
  private List<Group> groups(BitSet any, int grammarState) throws WorkBudget.Exceeded {
    Map<Integer, List<Group>> ofSet = groups.computeIfAbsent(any, unused -> new HashMap<>());
    List<Group> known = ofSet.get(grammarState);
    if (known == null) {
      known = new ArrayList<>();
      ofSet.put(grammarState, known);
      // The dot comes first, for the samples: where an expression takes any character, it is meant.
      if (any.get('.')) {
        addToGroup(known, grammarState, '.');
      }
      for (int c = any.nextSetBit(0); c >= 0; c = any.nextSetBit(c + 1)) {
        addToGroup(known, grammarState, (char) c);
      }
    }
    return known;
  }

  private void addToGroup(List<Group> groups, int grammarState, char c) throws WorkBudget.Exceeded {
    budget.spend(1);
    int target = grammar.next(grammarState, c);
    if (target == HostGrammar.DEAD) {
      return;
    }
    for (Group group : groups) {
      if (group.target == target) {
        group.any.set(c);
        return;
      }
    }
    BitSet first = new BitSet(Nfa.ALPHABET);
    first.set(c);
    groups.add(new Group(target, first));
  }

  private void connect(int from, int nfaState, int grammarState, BitSet any)
      throws WorkBudget.Exceeded {
    if (nfaState == Nfa.NONE) {
      return;
    }
    budget.spend(5);
    int to = node(nfaState, grammarState, from, any == null ? 0 : plainest(any));
    if (transitions == sources.length) {
      sources = Arrays.copyOf(sources, transitions * 2);
      characters = Arrays.copyOf(characters, transitions * 2);
      nextInto = Arrays.copyOf(nextInto, transitions * 2);
    }
    sources[transitions] = from;
    characters[transitions] = any;
    nextInto[transitions] = lastInto[to];
    lastInto[to] = transitions++;
  }

  /** Returns the character that a sample has from a set: a letter, if there is one. */
  static char plainest(BitSet any) {
    int letter = any.nextSetBit('a');
    return (char) (letter >= 0 && letter <= 'z' ? letter : any.nextSetBit(0));
  }

  private int node(int nfaState, int grammarState, int parent, int c) {
    if (nodes == nfaStates.length) {
      grow();
    }
    int slot = freeOrKnown(nfaState, grammarState);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    nfaStates[nodes] = nfaState;
    grammarStates[nodes] = grammarState;
    parents[nodes] = parent;
    parentCharacters[nodes] = (char) c;
    lastInto[nodes] = NONE;
    slots[slot] = ++nodes;
    return nodes - 1;
  }

  private int freeOrKnown(int nfaState, int grammarState) {
    int hash = (nfaState * 31 + grammarState) * 0x9e3779b9;
    int slot = (hash ^ hash >>> 15) & (slots.length - 1);
    while (slots[slot] != 0
        && (nfaStates[slots[slot] - 1] != nfaState
            || grammarStates[slots[slot] - 1] != grammarState)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    int size = nodes * 2;
    nfaStates = Arrays.copyOf(nfaStates, size);
    grammarStates = Arrays.copyOf(grammarStates, size);
    parents = Arrays.copyOf(parents, size);
    parentCharacters = Arrays.copyOf(parentCharacters, size);
    lastInto = Arrays.copyOf(lastInto, size);
    slots = new int[size * 2];
    for (int node = 0; node < nodes; node++) {
      slots[freeOrKnown(nfaStates[node], grammarStates[node])] = node + 1;
    }
  }

  /** Returns the nodes from which some nodes can be reached, these included. */
  BitSet leadingTo(BitSet goals) throws WorkBudget.Exceeded {
    BitSet found = (BitSet) goals.clone();
    int[] open = goals.stream().toArray();
    int count = open.length;
    while (count > 0) {
      int node = open[--count];
      for (int t = lastInto[node]; t != NONE; t = nextInto[t]) {
        budget.spend(1);
        if (!found.get(sources[t])) {
          found.set(sources[t]);
          if (count == open.length) {
            open = Arrays.copyOf(open, Math.max(16, count * 2));
          }
          open[count++] = sources[t];
        }
      }
    }
    return found;
  }

  /** Adds the nodes that lead to these without a character. */
  void closeBackwards(BitSet set) throws WorkBudget.Exceeded {
    int[] open = set.stream().toArray();
    int count = open.length;
    while (count > 0) {
      int node = open[--count];
      for (int t = lastInto[node]; t != NONE; t = nextInto[t]) {
        budget.spend(1);
        if (characters[t] == null && !set.get(sources[t])) {
          set.set(sources[t]);
          if (count == open.length) {
            open = Arrays.copyOf(open, Math.max(16, count * 2));
          }
          open[count++] = sources[t];
        }
      }
    }
  }

  boolean isEmpty() {
    return ends.isEmpty();
  }

  /** Returns the nodes at which a host of this kind ends. */
  BitSet ends(HostKind kind) {
    BitSet found = new BitSet();
    for (int n = ends.nextSetBit(0); n >= 0; n = ends.nextSetBit(n + 1)) {
      if (grammar.end(grammarStates[n]) == kind) {
        found.set(n);
      }
    }
    return found;
  }

  boolean isHostStart(int node) {
    return grammarStates[node] == grammar.start();
  }

  /** Returns the last of the transitions into a node, or {@link #NONE}. */
  int lastInto(int node) {
    return lastInto[node];
  }

  /** Returns the transition into the same node that was found before this one. */
  int nextInto(int transition) {
    return nextInto[transition];
  }

  int source(int transition) {
    return sources[transition];
  }

  /** Returns the characters of a transition; null if it costs none. */
  BitSet characters(int transition) {
    return characters[transition];
  }

  /**
   * Tells whether what this transition reads can be something else, or more or less of it, as far
   * as hosts have such characters: {@code [eE]} is but an {@code e}.
   */
  boolean isChoice(int transition) {
    int state = nfaStates[sources[transition]];
    int count = 0;
    BitSet any = nfa.characters(state);
    for (int c = any.nextSetBit(0); c >= 0; c = any.nextSetBit(c + 1)) {
      count += c == '.' || Host.isLabelCharacter((char) c) ? 1 : 0;
    }
    return count > 1 || (nfa.traits(state) & Nfa.REPEATED) != 0;
  }

  /** Tells whether the expression matches without what this transition reads, too. */
  boolean isOptional(int transition) {
    return (nfa.traits(nfaStates[sources[transition]]) & Nfa.OPTIONAL) != 0;
  }

  /** Tells whether what this transition reads is a part that may be left out, or repeated. */
  boolean mayBeSkipped(int transition) {
    int traits = nfa.traits(nfaStates[sources[transition]]);
    return (traits & (Nfa.OPTIONAL | Nfa.REPEATED)) != 0;
  }

  /** Returns the shortest beginning of a host that leads to a node. */
  String textTo(int node) {
    StringBuilder text = new StringBuilder();
    for (int n = node; n != NONE; n = parents[n]) {
      if (parentCharacters[n] != 0) {
        text.append(parentCharacters[n]);
      }
    }
    return text.reverse().toString();
  }
}
