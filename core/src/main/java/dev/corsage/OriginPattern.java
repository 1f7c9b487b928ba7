package dev.corsage;

import java.util.List;

/**
 * One entry of an allow list: a set of origins, written as text.
 *
 * <table>
 * <caption>The grammar</caption>
 * <tr><th>written</th><th>matches</th><th>never matches</th></tr>
 * <tr><td>{@code https://app.example.com}</td><td>exactly that</td>
 *     <td>any other scheme, port, case or trailing dot</td></tr>
 * <tr><td>{@code https://*.example.com}</td>
 *     <td>one or more labels before {@code .example.com}</td>
 *     <td>{@code https://example.com}, {@code https://evilexample.com}</td></tr>
 * <tr><td>{@code https://qa-*.example.com}, {@code https://*-shop.example.com}</td>
 *     <td>one or more of {@code a-z}, {@code 0-9} and the hyphen in the star's place, within the
 *     first label</td>
 *     <td>a dot in the star's place</td></tr>
 * <tr><td>{@code https://example.com:*}</td><td>any port, also none</td>
 *     <td>another host or scheme</td></tr>
 * <tr><td>{@code http://localhost:3000}, {@code http://[::1]:3000}, {@code http://127.0.0.1:*}</td>
 *     <td>loopback addresses, like any other host</td>
 *     <td>the other names of the same machine</td></tr>
 * <tr><td>{@code /https:\/\/qa-[0-9a-z]+\.example\.com/}</td>
 *     <td>well-formed origins that the expression matches as a whole</td>
 *     <td>anything else</td></tr>
 * <tr><td>{@code *}</td><td>every origin, {@code null} and values that are not origins included</td><td></td></tr>
 * <tr><td>{@code null}</td>
 *     <td>the opaque origin, which every sandboxed frame and {@code data:} page has</td>
 *     <td>everything else</td></tr>
 * </table>
 *
 * <p>What a wildcard matches is always a well-formed {@link Origin}: {@code
 * https://evil.test/.example.com} is not one, and only {@code *} matches it. The two forms of star
 * combine with {@code :*}. A star anywhere else is refused: {@code https://*example.com} would
 * match {@code https://evilexample.com}, which anybody can register. So a star begins a label only
 * in front of a domain that somebody has registered.
 *
 * <p>A text between slashes is a regular expression: literals, {@code .}, classes such as {@code
 * [a-z0-9-]} and {@code [^.]}, {@code \d}, {@code \w}, groups, alternatives, {@code *}, {@code +},
 * {@code ?}, {@code {n,m}}. It must match the whole origin; {@code ^} at its beginning and {@code
 * $} at its end are allowed and mean nothing more. All expressions of a list are matched together,
 * in time linear in the origin; what cannot be, such as back-references and look-around, is
 * refused, and so are flags, which lower-case ASCII has no use for. A policy does not build with an
 * expression that matches domains its author did not write out.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class OriginPattern {

  /** The forms a pattern can have. */
  enum Kind {
    /** One host. */
    EXACT,
    /** {@code *.}: one or more labels before the suffix. */
    SUBDOMAINS,
    /** A star within the first label, between prefix and suffix. */
    LABEL,
    /** A regular expression between slashes. */
    REGEX,
    /** {@code *}. */
    ANY,
    /** {@code null}. */
    NULL
  }

  static final int ANY_PORT = 0;

  private final String text;
  private final Kind kind;
  private final String scheme;
  private final String prefix;
  private final String suffix;
  private final int port;

  /** The expression by itself, compiled; null for other kinds. */
  private final RegexSet regex;

  /**
   * Creates a pattern from its checked parts.
   *
   * @param prefix what the host begins with: the whole of it for {@link Kind#EXACT}
   * @param suffix what the host ends with, beginning behind the star
   * @param port the port, {@link Origin#NO_PORT} or {@link #ANY_PORT}
   */
  OriginPattern(String text, Kind kind, String scheme, String prefix, String suffix, int port) {
    this.text = text;
    this.kind = kind;
    this.scheme = scheme;
    this.prefix = prefix;
    this.suffix = suffix;
    this.port = port;
    this.regex = kind == Kind.REGEX ? RegexSet.of(List.of(expression())) : null;
  }

  /**
   * Returns the pattern that the text writes.
   *
   * @param text the pattern; not null
   * @throws InvalidPolicyException if it is not one; the exception says why and what to write
   *     instead
   */
  public static OriginPattern parse(String text) {
    OriginPatternParser parser = new OriginPatternParser("origins", text);
    OriginPattern pattern = parser.parse();
    if (pattern == null) {
      EntryValidator entries = new EntryValidator(PolicySettings.builder(path -> path).build());
      throw new InvalidPolicyException(
          List.of(new EntryRemedy(entries).complete(parser.problem(), text)));
    }
    return pattern;
  }

  /** Tells whether the origin belongs to the set that this pattern writes. */
  public boolean matches(Origin origin) {
    return switch (kind) {
      case ANY -> true;
      case NULL -> false;
      case REGEX -> regex.matches(origin.toString());
      case EXACT, SUBDOMAINS, LABEL ->
          scheme.equals(origin.scheme()) && hasPort(origin.port()) && matchesHost(origin.host());
    };
  }

  private boolean matchesHost(String host) {
    int starEnd = host.length() - suffix.length();
    return switch (kind) {
      case EXACT -> host.equals(prefix);
      case SUBDOMAINS -> starEnd > 0 && host.endsWith(suffix);
      case LABEL ->
          starEnd > prefix.length()
              && host.startsWith(prefix)
              && host.endsWith(suffix)
              && isPartOfLabel(host, prefix.length(), starEnd);
      case REGEX, ANY, NULL -> throw new AssertionError(kind);
    };
  }

  private static boolean isPartOfLabel(String host, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = host.charAt(i);
      if (!Host.isLabelCharacter(c) || c == '_') {
        return false;
      }
    }
    return true;
  }

  Kind kind() {
    return kind;
  }

  /** Tells whether the pattern stands for one origin, whose serialization is the pattern itself. */
  boolean isOneOrigin() {
    return kind == Kind.EXACT && port != ANY_PORT;
  }

  /** Tells whether every origin it matches is on this machine. */
  boolean isLoopback() {
    return switch (kind) {
      case EXACT -> Host.isLoopback(prefix);
      case SUBDOMAINS, LABEL -> Host.isLoopback(wildcardBase());
      case REGEX, ANY, NULL -> false;
    };
  }

  /**
   * Tells whether an origin it matches can be another's than its author means: on a network that an
   * attacker can change, or in an application with another name.
   */
  boolean isInsecure() {
    return switch (kind) {
      case EXACT, SUBDOMAINS, LABEL ->
          !isLoopback() && (isOneOrigin() ? Scheme.isInsecure(scheme) : !scheme.equals("https"));
      case REGEX, ANY, NULL -> false;
    };
  }

  /** Returns the compiled expression of a pattern that is one. */
  RegexSet regex() {
    return regex;
  }

  /** Returns how an entry without a star within a label is found by the end of the host. */
  SuffixSet.Entry suffixEntry() {
    return new SuffixSet.Entry(scheme, kind == Kind.EXACT ? prefix : suffix, port);
  }

  /** Returns the regular expression that a pattern is, or that says the same as its star. */
  String expression() {
    if (kind == Kind.REGEX) {
      return text.substring(1, text.length() - 1);
    }
    String ports =
        switch (port) {
          case Origin.NO_PORT -> "";
          case ANY_PORT -> "(:[0-9]+)?";
          default -> ":" + port;
        };
    return literal(scheme + "://" + prefix) + "[a-z0-9-]+" + literal(suffix) + ports;
  }

  static String literal(String part) {
    return part.replaceAll("[^a-z0-9_:/-]", "\\\\$0");
  }

  /**
   * Returns the domain that a wildcard stands in front of, without a trailing dot; null if the
   * pattern has no such wildcard.
   */
  String wildcardBase() {
    if (kind != Kind.SUBDOMAINS && kind != Kind.LABEL) {
      return null;
    }
    String base = suffix.substring(suffix.indexOf('.') + 1);
    return base.endsWith(".") ? base.substring(0, base.length() - 1) : base;
  }

  /** Returns the one host of a pattern that has one, or null. */
  String exactHost() {
    return kind == Kind.EXACT ? prefix : null;
  }

  /** Returns the scheme; empty for patterns that are not of one scheme. */
  String scheme() {
    return scheme;
  }

  /** Tells whether a pattern that has a host of its own matches that of the origin. */
  boolean matchesHostOf(Origin origin) {
    return !scheme.isEmpty() && matchesHost(origin.host());
  }

  boolean hasPort(int other) {
    return port == ANY_PORT || port == other;
  }

  boolean isAnyPort() {
    return port == ANY_PORT && kind != Kind.ANY;
  }

  /** Returns the port as it is written, with its colon; empty if there is none. */
  String portText() {
    return switch (port) {
      case Origin.NO_PORT -> "";
      case ANY_PORT -> ":*";
      default -> ":" + port;
    };
  }

  /** Returns the origin of the domain that a subdomain wildcard stands in front of. */
  String apex() {
    return scheme + "://" + wildcardBase() + (isAnyPort() ? "" : portText());
  }

  /** Tells whether the host would match if the star within a label could stand for a dot. */
  boolean isLabelOverSeveral(String host) {
    return kind == Kind.LABEL
        && host.length() > prefix.length() + suffix.length()
        && host.startsWith(prefix)
        && host.endsWith(suffix)
        && !matchesHost(host);
  }

  /** Tells whether it matches hosts with a trailing dot only. */
  boolean isAbsolute() {
    return (kind == Kind.EXACT ? prefix : suffix).endsWith(".");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OriginPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
