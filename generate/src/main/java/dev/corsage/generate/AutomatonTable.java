package dev.corsage.generate;

import dev.corsage.OriginAutomaton;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An automaton as a few strings, which code in any language can read without taking them apart
 * first: digits of the base 64, as many for each number as the largest needs.
 *
 * <p>{@code characters[i]} is in the column {@code columns[i]}; every other character leads to the
 * dead state, 0. The state behind {@code state} by a column, which is counted from 1, is the number
 * of {@code width} digits at {@code (state * columnCount + column - 1) * width} of {@code next};
 * {@code accepting} has a 1 for each state in which an origin may end.
 */
final class AutomatonTable {
  /** The digits: of all languages' strings none needs an escape. */
  static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

  private AutomatonTable() {}

  /** Returns the table, ready for {@link EmbeddedJson}. */
  static Map<String, Object> of(OriginAutomaton automaton) {
    StringBuilder characters = new StringBuilder();
    StringBuilder columns = new StringBuilder();
    for (char c = 0; c < OriginAutomaton.ALPHABET; c++) {
      if (automaton.column(c) != OriginAutomaton.DEAD) {
        characters.append(c);
        columns.append(DIGITS.charAt(automaton.column(c)));
      }
    }
    int width = 1;
    for (int largest = automaton.states() - 1; largest >= DIGITS.length(); largest /= 64) {
      width++;
    }
    StringBuilder next = new StringBuilder();
    StringBuilder accepting = new StringBuilder();
    for (int state = 0; state < automaton.states(); state++) {
      accepting.append(automaton.isAccepting(state) ? '1' : '0');
      for (int column = 1; column < automaton.columns(); column++) {
        append(next, automaton.next(state, column), width);
      }
    }
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("start", automaton.start());
    table.put("characters", characters.toString());
    table.put("columns", columns.toString());
    table.put("columnCount", automaton.columns() - 1);
    table.put("width", width);
    table.put("next", next.toString());
    table.put("accepting", accepting.toString());
    return table;
  }

  private static void append(StringBuilder text, int number, int width) {
    for (int digit = width - 1; digit >= 0; digit--) {
      text.append(DIGITS.charAt((number >> (6 * digit)) & 63));
    }
  }
}
