package dev.corsage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether an engine that backtracks matches an expression in time linear in the text: whether the
 * ways through its automaton along any text are few. An engine tries them one after the other, so
 * their number is what a text can cost beside its length; where it grows with the text, as for
 * {@code (a+)+} or {@code .*\..*}, the expression can be made to hang.
 *
 * <p>The ways are counted for all texts at once: the automaton is made deterministic with, for each
 * of its states, the number of ways that lead there.
 */
final class BacktrackingCost {
  /** More ways than any expression has whose alternatives merely overlap. */
  private static final int MAX_WAYS = 100;

  /** More count vectors, and more steps, than any expression has that is written by hand. */
  private static final int MAX_VECTORS = 10_000;

  private static final int MAX_STEPS = 5_000_000;

  private final Nfa nfa = new Nfa();
  private final int accept = nfa.addFork();

  /** What is reached from a state without a character, with the number of ways. */
  private final Map<Integer, Map<Integer, Integer>> closures = new HashMap<>();

  private int steps;

  private BacktrackingCost() {}

  /**
   * Tells whether the time is linear. What would take too long to find out is not.
   *
   * @param expression an expression that has passed {@link RegexSet#check}
   */
  static boolean isLinear(String expression) {
    try {
      BacktrackingCost cost = new BacktrackingCost();
      int start = RegexParser.compile(expression, cost.nfa, cost.accept);
      return cost.explore(cost.closure(start, new HashSet<>()));
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    } catch (TooManyWays growing) {
      return false;
    }
  }

  private boolean explore(Map<Integer, Integer> start) throws TooManyWays {
    Set<Members> known = new HashSet<>();
    List<Map<Integer, Integer>> open = new ArrayList<>();
    add(start, known, open);
    while (!open.isEmpty()) {
      Map<Integer, Integer> ways = open.remove(open.size() - 1);
      BitSet characters = new BitSet();
      for (int state : ways.keySet()) {
        if (nfa.characters(state) != null) {
          characters.or(nfa.characters(state));
        }
      }
      for (int c = characters.nextSetBit(0); c >= 0; c = characters.nextSetBit(c + 1)) {
        add(follow(ways, c), known, open);
      }
    }
    return true;
  }

  private void add(Map<Integer, Integer> ways, Set<Members> known, List<Map<Integer, Integer>> open)
      throws TooManyWays {
    int[] key = new int[ways.size() * 2];
    int end = 0;
    for (Map.Entry<Integer, Integer> entry : ways.entrySet()) {
      key[end++] = entry.getKey();
      key[end++] = entry.getValue();
    }
    if (known.add(new Members(key))) {
      open.add(ways);
    }
    if (known.size() > MAX_VECTORS) {
      throw new TooManyWays();
    }
  }

  private Map<Integer, Integer> follow(Map<Integer, Integer> ways, int c) throws TooManyWays {
    Map<Integer, Integer> next = new TreeMap<>();
    for (Map.Entry<Integer, Integer> entry : ways.entrySet()) {
      BitSet any = nfa.characters(entry.getKey());
      if (any != null && any.get(c)) {
        addAll(next, closure(nfa.next(entry.getKey()), new HashSet<>()), entry.getValue());
      }
    }
    return next;
  }

  private Map<Integer, Integer> closure(int state, Set<Integer> before) throws TooManyWays {
    if (state == Nfa.NONE) {
      return Map.of();
    }
    if (nfa.characters(state) != null || state == accept) {
      return Map.of(state, 1);
    }
    Map<Integer, Integer> known = closures.get(state);
    if (known == null) {
      if (!before.add(state)) {
        // A loop that reads nothing: there is no end of ways.
        throw new TooManyWays();
      }
      known = new TreeMap<>();
      addAll(known, closure(nfa.next(state), before), 1);
      addAll(known, closure(nfa.other(state), before), 1);
      before.remove(state);
      closures.put(state, known);
    }
    return known;
  }

  private void addAll(Map<Integer, Integer> to, Map<Integer, Integer> more, int times)
      throws TooManyWays {
    for (Map.Entry<Integer, Integer> entry : more.entrySet()) {
      if (++steps > MAX_STEPS
          || to.merge(entry.getKey(), entry.getValue() * times, Integer::sum) > MAX_WAYS) {
        throw new TooManyWays();
      }
    }
  }

  /** The ways grow with the text, or counting them takes too long. */
  private static final class TooManyWays extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyWays() {
      super("more ways than an engine should try", null, false, false);
    }
  }
}
