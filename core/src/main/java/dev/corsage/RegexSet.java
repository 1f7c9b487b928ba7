package dev.corsage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All regular expressions of an allow list as one automaton, which looks at each character of an
 * origin once, however many expressions there are and whatever they are.
 *
 * <p>The deterministic automaton is built while it is used: a state is made when an origin first
 * reaches it. So a cold start makes no state that it does not need, and the exponential number of
 * states that some expressions have is never built.
 *
 * <p>Safe for use by many threads: states are immutable but for their transitions, and two threads
 * that find the same transition write the same value.
 */
final class RegexSet {
  /**
   * Hostile origins could add one state after the other; when the states take this many bytes, all
   * are dropped and made again as they are needed. Enough for a thousand ordinary expressions, and
   * little enough for the smallest function.
   */
  private static final int MAX_BYTES = 16 << 20;

  /** The bytes of a state beside the contents of its arrays: five objects and their headers. */
  private static final int STATE_BYTES = 128;

  /** How many states are looked at for a sample of what matches. */
  private static final int MAX_SEARCHED = 4_096;

  /** A dot first: where an expression takes any character, a dot is what its author meant. */
  private static final String HOST_CHARACTERS = ".abcdefghijklmnopqrstuvwxyz0123456789-_:[]";

  private final Nfa nfa = new Nfa();
  private final int accept = nfa.addFork();
  private final int start;

  /** Characters that no expression tells apart are one column of the transitions. */
  private final byte[] columns = new byte[Nfa.ALPHABET];

  private final int columnCount;
  private volatile Automaton automaton;

  /** Compiles expressions that have passed {@link #check}. */
  static RegexSet of(List<String> expressions) {
    try {
      return new RegexSet(expressions);
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
  }

  private RegexSet(List<String> expressions) throws RegexSyntaxException {
    int all = Nfa.NONE;
    for (String expression : expressions) {
      int fork = nfa.addFork();
      nfa.fork(fork, RegexParser.compile(expression, nfa, accept), all);
      all = fork;
    }
    start = all;
    columnCount = findColumns();
    automaton = new Automaton();
  }

  /** Returns why a text is not an expression of the dialect, or null if it is one. */
  static RegexSyntaxException check(String expression) {
    try {
      Nfa scratch = new Nfa();
      RegexParser.compile(expression, scratch, scratch.addFork());
      return null;
    } catch (RegexSyntaxException wrong) {
      return wrong;
    }
  }

  /** Tells whether the whole text matches one of the expressions. */
  boolean matches(String text) {
    Automaton current = automaton;
    State state = current.start;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= Nfa.ALPHABET) {
        return false;
      }
      int column = columns[c];
      State next = state.next[column];
      if (next == null) {
        next = current.step(state, column, c);
      }
      if (next.isDead()) {
        return false;
      }
      state = next;
    }
    return state.accepting;
  }

  /** Returns the domains that match; see {@link RegexDomains}. */
  RegexDomains domains(int limit, int maxSteps) {
    return new RegexDomains(nfa, start, accept, limit, maxSteps);
  }

  /**
   * Returns a shortest well-formed origin that begins with this scheme and matches, or null if none
   * is found within bounds. For checking policies, not for requests.
   */
  String shortestMatch(String scheme) {
    Automaton current = new Automaton();
    State first = current.start;
    for (int i = 0; i < scheme.length(); i++) {
      first = current.step(first, columns[scheme.charAt(i)], scheme.charAt(i));
    }
    Map<State, String> found = new HashMap<>();
    Deque<Reached> open = new ArrayDeque<>();
    open.add(new Reached(first, '.', scheme));
    while (!open.isEmpty() && found.size() < MAX_SEARCHED) {
      Reached from = open.remove();
      if (from.state.accepting && Origin.scan(from.text) != Origin.NOT_WELL_FORMED) {
        return from.text;
      }
      for (int i = 0; i < HOST_CHARACTERS.length(); i++) {
        char c = HOST_CHARACTERS.charAt(i);
        char place = from.followedBy(c);
        State next = place == 0 ? null : from.state.next[columns[c]];
        if (place != 0 && next == null) {
          next = current.step(from.state, columns[c], c);
        }
        String places = found.getOrDefault(next, "");
        if (place != 0 && !next.isDead() && places.indexOf(place) < 0) {
          found.put(next, places + place);
          open.add(new Reached(next, place, from.text + c));
        }
      }
    }
    return null;
  }

  /**
   * A state, the text that reached it, and where in an origin that is: {@code .} at the beginning
   * of a label, {@code a} within one, {@code -} behind its hyphen, {@code [} in an address, {@code
   * :} and {@code 1} before and within the port.
   */
  private record Reached(State state, char place, String text) {

    /** Returns the place behind the next character, or 0 if no origin can go on with it. */
    char followedBy(char c) {
      boolean letter = Host.isLabelCharacter(c) && c != '-';
      return switch (place) {
        case '.' -> letter ? 'a' : c == '[' ? '[' : 0;
        case 'a' -> letter ? 'a' : c == '.' || c == '-' || c == ':' ? c : 0;
        case '-' -> letter ? 'a' : c == '-' ? '-' : 0;
        case '[' -> c == ']' ? 'a' : letter || c == ':' ? '[' : 0;
        case ':' -> c >= '1' && c <= '9' ? '1' : (char) 0;
        default -> c >= '0' && c <= '9' ? '1' : (char) 0;
      };
    }
  }

  /** Splits the alphabet by every set on a transition; returns the number of columns. */
  private int findColumns() {
    Set<BitSet> sets = new HashSet<>();
    for (int state = 0; state < nfa.size(); state++) {
      if (nfa.characters(state) != null) {
        sets.add(nfa.characters(state));
      }
    }
    int count = 1;
    for (BitSet set : sets) {
      int[] inside = new int[count];
      Arrays.fill(inside, -1);
      for (int c = set.nextSetBit(0); c >= 0; c = set.nextSetBit(c + 1)) {
        int column = columns[c];
        if (inside[column] < 0) {
          inside[column] = leavesSome(set, column) ? count++ : column;
        }
        columns[c] = (byte) inside[column];
      }
    }
    return count;
  }

  /** Tells whether a class of characters has members outside the set. */
  private boolean leavesSome(BitSet set, int column) {
    for (int c = 0; c < Nfa.ALPHABET; c++) {
      if (columns[c] == column && !set.get(c)) {
        return true;
      }
    }
    return false;
  }

  /** A state of the deterministic automaton: the states that the other one may be in. */
  private static final class State {
    final int[] members;
    final boolean accepting;
    final State[] next;

    State(int[] members, boolean accepting, int columns) {
      this.members = members;
      this.accepting = accepting;
      next = new State[columns];
    }

    boolean isDead() {
      return members.length == 0;
    }
  }

  /** The states made so far. */
  private final class Automaton {
    private final ConcurrentHashMap<Members, State> states = new ConcurrentHashMap<>();
    private final AtomicInteger bytes = new AtomicInteger();
    final State start;

    Automaton() {
      Closure closure = new Closure();
      closure.add(RegexSet.this.start);
      start = state(closure);
    }

    State step(State from, int column, char c) {
      Closure closure = new Closure();
      for (int member : from.members) {
        if (nfa.characters(member) != null && nfa.characters(member).get(c)) {
          closure.add(nfa.next(member));
        }
      }
      if (bytes.get() >= MAX_BYTES) {
        automaton = new Automaton();
      }
      State next = state(closure);
      from.next[column] = next;
      return next;
    }

    private State state(Closure closure) {
      int[] members = closure.members();
      Members key = new Members(members);
      State known = states.get(key);
      if (known != null) {
        return known;
      }
      State made = new State(members, closure.seen.get(accept), columnCount);
      State other = states.putIfAbsent(key, made);
      if (other != null) {
        return other;
      }
      bytes.addAndGet(STATE_BYTES + 4 * (members.length + columnCount));
      return made;
    }
  }

  /** The states reached by a character, and from them without one. */
  private final class Closure {
    final BitSet seen = new BitSet(nfa.size());
    private int[] open = new int[64];

    void add(int state) {
      int top = 0;
      open[top++] = state;
      while (top > 0) {
        int at = open[--top];
        if (at == Nfa.NONE || seen.get(at)) {
          continue;
        }
        seen.set(at);
        if (nfa.characters(at) == null) {
          if (top + 2 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
          }
          open[top++] = nfa.other(at);
          open[top++] = nfa.next(at);
        }
      }
    }

    /** Returns the states that decide what can follow: forks have done their work. */
    int[] members() {
      int[] members = new int[seen.cardinality()];
      int count = 0;
      for (int s = seen.nextSetBit(0); s >= 0; s = seen.nextSetBit(s + 1)) {
        if (nfa.characters(s) != null || s == accept) {
          members[count++] = s;
        }
      }
      return Arrays.copyOf(members, count);
    }
  }

  /** An array of states that is compared by its contents. */
  private static final class Members {
    private final int[] states;
    private final int hash;

    Members(int[] states) {
      this.states = states;
      hash = Arrays.hashCode(states);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Members members && Arrays.equals(states, members.states);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
