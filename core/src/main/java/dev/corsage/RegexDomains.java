package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the domains whose origins an expression matches, and whether its author wrote them out. A
 * domain stands at the end of a host, so the automaton is walked backwards, from what it accepts to
 * where it starts: what is free in front of the domain costs nothing, and what is free within it
 * shows, because a class of characters was needed to read it.
 *
 * <p>For checking policies, not for requests; the work is bounded.
 */
final class RegexDomains {
  private static final String HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String LABEL_END_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";
  private static final String SCHEME_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
  private static final int MAX_COMPLETION = 300;
  private static final int MAX_PORT_DIGITS = 5;

  /** After a few texts, a state shows nothing new. */
  private static final int MAX_VISITS = 4;

  /**
   * One domain.
   *
   * @param name the name that somebody registers, as in {@code example.co.uk}
   * @param origin a well-formed origin of the domain that matches
   * @param insecure a matching origin of it that is neither https nor loopback, or null
   * @param writtenOut whether the name was read without classes of characters
   */
  record Domain(String name, String origin, String insecure, boolean writtenOut) {}

  /** Where the walk is: the states from which the text leads to acceptance, and that text. */
  private record Walk(BitSet states, String text, boolean writtenOut) {}

  /** What decides how a walk can go on. */
  private record Place(BitSet states, int kind) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && place.kind == kind && place.states.equals(states);
    }

    @Override
    public int hashCode() {
      return 31 * states.hashCode() + kind;
    }
  }

  private final Nfa nfa;
  private final int start;
  private final int limit;
  private final int maxSteps;

  /** For each state the states that lead to it. */
  private final List<List<Integer>> before = new ArrayList<>();

  private final BitSet accepting = new BitSet();
  private final Map<String, Domain> domains = new HashMap<>();
  private int steps;
  private boolean foundFree;

  /**
   * Creates the search.
   *
   * @param limit how many domains are enough
   * @param maxSteps how many characters may be read
   */
  RegexDomains(Nfa nfa, int start, int accept, int limit, int maxSteps) {
    this.nfa = nfa;
    this.start = start;
    this.limit = limit;
    this.maxSteps = maxSteps;
    for (int state = 0; state < nfa.size(); state++) {
      before.add(new ArrayList<>(1));
    }
    for (int state = 0; state < nfa.size(); state++) {
      addBefore(nfa.next(state), state);
      addBefore(nfa.other(state), state);
    }
    accepting.set(accept);
    close(accepting);
    for (Walk end : ends()) {
      walkDomain(end);
    }
  }

  private void addBefore(int state, int predecessor) {
    if (state != Nfa.NONE) {
      before.get(state).add(predecessor);
    }
  }

  /** Returns the domains that were found; the search ends at the first that is not written out. */
  List<Domain> found() {
    return List.copyOf(domains.values());
  }

  /** Tells whether there may be more, because the search was stopped. */
  boolean isIncomplete() {
    return steps >= maxSteps;
  }

  int steps() {
    return steps;
  }

  private boolean isEnough() {
    return domains.size() >= limit || steps >= maxSteps || foundFree;
  }

  /** Returns where hosts may end: at the end of the text, and in front of a port. */
  private List<Walk> ends() {
    List<Walk> ends = new ArrayList<>();
    Set<BitSet> seen = new HashSet<>();
    List<Walk> digits = List.of(new Walk(accepting, "", true));
    ends.add(digits.get(0));
    for (int length = 1; length <= MAX_PORT_DIGITS; length++) {
      List<Walk> longer = new ArrayList<>();
      for (Walk walk : digits) {
        // Ports do not begin with 0, so it comes last: what leads to the same is not tried again.
        for (char c : "1234567890".toCharArray()) {
          Walk next = step(walk, c);
          // Of ports that lead to the same states one is enough.
          if (next != null && seen.add(next.states)) {
            longer.add(next);
            Walk colon = c == '0' ? null : step(next, ':');
            if (colon != null) {
              ends.add(new Walk(colon.states, colon.text, true));
            }
          }
        }
      }
      digits = longer;
    }
    return ends;
  }

  private void walkDomain(Walk end) {
    Map<Place, Integer> visits = new HashMap<>();
    Deque<Walk> open = new ArrayDeque<>();
    open.add(end);
    while (!open.isEmpty() && !isEnough()) {
      Walk walk = open.remove();
      int kind = 2 * labels(walk.text) + (walk.writtenOut ? 1 : 0);
      Place place = new Place(walk.states, kind);
      int times = visits.getOrDefault(place, 0);
      if (times >= MAX_VISITS) {
        continue;
      }
      visits.put(place, times + 1);
      String host = walk.text.substring(0, walk.text.length() - end.text.length());
      boolean labelEnds = !host.isEmpty() && host.charAt(0) != '.';
      if (labelEnds) {
        endLabel(walk, host, open);
      }
      if (host.length() <= Host.MAX_LENGTH) {
        stepAll(walk, labelEnds ? HOST_CHARACTERS : LABEL_END_CHARACTERS, open);
      }
    }
  }

  /** Treats what was read as a whole host, and as the end of a longer one. */
  private void endLabel(Walk walk, String host, Deque<Walk> open) {
    Walk whole = stepOver(walk);
    if (whole != null) {
      add(host, whole);
    }
    Walk dot = step(walk, '.');
    if (dot != null && PublicSuffixes.of(host) == PublicSuffixes.Kind.NONE) {
      add(host, dot);
    } else if (dot != null) {
      // A dot that is written out ends the name; a dot of a class is read like any other character.
      open.add(dot);
    }
  }

  private void add(String name, Walk from) {
    Domain known = domains.get(name);
    String origin = known == null ? complete(from, false) : known.origin;
    if (origin == null) {
      return;
    }
    String insecure = known == null ? null : known.insecure;
    if (insecure == null) {
      insecure = complete(from, true);
    }
    // Nobody can register an address, and loopback is everybody's own machine.
    String host = Origin.parseOrNull(origin).host();
    boolean nobodys = Host.isAddress(host) || Host.isLoopback(host);
    boolean writtenOut = nobodys || (from.writtenOut && (known == null || known.writtenOut));
    foundFree |= !writtenOut;
    domains.put(name, new Domain(name, origin, insecure, writtenOut));
  }

  /** Walks on to the start; returns a well-formed origin, or null if there is none. */
  private String complete(Walk from, boolean insecure) {
    Deque<Walk> open = new ArrayDeque<>();
    Set<Place> seen = new HashSet<>();
    open.add(from);
    while (!open.isEmpty() && seen.size() < MAX_COMPLETION && steps < maxSteps) {
      Walk walk = open.remove();
      if (walk.states.get(start) && isWanted(walk.text, insecure)) {
        return walk.text;
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
    return null;
  }

  private static boolean isWanted(String text, boolean insecure) {
    Origin origin = Origin.parseOrNull(text);
    return origin != null
        && (!insecure || (!origin.scheme().equals("https") && !Host.isLoopback(origin.host())));
  }

  /** Steps over what is between scheme and host. */
  private Walk stepOver(Walk walk) {
    boolean labelBegins = !walk.text.startsWith(".") && !walk.text.startsWith("-");
    Walk host = labelBegins ? step(walk, '/') : null;
    host = host == null ? null : step(host, '/');
    host = host == null ? null : step(host, ':');
    return host == null ? null : new Walk(host.states, host.text, walk.writtenOut);
  }

  private void stepAll(Walk walk, String characters, Collection<Walk> into) {
    for (int i = 0; i < characters.length(); i++) {
      Walk next = step(walk, characters.charAt(i));
      if (next != null) {
        into.add(next);
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

  /** Tells apart the texts in front of which different characters may stand. */
  private static int kind(String text) {
    char first = text.charAt(0);
    return text.contains("://") ? ':' : first == '.' || first == '-' ? first : 'a';
  }

  /** Reads one more character in front of the text; null if no state reads it. */
  private Walk step(Walk walk, char c) {
    steps++;
    BitSet states = new BitSet(nfa.size());
    boolean writtenOut = false;
    for (int s = walk.states.nextSetBit(0); s >= 0; s = walk.states.nextSetBit(s + 1)) {
      for (int predecessor : before.get(s)) {
        BitSet characters = nfa.characters(predecessor);
        if (characters != null && characters.get(c)) {
          states.set(predecessor);
          writtenOut |= characters.cardinality() == 1;
        }
      }
    }
    if (states.isEmpty()) {
      return null;
    }
    close(states);
    // The dot in front of a domain is not part of it: whatever reads it may read anything.
    boolean counts = c != '.';
    return new Walk(states, c + walk.text, walk.writtenOut && (writtenOut || !counts));
  }

  /** Adds the states that reach these without a character. */
  private void close(BitSet states) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int s = states.nextSetBit(0); s >= 0; s = states.nextSetBit(s + 1)) {
      open.add(s);
    }
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
