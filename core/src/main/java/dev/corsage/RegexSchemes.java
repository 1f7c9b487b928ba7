package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemes with which the origins begin that an expression matches. */
final class RegexSchemes {
  /** More schemes than anybody writes out in one expression. */
  private static final int MAX_SCHEMES = 8;

  private static final int MAX_TEXTS = 120;

  /** Of schemes that nobody has written out, one beside the usual ones is enough to look at. */
  private static final int LOOKED_AT_OF_MANY = 3;

  private static final String SEPARATOR = "://";

  private static final BitSet CHARACTERS = new BitSet(Nfa.ALPHABET);

  static {
    "abcdefghijklmnopqrstuvwxyz0123456789+-.".chars().forEach(CHARACTERS::set);
  }

  /** Looked for first, so that they are found whatever else there is. */
  private static final List<String> USUAL = List.of("https", "http");

  private final Nfa nfa;
  private final WorkBudget budget;
  private final Map<String, BitSet> found = new LinkedHashMap<>();
  private boolean complete = true;

  /** The states from which a separator can still be read: nothing else is a scheme. */
  private final BitSet beforeSeparator;

  /** The beginning of an origin, and where the expression is behind it. */
  private record Begun(String text, BitSet states) {}

  RegexSchemes(Nfa nfa, int start, WorkBudget budget) throws WorkBudget.Exceeded {
    this.nfa = nfa;
    this.budget = budget;
    beforeSeparator = findBeforeSeparator();
    BitSet first = new BitSet();
    addClosure(first, start);
    Begun nothing = new Begun("", first);
    for (String scheme : USUAL) {
      Begun begun = nothing;
      for (char c : (scheme + SEPARATOR).toCharArray()) {
        begun = step(begun, c);
      }
      add(scheme, begun);
    }
    findOthers(nothing);
  }

  /** Returns the states behind the separator, by scheme; some of them may lead nowhere. */
  Map<String, BitSet> found() {
    return found;
  }

  /** Returns the states in which the expression is when it has read a text, too. */
  BitSet behind(BitSet states, String text) throws WorkBudget.Exceeded {
    Begun read = new Begun("", states);
    for (int i = 0; i < text.length() && !read.states.isEmpty(); i++) {
      read = step(read, text.charAt(i));
    }
    return read.states;
  }

  /** Tells whether there are no others. */
  boolean isComplete() {
    return complete;
  }

  /** Reads backwards from each place where {@code ://} can be read, over what schemes have. */
  private BitSet findBeforeSeparator() throws WorkBudget.Exceeded {
    budget.spend(nfa.size());
    List<List<Integer>> before = new ArrayList<>();
    for (int state = 0; state < nfa.size(); state++) {
      before.add(new ArrayList<>(1));
    }
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    for (int state = 0; state < nfa.size(); state++) {
      BitSet any = nfa.characters(state);
      if (any == null || any.intersects(CHARACTERS)) {
        addBefore(before, nfa.next(state), state);
        addBefore(before, nfa.other(state), state);
      }
      if (any != null && any.get(':') && isSeparator(state)) {
        reached.set(state);
        open.add(state);
      }
    }
    while (!open.isEmpty()) {
      for (int state : before.get(open.remove())) {
        budget.spend(1);
        if (!reached.get(state)) {
          reached.set(state);
          open.add(state);
        }
      }
    }
    return reached;
  }

  private static void addBefore(List<List<Integer>> before, int state, int predecessor) {
    if (state != Nfa.NONE) {
      before.get(state).add(predecessor);
    }
  }

  private boolean isSeparator(int colon) throws WorkBudget.Exceeded {
    BitSet states = new BitSet(nfa.size());
    states.set(colon);
    return !behind(states, SEPARATOR).isEmpty();
  }

  private void findOthers(Begun nothing) throws WorkBudget.Exceeded {
    Deque<Begun> open = new ArrayDeque<>();
    open.add(nothing);
    int texts = 0;
    while (!open.isEmpty()) {
      if (++texts > MAX_TEXTS || found.size() > MAX_SCHEMES) {
        complete = false;
        List<String> others = List.copyOf(found.keySet());
        others.stream().skip(LOOKED_AT_OF_MANY).forEach(found::remove);
        return;
      }
      Begun begun = open.remove();
      if (Scheme.isValid(begun.text)) {
        Begun separated = begun;
        for (int i = 0; i < SEPARATOR.length(); i++) {
          separated = step(separated, SEPARATOR.charAt(i));
        }
        if (!Scheme.isOpaque(begun.text)) {
          add(begun.text, separated);
        }
      }
      for (char c : next(begun)) {
        Begun longer = step(begun, c);
        if (Scheme.isValid(longer.text) && longer.states.intersects(beforeSeparator)) {
          open.add(longer);
        }
      }
    }
  }

  private void add(String scheme, Begun begun) {
    if (!begun.states.isEmpty()) {
      found.putIfAbsent(scheme, begun.states);
    }
  }

  private List<Character> next(Begun begun) throws WorkBudget.Exceeded {
    BitSet any = new BitSet(Nfa.ALPHABET);
    for (int s = begun.states.nextSetBit(0); s >= 0; s = begun.states.nextSetBit(s + 1)) {
      budget.spend(1);
      if (nfa.characters(s) != null) {
        any.or(nfa.characters(s));
      }
    }
    any.and(CHARACTERS);
    List<Character> characters = new ArrayList<>();
    for (int c = any.nextSetBit(0); c >= 0; c = any.nextSetBit(c + 1)) {
      characters.add((char) c);
    }
    return characters;
  }

  private Begun step(Begun begun, char c) throws WorkBudget.Exceeded {
    BitSet states = new BitSet(nfa.size());
    for (int s = begun.states.nextSetBit(0); s >= 0; s = begun.states.nextSetBit(s + 1)) {
      budget.spend(1);
      if (nfa.characters(s) != null && nfa.characters(s).get(c)) {
        addClosure(states, nfa.next(s));
      }
    }
    return new Begun(begun.text + c, states);
  }

  /** Adds a state, and those that are reached from it without a character. */
  private void addClosure(BitSet states, int state) throws WorkBudget.Exceeded {
    Deque<Integer> open = new ArrayDeque<>();
    open.add(state);
    while (!open.isEmpty()) {
      int at = open.remove();
      budget.spend(1);
      if (at != Nfa.NONE && !states.get(at)) {
        states.set(at);
        if (nfa.characters(at) == null) {
          open.add(nfa.next(at));
          open.add(nfa.other(at));
        }
      }
    }
  }
}
