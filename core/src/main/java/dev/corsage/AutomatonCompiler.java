package dev.corsage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the minimal {@link OriginAutomaton} of expressions: their automaton made deterministic and
 * intersected with {@link OriginGrammar}, and what cannot be told apart made one.
 */
final class AutomatonCompiler {
  /** More would be a megabyte of table; a thousand expressions of previews have some 20,000. */
  private static final int MAX_STATES = 60_000;

  /** The characters that origins can have. */
  private static final String CHARACTERS =
      RegexParser.ORIGIN.stream()
          .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
          .toString();

  private final Nfa nfa = new Nfa();
  private final int accept = nfa.addFork();
  private final OriginGrammar grammar = new OriginGrammar();

  /** Sets of states of the expressions; the first is the empty one. */
  private final List<int[]> sets = new ArrayList<>();

  private final Map<Members, Integer> setNumbers = new HashMap<>();
  private final List<int[]> setNext = new ArrayList<>();

  // A state of the product is a set and a state of the grammar; the first is the dead one.
  private final List<int[]> pairs = new ArrayList<>();
  private final Map<Members, Integer> pairNumbers = new HashMap<>();
  private final List<int[]> pairNext = new ArrayList<>();

  private AutomatonCompiler() {
    setNumber(new BitSet());
    pairs.add(new int[] {0, OriginGrammar.DEAD});
  }

  /**
   * Returns the automaton of all origins that one of the expressions matches; null if it has too
   * many states.
   *
   * @param expressions expressions that have passed {@link RegexSet#check}
   */
  static OriginAutomaton compile(List<String> expressions) {
    AutomatonCompiler compiler = new AutomatonCompiler();
    BitSet first = new BitSet();
    compiler.close(compiler.build(expressions), first);
    int start = compiler.pair(compiler.setNumber(first), compiler.grammar.start());
    return compiler.explore() ? compiler.reduced(start) : null;
  }

  private int build(List<String> expressions) {
    int all = Nfa.NONE;
    try {
      for (String expression : expressions) {
        int fork = nfa.addFork();
        nfa.fork(fork, RegexParser.compile(expression, nfa, accept), all);
        all = fork;
      }
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
    return all;
  }

  private boolean explore() {
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (pairs.size() > MAX_STATES) {
        return false;
      }
      int set = pairs.get(pair)[0];
      int state = pairs.get(pair)[1];
      int[] next = new int[CHARACTERS.length()];
      for (int i = 0; i < next.length && set != 0; i++) {
        int grammarNext = grammar.next(state, CHARACTERS.charAt(i));
        next[i] = grammarNext == OriginGrammar.DEAD ? 0 : pair(follow(set, i), grammarNext);
      }
      pairNext.add(next);
    }
    return true;
  }

  /** Returns the number of a pair; without states of the expressions it is the dead one. */
  private int pair(int set, int state) {
    if (set == 0) {
      return 0;
    }
    int[] pair = {set, state};
    Integer known = pairNumbers.putIfAbsent(new Members(pair), pairs.size());
    if (known != null) {
      return known;
    }
    pairs.add(pair);
    return pairs.size() - 1;
  }

  private int follow(int set, int character) {
    int[] next = setNext.get(set);
    if (next[character] < 0) {
      BitSet found = new BitSet();
      for (int member : sets.get(set)) {
        BitSet any = nfa.characters(member);
        if (any != null && any.get(CHARACTERS.charAt(character))) {
          close(nfa.next(member), found);
        }
      }
      next[character] = setNumber(found);
    }
    return next[character];
  }

  /** Adds a state and those that are reached from it without a character. */
  private void close(int from, BitSet found) {
    int[] open = new int[64];
    int top = 0;
    open[top++] = from;
    while (top > 0) {
      int state = open[--top];
      if (state == Nfa.NONE || found.get(state)) {
        continue;
      }
      found.set(state);
      if (nfa.characters(state) == null) {
        open = top + 2 > open.length ? Arrays.copyOf(open, open.length * 2) : open;
        open[top++] = nfa.other(state);
        open[top++] = nfa.next(state);
      }
    }
  }

  private int setNumber(BitSet closed) {
    int[] members = closed.stream().filter(s -> nfa.characters(s) != null || s == accept).toArray();
    Integer known = setNumbers.putIfAbsent(new Members(members), sets.size());
    if (known != null) {
      return known;
    }
    int[] next = new int[CHARACTERS.length()];
    Arrays.fill(next, -1);
    sets.add(members);
    setNext.add(next);
    return sets.size() - 1;
  }

  private boolean isAccepting(int pair) {
    return Arrays.binarySearch(sets.get(pairs.get(pair)[0]), accept) >= 0
        && grammar.isEnd(pairs.get(pair)[1]);
  }

  private OriginAutomaton reduced(int start) {
    boolean[] accepting = new boolean[pairs.size()];
    for (int pair = 1; pair < accepting.length; pair++) {
      accepting[pair] = isAccepting(pair);
    }
    int[] classes = new int[accepting.length];
    Arrays.setAll(classes, pair -> accepting[pair] ? 1 : 0);
    // A partition is refined until nothing tells two states of a class apart (Moore, 1956). The
    // dead state comes first, so its class is 0, and with it are all that lead nowhere.
    int count = 0;
    int before;
    do {
      before = count;
      Map<Members, Integer> found = new HashMap<>();
      int[] refined = new int[classes.length];
      for (int pair = 0; pair < refined.length; pair++) {
        Members key = new Members(signature(classes, pair));
        Integer known = found.putIfAbsent(key, found.size());
        refined[pair] = known == null ? found.size() - 1 : known;
      }
      classes = refined;
      count = found.size();
    } while (count != before);
    return table(classes, count, classes[start], accepting);
  }

  private int[] signature(int[] classes, int pair) {
    int[] next = pairNext.get(pair);
    int[] signature = new int[next.length + 1];
    for (int i = 0; i < next.length; i++) {
      signature[i] = classes[next[i]];
    }
    signature[next.length] = classes[pair];
    return signature;
  }

  /** Returns the table; characters that lead to the same states everywhere share a column. */
  private OriginAutomaton table(int[] classes, int count, int start, boolean[] acceptingPairs) {
    int[][] byCharacter = new int[CHARACTERS.length()][count];
    boolean[] accepting = new boolean[count];
    for (int pair = 0; pair < classes.length; pair++) {
      for (int i = 0; i < byCharacter.length; i++) {
        byCharacter[i][classes[pair]] = classes[pairNext.get(pair)[i]];
      }
      accepting[classes[pair]] = acceptingPairs[pair];
    }
    List<int[]> columns = new ArrayList<>(List.of(new int[count]));
    Map<Members, Integer> numbers = new HashMap<>(Map.of(new Members(columns.get(0)), 0));
    byte[] columnOf = new byte[Nfa.ALPHABET];
    for (int i = 0; i < byCharacter.length; i++) {
      Integer known = numbers.putIfAbsent(new Members(byCharacter[i]), columns.size());
      columnOf[CHARACTERS.charAt(i)] = (byte) (known == null ? columns.size() : known);
      if (known == null) {
        columns.add(byCharacter[i]);
      }
    }
    return new OriginAutomaton(start, columns, columnOf, accepting);
  }
}
