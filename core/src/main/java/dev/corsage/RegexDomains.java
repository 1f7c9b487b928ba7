package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the domains whose origins an expression matches. A domain stands at the end of a host, so
 * the automaton is walked backwards, from what it accepts to where it starts: what is free in front
 * of the domain costs nothing, and what is free within it shows.
 *
 * <p>For checking policies, not for requests; the work is bounded.
 */
final class RegexDomains {
  private static final String HOST_CHARACTERS = "_-0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String LABEL_END_CHARACTERS = "_0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String SCHEME_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
  private static final int MAX_STEPS = 100_000;
  private static final int MAX_COMPLETION = 500;
  private static final int MAX_PORT_DIGITS = 5;

  private final Nfa nfa;
  private final int start;
  private final int limit;

  /** For each state the states that lead to it. */
  private final List<List<Integer>> before = new ArrayList<>();

  private final BitSet accepting = new BitSet();
  private final List<String> samples = new ArrayList<>();
  private int steps;

  /** From where no origin could be completed: whatever the text, it is not tried again. */
  private final Set<Place> hopeless = new HashSet<>();

  /** What decides how a walk can go on. */
  private record Place(BitSet states, int kind) {}

  /** Where the walk is: the states from which the text leads to acceptance, and that text. */
  private record Walk(BitSet states, String text) {}

  RegexDomains(Nfa nfa, int start, int accept, int limit) {
    this.nfa = nfa;
    this.start = start;
    this.limit = limit;
    for (int state = 0; state < nfa.size(); state++) {
      before.add(new ArrayList<>(1));
    }
    for (int state = 0; state < nfa.size(); state++) {
      addBefore(nfa.next(state), state);
      addBefore(nfa.other(state), state);
    }
    accepting.set(accept);
    close(accepting);
  }

  private void addBefore(int state, int predecessor) {
    if (state != Nfa.NONE) {
      before.get(state).add(predecessor);
    }
  }

  /** Returns a well-formed origin for each domain, at most one more than the limit. */
  List<String> find() {
    for (Walk end : ends()) {
      walkDomain(end);
    }
    return samples;
  }

  /** Returns where hosts may end: at the end of the text, and in front of a port. */
  private List<Walk> ends() {
    List<Walk> ends = new ArrayList<>();
    Set<BitSet> seen = new HashSet<>();
    List<Walk> digits = List.of(new Walk(accepting, ""));
    ends.add(digits.get(0));
    for (int length = 1; length <= MAX_PORT_DIGITS; length++) {
      List<Walk> longer = new ArrayList<>();
      for (Walk walk : digits) {
        for (char c = '0'; c <= '9'; c++) {
          Walk next = step(walk, c);
          // Ports that lead to the same states are as good as one.
          if (next != null && seen.add(next.states)) {
            longer.add(next);
            Walk colon = c == '0' ? null : step(next, ':');
            if (colon != null) {
              ends.add(colon);
            }
          }
        }
      }
      digits = longer;
    }
    return ends;
  }

  /** From as many texts as the limit a state says all that it has to say. */
  private void walkDomain(Walk end) {
    Map<Place, Integer> visits = new HashMap<>();
    Deque<Walk> open = new ArrayDeque<>();
    open.add(end);
    while (!open.isEmpty() && samples.size() <= limit && steps < MAX_STEPS) {
      Walk walk = open.remove();
      if (visits.merge(new Place(walk.states, labels(walk.text)), 1, Integer::sum) > limit + 1) {
        continue;
      }
      String host = walk.text.substring(0, walk.text.length() - end.text.length());
      boolean labelEnds = !host.isEmpty() && host.charAt(0) != '.';
      boolean suffix = labelEnds && PublicSuffixes.of(host) == PublicSuffixes.Kind.SUFFIX;
      Walk dot = labelEnds ? step(walk, '.') : null;
      boolean found =
          labelEnds && (completeHost(walk) || (dot != null && !suffix && complete(dot)));
      if (found || host.length() > Host.MAX_LENGTH) {
        continue;
      }
      List<Walk> longer = new ArrayList<>();
      stepAll(walk, labelEnds ? HOST_CHARACTERS : LABEL_END_CHARACTERS, longer);
      open.addAll(longer);
      if (dot != null && suffix) {
        open.add(dot);
      }
    }
  }

  /** Returns how many labels the text has, and whether one of them has just ended. */
  private static int labels(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      dots += text.charAt(i) == '.' ? 1 : 0;
    }
    return 2 * dots + (text.startsWith(".") ? 1 : 0);
  }

  /** Does the same where the text is the whole host. */
  private boolean completeHost(Walk walk) {
    Walk host = stepOver(walk);
    return host != null && complete(host);
  }

  /** Steps over what is between scheme and host. */
  private Walk stepOver(Walk walk) {
    boolean labelBegins = !walk.text.startsWith(".") && !walk.text.startsWith("-");
    Walk host = labelBegins ? step(walk, '/') : null;
    host = host == null ? null : step(host, '/');
    return host == null ? null : step(host, ':');
  }

  /** Walks on to the start; tells whether there is a well-formed origin, which becomes a sample. */
  private boolean complete(Walk from) {
    Place place = new Place(from.states, kind(from.text));
    if (hopeless.contains(place)) {
      return false;
    }
    Deque<Walk> open = new ArrayDeque<>();
    Set<Place> seen = new HashSet<>();
    open.add(from);
    while (!open.isEmpty() && seen.size() < MAX_COMPLETION) {
      Walk walk = open.remove();
      if (walk.states.get(start) && Origin.scan(walk.text) != Origin.NOT_WELL_FORMED) {
        samples.add(walk.text);
        return true;
      }
      List<Walk> longer = new ArrayList<>();
      if (walk.text.contains("://")) {
        stepAll(walk, SCHEME_CHARACTERS, longer);
      } else {
        boolean labelEnd = walk.text.startsWith(".");
        stepAll(walk, labelEnd ? LABEL_END_CHARACTERS : HOST_CHARACTERS + ".", longer);
        Walk host = stepOver(walk);
        if (host != null) {
          longer.add(host);
        }
      }
      for (Walk next : longer) {
        if (seen.add(new Place(next.states, kind(next.text)))) {
          open.add(next);
        }
      }
    }
    hopeless.add(place);
    return false;
  }

  private void stepAll(Walk walk, String characters, List<Walk> into) {
    for (int i = 0; i < characters.length(); i++) {
      Walk next = step(walk, characters.charAt(i));
      if (next != null) {
        into.add(next);
      }
    }
  }

  /** Tells apart the texts in front of which different characters may stand. */
  private static int kind(String text) {
    char first = text.charAt(0);
    return text.contains("://") ? ':' : first == '.' || first == '-' ? first : 'a';
  }

  /** Reads one more character in front of the text; null if nothing goes on with it. */
  private Walk step(Walk walk, char c) {
    steps++;
    BitSet states = new BitSet(nfa.size());
    for (int s = walk.states.nextSetBit(0); s >= 0; s = walk.states.nextSetBit(s + 1)) {
      for (int predecessor : before.get(s)) {
        BitSet characters = nfa.characters(predecessor);
        if (characters != null && characters.get(c)) {
          states.set(predecessor);
        }
      }
    }
    if (states.isEmpty()) {
      return null;
    }
    close(states);
    return new Walk(states, c + walk.text);
  }

  /** Adds the states that reach these without a character. */
  private void close(BitSet states) {
    Deque<Integer> open = new ArrayDeque<>();
    states.stream().forEach(open::add);
    while (!open.isEmpty()) {
      for (int predecessor : before.get(open.remove())) {
        if (nfa.characters(predecessor) == null && !states.get(predecessor)) {
          states.set(predecessor);
          open.add(predecessor);
        }
      }
    }
  }
}
