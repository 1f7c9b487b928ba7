package dev.corsage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whose origins an expression matches. It looks at all hosts at once, in the product of the
 * expression's automaton with that of well-formed hosts, and not at samples.
 *
 * <p>Names are read from their end. As long as what was read is a public suffix, somebody can
 * register what stands in front of it, so that each character there has to be written out; from the
 * first dot behind a registered name on, everything is its owner's. Addresses are somebody's as a
 * whole. Where an expression leaves a choice in that part, by a class of characters or by a
 * repetition, it matches {@linkplain Stranger strangers}.
 *
 * <p>For checking policies, not for requests; the work is bounded.
 */
final class RegexHosts {
  /** More domains than anybody writes out in one expression. */
  private static final int MAX_DOMAINS = 200;

  /**
   * A registered domain (or a host without one, such as {@code localhost}) whose origins match.
   *
   * @param scheme of these origins
   * @param name without a trailing dot
   * @param origin one of them
   * @param absolute whether they have a trailing dot
   * @param writtenOut whether the name can be read without a part that may be left out
   */
  record Domain(String scheme, String name, String origin, boolean absolute, boolean writtenOut) {}

  /** How somebody else can get an origin that matches, from the worst on. */
  enum Stranger {
    /** Text is glued to the front of a domain: {@code https://evilexample.com}. */
    GLUED,
    /** A domain can be registered: {@code https://evil.com}. */
    DOMAIN,
    /** An address can be rented: {@code https://34.1.2.3}. */
    ADDRESS,
    /** A name can be had at a domain that many share: {@code https://evil.github.io}. */
    SHARED
  }

  private final Predicate<String> matches;
  private final WorkBudget budget;
  private final Nfa nfa;
  private final RegexPorts ports;
  private final RegexSchemes begun;

  /** What each host has in front of what is read: nothing, or labels. */
  private final String front;

  private final Map<String, Domain> domains = new LinkedHashMap<>();
  private final Map<String, Map<HostKind, String>> addresses = new LinkedHashMap<>();
  private final List<String> schemes = new ArrayList<>();
  private boolean everyScheme;
  private String sample;
  private final Map<Stranger, String> strangers = new EnumMap<>(Stranger.class);

  /** What was read of a name from its end, and the nodes from which the product goes on with it. */
  private record Read(String text, BitSet nodes, BitSet writtenOut) {}

  /**
   * Looks at an expression.
   *
   * @param matches tells whether the expression matches a text, to make sure of samples
   * @throws WorkBudget.Exceeded if that is too much work: nothing is known then
   */
  RegexHosts(Nfa nfa, int start, int accept, Predicate<String> matches, WorkBudget budget)
      throws WorkBudget.Exceeded {
    this.nfa = nfa;
    this.matches = matches;
    this.budget = budget;
    front = "";
    ports = new RegexPorts(nfa, accept, budget);
    begun = new RegexSchemes(nfa, start, budget);
    for (Map.Entry<String, BitSet> scheme : begun.found().entrySet()) {
      read(scheme.getKey(), scheme.getValue());
    }
    everyScheme = !begun.isComplete() && !schemes.isEmpty();
  }

  private RegexHosts(RegexHosts all, String front, WorkBudget budget) throws WorkBudget.Exceeded {
    this.nfa = all.nfa;
    this.matches = all.matches;
    this.budget = budget;
    this.front = front;
    ports = all.ports;
    begun = all.begun;
    for (Map.Entry<String, BitSet> scheme : begun.found().entrySet()) {
      read(scheme.getKey(), begun.behind(scheme.getValue(), front));
    }
  }

  /**
   * Looks only at hosts that begin with a label. What is returned tells of the domains that may
   * stand behind it; their origins have the label.
   *
   * @param label without a dot at its end
   */
  RegexHosts below(String label, WorkBudget budget) throws WorkBudget.Exceeded {
    return new RegexHosts(this, label + ".", budget);
  }

  /** Returns a well-formed origin that matches; null if none was found. */
  String sample() {
    return sample;
  }

  /** Returns the schemes of the origins that match, {@code https} first. */
  List<String> schemes() {
    return schemes;
  }

  /** Tells whether a port may stand behind the host. */
  boolean hasPorts() {
    return ports.samples().size() > 1;
  }

  /** Tells whether there are more schemes than anybody would write out. */
  boolean hasEveryScheme() {
    return everyScheme;
  }

  /** Returns the domains, those of {@code https} first. */
  Collection<Domain> domains() {
    return domains.values();
  }

  /** Returns an origin whose host is an address of this kind, or null. */
  String address(String scheme, HostKind kind) {
    return addresses.getOrDefault(scheme, Map.of()).get(kind);
  }

  /** Returns an origin that somebody else can have, by how they get it. */
  Map<Stranger, String> strangers() {
    return strangers;
  }

  private void read(String scheme, BitSet states) throws WorkBudget.Exceeded {
    boolean special = Scheme.isSpecial(scheme);
    HostProduct names = product(states, new NameGrammar(special));
    readNames(scheme, names);
    readAddresses(scheme, names, states);
    // Few expressions match numbers at all; for the others the exact product would be much work.
    if (special && !product(states, new NumbersGrammar()).isEmpty()) {
      readAddresses(scheme, product(states, new Ipv4Grammar()), states);
    }
  }

  private HostProduct product(BitSet states, HostGrammar grammar) throws WorkBudget.Exceeded {
    return new HostProduct(nfa, states, ports.hostEnds(), grammar, budget);
  }

  private void readAddresses(String scheme, HostProduct product, BitSet states)
      throws WorkBudget.Exceeded {
    for (HostKind kind :
        List.of(HostKind.LOOPBACK_ADDRESS, HostKind.PRIVATE_ADDRESS, HostKind.PUBLIC_ADDRESS)) {
      BitSet ends = product.ends(kind);
      if (ends.isEmpty()) {
        continue;
      }
      String origin = originAt(scheme, product, ends);
      if (origin == null) {
        origin = ipv6Sample(scheme, states);
      }
      if (origin != null) {
        found(scheme, origin);
        addresses.computeIfAbsent(scheme, s -> new LinkedHashMap<>()).put(kind, origin);
      }
      if (kind == HostKind.PUBLIC_ADDRESS && hasChoice(product, ends)) {
        strangers.putIfAbsent(Stranger.ADDRESS, origin == null ? scheme + "://[…]" : origin);
      }
    }
  }

  private String ipv6Sample(String scheme, BitSet states) throws WorkBudget.Exceeded {
    HostProduct canonical = product(states, new Ipv6Grammar());
    return originAt(scheme, canonical, canonical.ends(HostKind.PUBLIC_ADDRESS));
  }

  /** Tells whether a host that ends at one of these nodes can be one of several. */
  private boolean hasChoice(HostProduct product, BitSet ends) throws WorkBudget.Exceeded {
    BitSet within = product.leadingTo(ends);
    for (int n = within.nextSetBit(0); n >= 0; n = within.nextSetBit(n + 1)) {
      for (int t = product.lastInto(n); t != HostProduct.NONE; t = product.nextInto(t)) {
        if (product.characters(t) != null && (product.isChoice(t) || product.isOptional(t))) {
          return true;
        }
      }
    }
    return false;
  }

  private void readNames(String scheme, HostProduct product) throws WorkBudget.Exceeded {
    Deque<Read> open = new ArrayDeque<>();
    for (HostKind kind : List.of(HostKind.NAME, HostKind.ABSOLUTE_NAME)) {
      BitSet ends = product.ends(kind);
      if (!ends.isEmpty()) {
        String origin = originAt(scheme, product, ends);
        if (origin != null) {
          found(scheme, origin);
        }
      }
      product.closeBackwards(ends);
      open.add(new Read("", ends, ends));
    }
    while (!open.isEmpty()) {
      readOn(scheme, product, open.remove(), open);
    }
  }

  /** Takes what was read for a whole name, if it is one, and reads one more character. */
  private void readOn(String scheme, HostProduct product, Read read, Deque<Read> open)
      throws WorkBudget.Exceeded {
    boolean absolute = read.text.endsWith(".");
    String name = absolute ? read.text.substring(0, read.text.length() - 1) : read.text;
    boolean inLabel = !name.isEmpty() && name.charAt(0) != '.';
    // Nobody registers a name with a hyphen in front: it is the end of a longer one.
    boolean owned =
        inLabel
            && name.charAt(0) != '-'
            && (Host.isLoopback(name) || PublicSuffixes.of(name) == PublicSuffixes.Kind.NONE);
    if (inLabel) {
      endLabel(scheme, product, read, owned);
    }
    Map<Character, Read> longer = new LinkedHashMap<>();
    BitSet dotSkipped = owned ? dotSkipped(product, read.nodes) : new BitSet();
    for (int n = read.nodes.nextSetBit(0); n >= 0; n = read.nodes.nextSetBit(n + 1)) {
      for (int t = product.lastInto(n); t != HostProduct.NONE; t = product.nextInto(t)) {
        budget.spend(2);
        int source = product.source(t);
        BitSet any = product.characters(t);
        // What is in front of the dot is the owner's.
        if (any == null || (owned && any.get('.'))) {
          continue;
        }
        if (product.isChoice(t)) {
          Stranger kind = owned ? Stranger.GLUED : strangerAt(name);
          if (!strangers.containsKey(kind)) {
            strangers.put(kind, origin(scheme, product.textTo(source), any, read.text));
          }
          continue;
        }
        char c = (char) any.nextSetBit(0);
        Read next =
            longer.computeIfAbsent(
                c, same -> new Read(same + read.text, new BitSet(), new BitSet()));
        next.nodes.set(source);
        if (read.writtenOut.get(n) && !product.isOptional(t) && !dotSkipped.get(n)) {
          next.writtenOut.set(source);
        }
      }
    }
    for (Read next : longer.values()) {
      budget.spend(16 + next.nodes.size() / 8);
      product.closeBackwards(next.nodes);
      product.closeBackwards(next.writtenOut);
      open.add(next);
    }
  }

  /**
   * Returns those of some nodes at which a dot may be left out, as behind the {@code www} of {@code
   * www\\.?example}: what is in front of it is glued to the name then, and not written out with it.
   */
  private BitSet dotSkipped(HostProduct product, BitSet nodes) throws WorkBudget.Exceeded {
    BitSet skipped = new BitSet();
    for (int n = nodes.nextSetBit(0); n >= 0; n = nodes.nextSetBit(n + 1)) {
      for (int t = product.lastInto(n); t != HostProduct.NONE; t = product.nextInto(t)) {
        BitSet any = product.characters(t);
        if (any != null && any.get('.') && product.mayBeSkipped(t)) {
          BitSet withDot = new BitSet();
          withDot.set(product.source(t));
          product.closeBackwards(withDot);
          withDot.and(nodes);
          skipped.or(withDot);
        }
      }
    }
    return skipped;
  }

  private void endLabel(String scheme, HostProduct product, Read read, boolean owned)
      throws WorkBudget.Exceeded {
    boolean writtenOut = false;
    boolean begins = false;
    String origin = null;
    for (int n = read.nodes.nextSetBit(0); n >= 0; n = read.nodes.nextSetBit(n + 1)) {
      boolean here = product.isHostStart(n);
      if (here && origin == null) {
        origin = origin(scheme, read.text);
      }
      for (int t = product.lastInto(n); owned && t != HostProduct.NONE; t = product.nextInto(t)) {
        BitSet any = product.characters(t);
        if (any != null && any.get('.')) {
          here = true;
          if (origin == null) {
            origin = origin(scheme, product.textTo(product.source(t)), any, read.text);
          }
        }
      }
      begins |= here;
      writtenOut |= here && read.writtenOut.get(n);
    }
    if (begins) {
      add(scheme, read.text, origin == null ? scheme + "://" + read.text : origin, writtenOut);
    }
  }

  private void add(String scheme, String text, String origin, boolean writtenOut) {
    boolean absolute = text.endsWith(".");
    String name = absolute ? text.substring(0, text.length() - 1) : text;
    domains.put(scheme + "://" + text, new Domain(scheme, name, origin, absolute, writtenOut));
    if (domains.size() > MAX_DOMAINS) {
      strangers.putIfAbsent(strangerAt(name), origin);
    }
  }

  /** Returns how names are had that end like this: at a shared domain, or at a top-level one. */
  private static Stranger strangerAt(String end) {
    return end.indexOf('.', end.indexOf('.') + 1) > 0 ? Stranger.SHARED : Stranger.DOMAIN;
  }

  /**
   * Returns an origin with one of these characters in its middle; a likely one if none is found.
   */
  private String origin(String scheme, String begin, BitSet any, String end)
      throws WorkBudget.Exceeded {
    char plainest = HostProduct.plainest(any);
    String likely = begin + plainest + end;
    String origin = origin(scheme, likely);
    for (int c = any.nextSetBit(0); c >= 0 && origin == null; c = any.nextSetBit(c + 1)) {
      budget.spend(16);
      origin = origin(scheme, begin + (char) c + end);
    }
    return origin == null ? scheme + "://" + likely : origin;
  }

  /** Returns an origin whose host ends at one of these nodes, or null if none was found. */
  private String originAt(String scheme, HostProduct product, BitSet ends) {
    for (int n = ends.nextSetBit(0); n >= 0; n = ends.nextSetBit(n + 1)) {
      String origin = origin(scheme, product.textTo(n));
      if (origin != null) {
        return origin;
      }
    }
    return null;
  }

  /** Returns a well-formed origin of a host that matches, with a port if need be, or null. */
  private String origin(String scheme, String host) {
    for (String port : ports.samples()) {
      String origin = scheme + "://" + front + host + port;
      if (Origin.scan(origin) != Origin.NOT_WELL_FORMED && matches.test(origin)) {
        return origin;
      }
    }
    return null;
  }

  private void found(String scheme, String origin) {
    if (!schemes.contains(scheme)) {
      schemes.add(scheme);
    }
    sample = sample == null ? origin : sample;
  }
}
