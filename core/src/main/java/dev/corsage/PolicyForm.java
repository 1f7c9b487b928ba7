package dev.corsage;

import dev.corsage.PolicySettings.Key;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A checked policy laid open, for what carries it out elsewhere: the form between a {@link
 * CorsPolicy} and the layers that run no Java. What it has is what the policy decides with; code
 * that follows it decides in the same way.
 *
 * <p>An origin is allowed if
 *
 * <ol>
 *   <li>the policy {@linkplain #isAny has a plain star}, or
 *   <li>it is {@code null} and the policy {@linkplain #allowsNull allows that}, or
 *   <li>it is one of the {@linkplain #exactOrigins exact origins}, or
 *   <li>it is well-formed and has one of the {@linkplain #suffixes ends}, or
 *   <li>it is well-formed and one of the {@linkplain #expressions expressions} matches it.
 * </ol>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PolicyForm {
  /** Stands for any port, and none. */
  public static final int ANY_PORT = OriginPattern.ANY_PORT;

  /** Stands for no port. */
  public static final int NO_PORT = Origin.NO_PORT;

  /** The status of the response to an actual request that is blocked. */
  public static final int BLOCKED_STATUS = CorsPolicy.BLOCKED_STATUS;

  /**
   * How many requested headers a response repeats where {@linkplain #namesWhatWasAsked it names
   * what was asked}; a preflight that asks for more is refused.
   */
  public static final int MAX_REPEATED_HEADERS = HeaderNames.MAX_REPEATED;

  /** How long, in characters, a requested header may be that a response repeats. */
  public static final int MAX_REPEATED_LENGTH = HeaderNames.MAX_LENGTH;

  /**
   * An entry that is matched by the end of the host.
   *
   * @param entry the entry
   * @param scheme the scheme, without its colon
   * @param host what the host ends with, beginning with a dot and with at least one label in front;
   *     or, without a dot at its beginning, the whole host
   * @param port the port, {@link #NO_PORT} or {@link #ANY_PORT}
   */
  public record Suffix(OriginPattern entry, String scheme, String host, int port) {
    /** Tells whether labels stand in front of what the host ends with. */
    public boolean isSubdomains() {
      return host.startsWith(".");
    }
  }

  /**
   * An entry that is matched by a regular expression: one between slashes, or a star within a
   * label.
   *
   * @param entry the entry
   * @param isLinear whether an engine that backtracks takes time linear in the origin
   */
  public record Expression(OriginPattern entry, boolean isLinear) {
    /**
     * Returns the expression in the notation that the engines of Java, PCRE, JavaScript and Python
     * read alike, without anchors: it must match the whole of a text that is known to be a
     * well-formed origin. It consists of characters of origins and {@code ( ) ? : | [ ] ^ * + { } ,
     * \ ! x}, so it can stand in a string of any language that keeps backslashes.
     */
    public String text() {
      return RegexText.of(entry.expression());
    }
  }

  private final PolicyValidator valid;
  private final List<OriginPattern> entries;
  private final List<String> exactOrigins;
  private final PolicyHeaders headers;

  // Made when they are first asked for: most targets need none, and a thousand take a second.
  private List<Expression> expressions;
  private Optional<OriginAutomaton> automaton;

  private PolicyForm(PolicyValidator valid, List<OriginPattern> entries) {
    this.valid = valid;
    this.entries = List.copyOf(entries);
    exactOrigins =
        entries.stream().filter(OriginPattern::isOneOrigin).map(OriginPattern::toString).toList();
    headers = new PolicyHeaders(valid);
  }

  /**
   * Checks settings and returns the form of their policy. Opens no store.
   *
   * @param settings the settings of one policy; not null
   * @throws InvalidPolicyException if there is an error; it names all of them
   * @throws IllegalArgumentException if the settings are several policies by scope
   */
  public static PolicyForm of(PolicySettings settings) {
    CheckedSettings checked = CheckedSettings.of(settings);
    if (checked.problems().stream().anyMatch(Problem::isError)) {
      throw new InvalidPolicyException(checked.problems());
    }
    if (!(checked instanceof PolicyValidator valid)) {
      throw new IllegalArgumentException("Several policies by scope have no single form.");
    }
    return new PolicyForm(valid, valid.origins());
  }

  /** Returns the same policy without some of its entries. */
  public PolicyForm without(Collection<OriginPattern> others) {
    if (others.isEmpty()) {
      return this;
    }
    Set<OriginPattern> left = Set.copyOf(others);
    return new PolicyForm(valid, entries.stream().filter(e -> !left.contains(e)).toList());
  }

  /** Returns the entries, in the order in which they are written; unmodifiable. */
  public List<OriginPattern> entries() {
    return entries;
  }

  /** Tells whether every value of {@code Origin} is allowed; the response then says {@code *}. */
  public boolean isAny() {
    return has(OriginPattern.Kind.ANY);
  }

  /** Tells whether the opaque origin is allowed. */
  public boolean allowsNull() {
    return has(OriginPattern.Kind.NULL);
  }

  private boolean has(OriginPattern.Kind kind) {
    return entries.stream().anyMatch(entry -> entry.kind() == kind);
  }

  /** Returns the entries that stand for one origin each. */
  public List<String> exactOrigins() {
    return exactOrigins;
  }

  /** Returns the entries that are matched by the end of the host. */
  public List<Suffix> suffixes() {
    return entries.stream()
        .filter(e -> e.kind() == OriginPattern.Kind.SUBDOMAINS || isAnyPortOfHost(e))
        .map(
            entry -> {
              SuffixSet.Entry suffix = entry.suffixEntry();
              return new Suffix(entry, suffix.scheme(), suffix.suffix(), suffix.port());
            })
        .toList();
  }

  private static boolean isAnyPortOfHost(OriginPattern entry) {
    return entry.kind() == OriginPattern.Kind.EXACT && !entry.isOneOrigin();
  }

  /** Returns the entries that are matched by an expression. */
  public synchronized List<Expression> expressions() {
    if (expressions == null) {
      expressions =
          patterns().stream()
              .map(entry -> new Expression(entry, BacktrackingCost.isLinear(entry.expression())))
              .toList();
    }
    return expressions;
  }

  private List<OriginPattern> patterns() {
    return entries.stream()
        .filter(e -> e.kind() == OriginPattern.Kind.LABEL || e.kind() == OriginPattern.Kind.REGEX)
        .toList();
  }

  /**
   * Returns the automaton of all expressions together; null if it has more states than a table
   * should. Takes some milliseconds, with a thousand expressions a second.
   */
  public synchronized OriginAutomaton expressionAutomaton() {
    if (automaton == null) {
      automaton =
          Optional.ofNullable(
              AutomatonCompiler.compile(
                  patterns().stream().map(OriginPattern::expression).toList()));
    }
    return automaton.orElse(null);
  }

  /**
   * Returns the methods that a preflight may ask for beside those that are always allowed ({@code
   * GET}, {@code HEAD}, {@code POST}); {@code *} among them stands for every method that pages can
   * send. They are compared as they are.
   */
  public Set<String> methods() {
    return valid.methods();
  }

  /**
   * Returns the request headers that a preflight may ask for, in lower case; {@code *} among them
   * stands for every name but {@code authorization}, which it covers with {@link #credentials}
   * alone. They are compared without regard to case.
   */
  public Set<String> requestHeaders() {
    return valid.requestHeaders();
  }

  /** Returns the headers that pages may read beside those they always may, as they are sent. */
  public Set<String> exposedHeaders() {
    return valid.exposedHeaders();
  }

  /** Tells whether credentials are allowed. */
  public boolean credentials() {
    return valid.settings().isTrue(Key.CREDENTIALS);
  }

  /** Returns for how many seconds a preflight may be kept, at least 0; null if nothing is said. */
  public Integer maxAgeSeconds() {
    Integer written = valid.settings().get(Key.MAX_AGE_SECONDS).value();
    return written == null ? null : Math.max(0, written);
  }

  /** Returns the status of the response to a preflight that is allowed. */
  public int preflightStatus() {
    return valid
        .settings()
        .get(Key.PREFLIGHT_STATUS)
        .orElse(PolicyValidator.DEFAULT_PREFLIGHT_STATUS);
  }

  /** Returns the status of the response to a preflight that is refused. */
  public int refusedStatus() {
    return valid.settings().get(Key.REFUSED_STATUS).orElse(PolicyValidator.DEFAULT_REFUSED_STATUS);
  }

  /** Returns the origin that the response to a refused preflight names; null for none. */
  public String refusedOrigin() {
    return valid.settings().get(Key.REFUSED_ORIGIN).value();
  }

  /** Tells whether actual requests of refused origins get {@link #BLOCKED_STATUS}. */
  public boolean blocksRefusedOrigins() {
    return valid.settings().isTrue(Key.BLOCK_REFUSED_ORIGINS);
  }

  /** Tells whether there are more origins in a store. */
  public boolean hasAllowList() {
    return valid.settings().hasAllowList();
  }

  /**
   * Tells whether the response to a preflight names the method and the headers that were asked for,
   * in place of {@code *}, which browsers do not take with credentials.
   */
  public boolean namesWhatWasAsked() {
    return credentials() && (methods().contains("*") || requestHeaders().contains("*"));
  }

  /** Returns the headers of responses to preflights, beside the origin; unmodifiable. */
  public Map<String, String> preflightHeaders() {
    return map(headers.ofPreflight());
  }

  /** Returns the headers of responses to refused preflights, beside the origin; unmodifiable. */
  public Map<String, String> refusedPreflightHeaders() {
    return map(headers.ofRefusedPreflight());
  }

  /**
   * Returns the headers of responses to actual requests, beside the origin; unmodifiable. An empty
   * value stands for that of {@code Access-Control-Allow-Origin}.
   */
  public Map<String, String> actualHeaders() {
    return map(headers.ofActual());
  }

  /**
   * Returns the headers of responses to refused actual requests, and to requests without {@code
   * Origin} unless the policy {@link #isAny}; unmodifiable.
   */
  public Map<String, String> refusedActualHeaders() {
    return map(headers.ofRefusedActual());
  }

  /**
   * Returns the names of headers beside {@code Access-Control-*} that are removed from an
   * application's own responses, in lower case; unmodifiable.
   */
  public Set<String> otherReplacedHeaders() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : actualHeaders().keySet()) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!lowerCase.startsWith("access-control-") && !lowerCase.equals("vary")) {
        names.add(lowerCase);
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private static Map<String, String> map(String[] namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        map.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** Tells whether the author wrote a key, so that what it says is asked for and not a default. */
  public boolean isWritten(Key<?> key) {
    return valid.settings().get(Objects.requireNonNull(key, "key")).isWritten();
  }

  /** Returns what the author calls a key of the policy document, for messages. */
  public String field(Key<?> key) {
    return valid.settings().get(Objects.requireNonNull(key, "key")).field();
  }
}
