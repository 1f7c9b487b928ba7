package dev.corsage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All regular expressions of an allow list as one automaton, which looks at each character of an
 * origin once, however many expressions there are and whatever they are.
 *
 * <p>The deterministic automaton is made while it is used: a state comes into being when an origin
 * first reaches it. So a cold start pays for no state it does not need, and the exponential number
 * of states that some expressions have is never built.
 *
 * <p>Safe for use by many threads: states are immutable but for their transitions, and two threads
 * that find the same transition write the same value.
 */
final class RegexSet {
  /** The bytes of a state beside the contents of its arrays: five objects and their headers. */
  private static final int STATE_BYTES = 128;

  /** How long an automaton that is full stays in use, so that it is not made anew all the time. */
  private static final long MIN_NANOS_BETWEEN_RENEWALS = TimeUnit.SECONDS.toNanos(1);

  private final Nfa nfa = new Nfa();
  private final int accept = nfa.addFork();
  private final int start;

  /** Characters that no expression tells apart are one column of the transitions. */
  private final byte[] columns = new byte[Nfa.ALPHABET];

  private final int columnCount;
  private final StateMemory memory;
  private volatile Automaton automaton;

  /** Compiles expressions that have passed {@link #check}. */
  static RegexSet of(List<String> expressions) {
    return of(expressions, new StateMemory());
  }

  /**
   * Compiles expressions that have passed {@link #check}.
   *
   * @param memory for the states, which the sets of a policy share
   */
  static RegexSet of(List<String> expressions, StateMemory memory) {
    try {
      return new RegexSet(expressions, memory);
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
  }

  private RegexSet(List<String> expressions, StateMemory memory) throws RegexSyntaxException {
    this.memory = memory;
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

  /** Returns why a text is no expression of the dialect, or null if it is one. */
  static RegexSyntaxException check(String expression) {
    try {
      Nfa scratch = new Nfa();
      RegexParser.compile(expression, scratch, scratch.addFork());
      return null;
    } catch (RegexSyntaxException wrong) {
      return wrong;
    }
  }

  /** Returns {@link RegexParser#hostSuffix} of an expression that has passed {@link #check}. */
  static String hostSuffix(String expression) {
    try {
      return RegexParser.hostSuffix(expression);
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
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
        if (next == null) {
          return matchesWithoutStates(state.members, text, i);
        }
      }
      if (next.isDead()) {
        return false;
      }
      state = next;
    }
    return state.accepting;
  }

  /** Reads the rest of a text where the automaton is full: what it reaches is not kept. */
  private boolean matchesWithoutStates(int[] members, String text, int from) {
    int[] now = members;
    for (int i = from; i < text.length() && now.length > 0; i++) {
      if (text.charAt(i) >= Nfa.ALPHABET) {
        return false;
      }
      now = follow(now, text.charAt(i)).members();
    }
    return Arrays.binarySearch(now, accept) >= 0;
  }

  private Closure follow(int[] members, char c) {
    Closure closure = new Closure();
    for (int member : members) {
      if (nfa.characters(member) != null && nfa.characters(member).get(c)) {
        closure.add(nfa.next(member));
      }
    }
    return closure;
  }

  /** Returns whose origins match; see {@link RegexHosts}. For checking policies, not requests. */
  RegexHosts hosts(WorkBudget budget) throws WorkBudget.Exceeded {
    return new RegexHosts(nfa, start, accept, this::matches, budget);
  }

  /** Tells whether it has an upper-case letter where it does not also have the lower-case one. */
  boolean hasUpperCaseOnly() {
    for (int state = 0; state < nfa.size(); state++) {
      BitSet any = nfa.characters(state);
      for (char c = 'A'; any != null && c <= 'Z'; c++) {
        if (any.get(c) && !any.get(FetchNames.lowerCase(c))) {
          return true;
        }
      }
    }
    return false;
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
    private final long madeAt = System.nanoTime();
    final State start;

    Automaton() {
      Closure closure = new Closure();
      closure.add(RegexSet.this.start);
      start = state(closure);
    }

    /** Returns the next state; null if there is no room for it. */
    State step(State from, int column, char c) {
      if (memory.isFull(bytes.get())) {
        renewIfDue();
        return null;
      }
      State next = state(follow(from.members, c));
      from.next[column] = next;
      return next;
    }

    private synchronized void renewIfDue() {
      if (automaton == this && System.nanoTime() - madeAt >= MIN_NANOS_BETWEEN_RENEWALS) {
        automaton = new Automaton();
        memory.release(bytes.get());
      }
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
      int size = STATE_BYTES + 4 * (members.length + columnCount);
      bytes.addAndGet(size);
      memory.take(size);
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

    /** Returns the states on which depends what can still happen: forks have done their work. */
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
}
