package dev.corsage;

import java.util.List;

/**
 * A set of origins as a minimal deterministic automaton over ASCII: what a {@link PolicyForm} gives
 * to code that has to match expressions in linear time without an engine for them.
 *
 * <p>States are numbers: 0 is the one from which nothing matches any more, {@link #start()} the
 * first. Characters are put into columns, so that a table of states and columns is small. Every
 * text it takes is well-formed but for its lengths; see {@link #matches}.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class OriginAutomaton {
  /** No character of an origin is beyond ASCII. */
  public static final int ALPHABET = Nfa.ALPHABET;

  /**
   * The state from which nothing matches any more, and the column of characters that lead there.
   */
  public static final int DEAD = 0;

  /** The longest scheme, in characters. */
  public static final int MAX_SCHEME_LENGTH = Scheme.MAX_LENGTH;

  /** The longest host without its last dot, in characters (RFC 1035, section 2.3.4). */
  public static final int MAX_HOST_LENGTH = Host.MAX_LENGTH;

  /** The longest label of a host, in characters (RFC 1035, section 2.3.4). */
  public static final int MAX_LABEL_LENGTH = Host.MAX_LABEL_LENGTH;

  private final int start;

  /** For each column the next state by state. */
  private final List<int[]> columns;

  private final byte[] columnOf;
  private final boolean[] accepting;

  /** Takes arrays that nobody else has. */
  OriginAutomaton(int start, List<int[]> columns, byte[] columnOf, boolean[] accepting) {
    this.start = start;
    this.columns = List.copyOf(columns);
    this.columnOf = columnOf;
    this.accepting = accepting;
  }

  /** Returns the first state; {@link #DEAD} if no origin matches. */
  public int start() {
    return start;
  }

  /** Returns how many states there are, the dead one included. */
  public int states() {
    return accepting.length;
  }

  /** Returns how many columns there are, the one of dead characters included. */
  public int columns() {
    return columns.size();
  }

  /** Returns the column of a character; {@link #DEAD} for all beyond ASCII. */
  public int column(char c) {
    return c < ALPHABET ? columnOf[c] : DEAD;
  }

  /** Returns the state behind a character of this column. */
  public int next(int state, int column) {
    return columns.get(column)[state];
  }

  /** Tells whether a text that leads to this state is in the set. */
  public boolean isAccepting(int state) {
    return accepting[state];
  }

  /**
   * Tells whether it takes a text. Code that is made of an automaton has to do what this does: look
   * at three lengths, then follow the characters.
   *
   * @param text the value of an {@code Origin} header; not null
   */
  public boolean matches(String text) {
    if (!hasLengths(text)) {
      return false;
    }
    int state = start;
    for (int i = 0; i < text.length() && state != DEAD; i++) {
      state = next(state, column(text.charAt(i)));
    }
    return accepting[state];
  }

  /**
   * Tells whether a text that is an origin otherwise has no scheme of more than {@link
   * #MAX_SCHEME_LENGTH} characters, no label of more than {@link #MAX_LABEL_LENGTH} and no host of
   * more than {@link #MAX_HOST_LENGTH} beside a last dot.
   */
  private static boolean hasLengths(String text) {
    int schemeEnd = text.indexOf("://");
    if (text.length() > Origin.MAX_LENGTH || schemeEnd > MAX_SCHEME_LENGTH || schemeEnd < 0) {
      return false;
    }
    int hostEnd = Origin.hostEnd(text, schemeEnd + 3);
    String host = text.substring(schemeEnd + 3, hostEnd);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.length() > MAX_HOST_LENGTH) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.length() > MAX_LABEL_LENGTH) {
        return false;
      }
    }
    return true;
  }
}
