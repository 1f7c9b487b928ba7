package dev.corsage;

/**
 * Hosts of well-formed origins as a deterministic automaton: what {@link Host#check} says of one
 * text, said of all texts at once, so that it can be intersected with an expression. States are
 * numbers from 0.
 */
interface HostGrammar {
  int DEAD = -1;

  /** Returns the state before the first character. */
  int start();

  /** Returns the state behind one more character, or {@link #DEAD} if no host goes on with it. */
  int next(int state, char c);

  /** Returns what a host that ends here is, or null if none does. */
  HostKind end(int state);
}
