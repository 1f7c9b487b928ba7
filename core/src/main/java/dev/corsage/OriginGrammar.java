package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Well-formed origins as a deterministic automaton: what {@link Origin#scan} says of one text, said
 * of all texts at once. Only lengths are not looked at: those of schemes, labels and names, whose
 * counting would multiply the states.
 *
 * <p>States are numbers from 0, made when they are first reached.
 */
final class OriginGrammar {
  static final int DEAD = -1;

  /** The schemes of which {@link Origin} knows more than the grammar. */
  private static final List<String> SCHEMES =
      List.of("https", "http", "wss", "ws", "ftp", "file", "data", "blob", "about", "javascript");

  /** Stands for the schemes that are not among these, and for their beginnings. */
  private static final String OTHER = "*";

  private static final String HIGHEST_PORT = Integer.toString(Origin.MAX_PORT);

  private static final String LABEL_PREFIX = "xn--";

  private static final HostGrammar SPECIAL_NAMES = new NameGrammar(true);
  private static final HostGrammar OPAQUE_NAMES = new NameGrammar(false);
  private static final HostGrammar IPV4 = new Ipv4Grammar();
  private static final HostGrammar IPV6 = new Ipv6Grammar();

  private enum Phase {
    SCHEME,
    COLON,
    SLASH,
    HOST,
    PORT
  }

  /**
   * What is known of a beginning of an origin.
   *
   * @param text the scheme so far, or what is known of the port
   * @param defaultPort the port that must not be written; empty where there is none
   * @param name the state as a name; {@link #DEAD} where it is none
   * @param label how much of {@link #LABEL_PREFIX} the label has; one more behind its hyphen
   */
  private record State(
      Phase phase, String text, String defaultPort, int name, int ipv4, int ipv6, int label) {}

  private final List<State> states = new ArrayList<>();
  private final Map<State, Integer> numbers = new HashMap<>();

  OriginGrammar() {
    number(new State(Phase.SCHEME, "", "", DEAD, DEAD, DEAD, 0));
  }

  int start() {
    return 0;
  }

  private int number(State state) {
    if (state == null) {
      return DEAD;
    }
    return numbers.computeIfAbsent(
        state,
        added -> {
          states.add(added);
          return states.size() - 1;
        });
  }

  /** Returns the state behind one more character, or {@link #DEAD} if no origin goes on with it. */
  int next(int number, char c) {
    State state = states.get(number);
    return number(
        switch (state.phase) {
          case SCHEME -> inScheme(state.text, c);
          case COLON -> c == '/' ? at(Phase.SLASH, state) : null;
          case SLASH -> c == '/' ? hostStart(state) : null;
          case HOST -> inHost(state, c);
          case PORT -> inPort(state, c);
        });
  }

  /** Tells whether a text that ends here is an origin. */
  boolean isEnd(int number) {
    State state = states.get(number);
    return switch (state.phase) {
      case HOST -> isHostEnd(state);
      case PORT -> !state.text.isEmpty() && !state.text.equals(state.defaultPort);
      default -> false;
    };
  }

  private static State inScheme(String before, char c) {
    if (c == ':') {
      if (before.isEmpty() || Scheme.isOpaque(before)) {
        return null;
      }
      // What is only the beginning of a known scheme is another one.
      int port = Scheme.defaultPort(before);
      String scheme = port == Origin.NO_PORT ? OTHER : before;
      String text = port == Origin.NO_PORT ? "" : Integer.toString(port);
      return new State(Phase.COLON, scheme, text, DEAD, DEAD, DEAD, 0);
    }
    String longer = before + c;
    if (!Scheme.isValid(before.equals(OTHER) ? "x" + c : longer)) {
      return null;
    }
    boolean known = SCHEMES.stream().anyMatch(scheme -> scheme.startsWith(longer));
    return new State(Phase.SCHEME, known ? longer : OTHER, "", DEAD, DEAD, DEAD, 0);
  }

  private static State at(Phase phase, State before) {
    return new State(phase, before.text, before.defaultPort, DEAD, DEAD, DEAD, 0);
  }

  private static State hostStart(State before) {
    boolean special = !before.text.equals(OTHER);
    HostGrammar names = special ? SPECIAL_NAMES : OPAQUE_NAMES;
    return new State(
        Phase.HOST,
        special ? "" : OTHER,
        before.defaultPort,
        names.start(),
        special ? IPV4.start() : DEAD,
        IPV6.start(),
        0);
  }

  private static boolean isSpecial(State state) {
    return state.text.isEmpty();
  }

  private static HostGrammar names(State state) {
    return isSpecial(state) ? SPECIAL_NAMES : OPAQUE_NAMES;
  }

  private static State inHost(State state, char c) {
    if (c == ':' && state.ipv6 == DEAD) {
      return isHostEnd(state) ? portStart(state) : null;
    }
    int ipv6 = next(IPV6, state.ipv6, c);
    if (c == ':' && ipv6 == DEAD) {
      return IPV6.end(state.ipv6) != null ? portStart(state) : null;
    }
    int name = c == '[' ? DEAD : next(names(state), state.name, c);
    int ipv4 = next(IPV4, state.ipv4, c);
    int label = name == DEAD || !isSpecial(state) ? 0 : label(state.label, c);
    return (name == DEAD && ipv4 == DEAD && ipv6 == DEAD) || label == DEAD
        ? null
        : new State(state.phase, state.text, state.defaultPort, name, ipv4, ipv6, label);
  }

  private static int next(HostGrammar grammar, int state, char c) {
    return state == DEAD ? DEAD : grammar.next(state, c);
  }

  /** An A-label does not end with a hyphen; see {@link Host}. */
  private static int label(int before, char c) {
    int full = LABEL_PREFIX.length();
    if (c == '.') {
      return isLabelEnd(before) ? 0 : DEAD;
    }
    if (before >= full) {
      return c == '-' ? full + 1 : full;
    }
    boolean more = before >= 0 && before < full && LABEL_PREFIX.charAt(before) == c;
    // The prefix ends with a hyphen; by itself it is an A-label that does.
    return more ? (before + 1 == full ? full + 1 : before + 1) : NO_PREFIX;
  }

  /** Of a label that does not begin with the prefix. */
  private static final int NO_PREFIX = -2;

  private static boolean isLabelEnd(int label) {
    return label <= LABEL_PREFIX.length();
  }

  private static boolean isHostEnd(State state) {
    return (state.name != DEAD && isLabelEnd(state.label) && names(state).end(state.name) != null)
        || (state.ipv4 != DEAD && IPV4.end(state.ipv4) != null)
        || (state.ipv6 != DEAD && IPV6.end(state.ipv6) != null);
  }

  private static State portStart(State state) {
    return new State(Phase.PORT, "", state.defaultPort, DEAD, DEAD, DEAD, 0);
  }

  /** The text is the port where it matters how it goes on, else digits that say as much. */
  private static State inPort(State state, char c) {
    String longer = state.text + c;
    boolean highest = longer.length() == HIGHEST_PORT.length();
    if (c < '0'
        || c > '9'
        || longer.charAt(0) == '0'
        || longer.length() > HIGHEST_PORT.length()
        || (highest && longer.compareTo(HIGHEST_PORT) > 0)) {
      return null;
    }
    String text = longer;
    if (!HIGHEST_PORT.startsWith(longer) && !state.defaultPort.startsWith(longer)) {
      int length = longer.length();
      boolean low = longer.compareTo(HIGHEST_PORT.substring(0, length)) < 0;
      text = (low ? "1" : "9").repeat(length);
    }
    return new State(Phase.PORT, text, state.defaultPort, DEAD, DEAD, DEAD, 0);
  }
}
