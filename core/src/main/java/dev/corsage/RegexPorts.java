package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Where in an expression a host may end: at the end of the text, or in front of a port. */
final class RegexPorts {
  private static final int MAX_SAMPLES = 40;
  private static final int MAX_DIGITS = 5;

  private final Nfa nfa;
  private final int accept;
  private final WorkBudget budget;

  /** For each state the states that lead to it. */
  private final List<List<Integer>> before = new ArrayList<>();

  private final BitSet hostEnds;
  private final List<String> samples = new ArrayList<>();

  private record Read(BitSet states, String text) {}

  RegexPorts(Nfa nfa, int accept, WorkBudget budget) throws WorkBudget.Exceeded {
    this.nfa = nfa;
    this.accept = accept;
    this.budget = budget;
    budget.spend(nfa.size());
    for (int state = 0; state < nfa.size(); state++) {
      before.add(new ArrayList<>(1));
    }
    for (int state = 0; state < nfa.size(); state++) {
      addBefore(nfa.next(state), state);
      addBefore(nfa.other(state), state);
    }
    hostEnds = findHostEnds();
  }

  private void addBefore(int state, int predecessor) {
    if (state != Nfa.NONE) {
      before.get(state).add(predecessor);
    }
  }

  /** Returns the states from which the expression matches nothing more, or a port. */
  BitSet hostEnds() {
    return hostEnds;
  }

  /** Returns some texts that the expression takes behind a host, such as {@code :8080}. */
  List<String> samples() {
    return samples;
  }

  /** Reads ports from their end: what leads to the same states is as good as one. */
  private BitSet findHostEnds() throws WorkBudget.Exceeded {
    BitSet end = new BitSet();
    end.set(accept);
    close(end);
    BitSet ends = (BitSet) end.clone();
    samples.add("");
    List<BitSet> seen = new ArrayList<>();
    Deque<Read> open = new ArrayDeque<>();
    open.add(new Read(end, ""));
    while (!open.isEmpty()) {
      Read read = open.remove();
      Read colon = read.text.isEmpty() || read.text.startsWith("0") ? null : step(read, ':');
      if (colon != null) {
        ends.or(colon.states);
        if (samples.size() < MAX_SAMPLES) {
          samples.add(colon.text);
        }
      }
      // Ports do not begin with 0: it comes last, so that it does not stand for the others.
      for (char c : read.text.length() == MAX_DIGITS ? new char[0] : "1234567890".toCharArray()) {
        Read longer = step(read, c);
        if (longer != null && !seen.contains(longer.states)) {
          seen.add(longer.states);
          open.add(longer);
        }
      }
    }
    return ends;
  }

  private Read step(Read read, char c) throws WorkBudget.Exceeded {
    BitSet states = new BitSet(nfa.size());
    for (int s = read.states.nextSetBit(0); s >= 0; s = read.states.nextSetBit(s + 1)) {
      budget.spend(1);
      for (int predecessor : before.get(s)) {
        BitSet any = nfa.characters(predecessor);
        if (any != null && any.get(c)) {
          states.set(predecessor);
        }
      }
    }
    if (states.isEmpty()) {
      return null;
    }
    close(states);
    return new Read(states, c + read.text);
  }

  /** Adds the states that reach these without a character. */
  private void close(BitSet states) throws WorkBudget.Exceeded {
    Deque<Integer> open = new ArrayDeque<>();
    states.stream().forEach(open::add);
    while (!open.isEmpty()) {
      for (int predecessor : before.get(open.remove())) {
        budget.spend(1);
        if (nfa.characters(predecessor) == null && !states.get(predecessor)) {
          states.set(predecessor);
          open.add(predecessor);
        }
      }
    }
  }
}
