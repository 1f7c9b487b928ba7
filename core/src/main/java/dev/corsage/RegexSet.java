package dev.corsage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All regular expressions of an allow list as one automaton, which looks at each character of an
 * origin once, however many expressions there are and whatever they are.
 *
 * <p>The deterministic automaton is made while it is used: a state comes into being when an origin
 * first reaches it. So a cold start pays for no state it does not need, and the exponential number
 * of states that some expressions have is never built.
 *
 * <p>Safe for use by many threads: the table is read without a lock, and who finds no transition in
 * it asks for it under one.
 */
final class RegexSet {
  /** The bytes of a state beside its row and its members: objects of the map and their headers. */
  private static final int STATE_BYTES = 112;

  /** How long an automaton that is full stays in use, so that it is not made anew all the time. */
  private static final long MIN_NANOS_BETWEEN_RENEWALS = TimeUnit.SECONDS.toNanos(1);

  /** In the table: nothing matches any more. */
  private static final int DEAD = -1;

  /** In the table: nobody has asked yet; as a result: there is no room for it. */
  private static final int UNKNOWN = 0;

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

  /** Returns {@link RegexParser#withoutEnd} of an expression that has passed {@link #check}. */
  static String withoutEnd(String expression, String end) {
    try {
      return RegexParser.withoutEnd(expression, end);
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
  }

  /** Tells whether the whole text matches one of the expressions. */
  boolean matches(String text) {
    return matches(text, text.length());
  }

  /**
   * Tells whether what is before a position matches one of the expressions. Small enough to become
   * a part of its caller, also if a check of the policy has run it often and in other ways.
   */
  boolean matches(String text, int end) {
    Automaton current = automaton;
    int[] table = current.table;
    int state = current.start;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      int next = c < Nfa.ALPHABET ? table[row(state) + columns[c]] : DEAD;
      if (next <= UNKNOWN) {
        return next == UNKNOWN && matchesInNewStates(current, state, text, i, end);
      }
      state = next;
    }
    return isAccepting(state);
  }

  /** Reads the rest of a text, and makes the states that nobody has asked for yet. */
  private boolean matchesInNewStates(Automaton current, int first, String text, int from, int end) {
    int state = first;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      int next = c < Nfa.ALPHABET ? current.table[row(state) + columns[c]] : DEAD;
      if (next == UNKNOWN) {
        next = current.step(state, c);
        if (next == UNKNOWN) {
          return matchesWithoutStates(current.members(state), text, i, end);
        }
      }
      if (next == DEAD) {
        return false;
      }
      state = next;
    }
    return isAccepting(state);
  }

  /** Returns where the transitions of a state are in the table. */
  private static int row(int state) {
    return state >>> 1;
  }

  private static boolean isAccepting(int state) {
    return (state & 1) != 0;
  }

  /** Reads the rest of a text where the automaton is full: what it reaches is not kept. */
  private boolean matchesWithoutStates(int[] members, String text, int from, int end) {
    int[] now = members;
    for (int i = from; i < end && now.length > 0; i++) {
      if (text.charAt(i) >= Nfa.ALPHABET) {
        return false;
      }
      now = follow(now, text.charAt(i));
    }
    return accepts(now);
  }

  private boolean accepts(int[] members) {
    return Arrays.binarySearch(members, accept) >= 0;
  }

  /** Returns the members of the state behind a character; none if nothing matches any more. */
  private int[] follow(int[] members, char c) {
    Closure closure = new Closure();
    for (int member : members) {
      if (nfa.characters(member) != null && nfa.characters(member).get(c)) {
        closure.add(nfa.next(member));
      }
    }
    return closure.members();
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

  /**
   * The states made so far: a state is the place of its row, and a bit that tells whether it
   * accepts, so that a character costs one access to memory.
   */
  private final class Automaton {
    private final long madeAt = System.nanoTime();

    // These three are guarded by this.
    private final Map<Members, Integer> states = new HashMap<>();
    private final List<int[]> members = new ArrayList<>();
    private int bytes;

    /** The next state by row and column. A row is there before anything leads to it. */
    volatile int[] table = new int[8 * columnCount];

    final int start;

    Automaton() {
      // No state is 0, which means UNKNOWN.
      members.add(new int[0]);
      Closure closure = new Closure();
      closure.add(RegexSet.this.start);
      start = state(closure.members());
    }

    /** Returns the next state; {@link #UNKNOWN} if there is no room for it. */
    synchronized int step(int from, char c) {
      if (memory.isFull(bytes)) {
        renewIfDue();
        return UNKNOWN;
      }
      int[] reached = follow(members(from), c);
      int next = reached.length == 0 ? DEAD : state(reached);
      table[row(from) + columns[c]] = next;
      return next;
    }

    synchronized int[] members(int state) {
      return members.get(row(state) / columnCount);
    }

    private void renewIfDue() {
      if (automaton == this && System.nanoTime() - madeAt >= MIN_NANOS_BETWEEN_RENEWALS) {
        automaton = new Automaton();
        memory.release(bytes);
      }
    }

    private int state(int[] reached) {
      Members key = new Members(reached);
      Integer known = states.get(key);
      if (known != null) {
        return known;
      }
      int row = members.size() * columnCount;
      if (row + columnCount > table.length) {
        table = Arrays.copyOf(table, 2 * table.length);
      }
      int made = row << 1 | (accepts(reached) ? 1 : 0);
      members.add(reached);
      states.put(key, made);
      // Half of the table may be empty.
      int size = STATE_BYTES + 4 * (reached.length + 2 * columnCount);
      bytes += size;
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
