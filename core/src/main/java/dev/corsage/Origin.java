package dev.corsage;

import java.util.Optional;

/**
 * A tuple origin, strictly parsed from the one form in which browsers serialize it: {@code scheme
 * "://" host [":" port]} (<a href="https://fetch.spec.whatwg.org/#origin-header">Fetch standard,
 * Origin header</a>).
 *
 * <p>Well-formed are {@code https://app.example.com}, {@code http://localhost:3000}, {@code
 * https://[2001:db8::1]:8443} and {@code capacitor://localhost}. Not well-formed, because no
 * browser sends it, is anything with
 *
 * <ul>
 *   <li>an upper-case letter, or a character beyond ASCII ({@code https://bücher.example});
 *   <li>user information, a path, a query or a trailing slash;
 *   <li>the default port ({@code https://app.example.com:443}), port 0 or a port above 65535, or
 *       one with leading zeros;
 *   <li>an address in another spelling than the canonical one ({@code http://127.1}, {@code
 *       http://[0:0:0:0:0:0:0:1]});
 *   <li>an empty label, a label of more than 63 characters or that begins with a hyphen, or more
 *       than 253 characters of host. Browsers would send some of these; no name that can be
 *       registered has them, and refusing them is the safe side;
 *   <li>a scheme whose URLs have no origin ({@code file:}, {@code blob:}, {@code data:}).
 * </ul>
 *
 * <p>The opaque origin {@code null} is not a tuple origin and does not parse.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Origin {
  static final int NO_PORT = -1;

  static final long NOT_WELL_FORMED = -1;

  static final int MAX_PORT = 65_535;

  /** The longest scheme, {@code ://}, the longest host with a trailing dot, the longest port. */
  static final int MAX_LENGTH = Scheme.MAX_LENGTH + 3 + Host.MAX_LENGTH + 1 + 6;

  private final String text;
  private final String scheme;
  private final String host;
  private final int port;

  private Origin(String text, String scheme, String host, int port) {
    this.text = text;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
  }

  /**
   * Returns the origin that the text serializes, or nothing if it is not well-formed.
   *
   * @param text the value of an {@code Origin} header; not null
   */
  public static Optional<Origin> parse(String text) {
    return Optional.ofNullable(parseOrNull(text));
  }

  static Origin parseOrNull(String text) {
    long parts = scan(text);
    if (parts == NOT_WELL_FORMED) {
      return null;
    }
    int schemeEnd = schemeEnd(parts);
    return new Origin(
        text,
        text.substring(0, schemeEnd),
        text.substring(schemeEnd + 3, hostEnd(parts)),
        port(parts));
  }

  /**
   * Returns where the parts of an origin are, or {@link #NOT_WELL_FORMED}, without creating an
   * object. A host that is a name takes no memory.
   */
  static long scan(String text) {
    long parts = outline(text);
    return parts != NOT_WELL_FORMED && isWellFormed(text, parts) ? parts : NOT_WELL_FORMED;
  }

  /**
   * Returns where the parts of a text are if it is an origin; {@link #NOT_WELL_FORMED} if it
   * certainly is none. Most refusals need no more.
   */
  static long outline(String text) {
    // First the length: a header of a megabyte is refused without reading it.
    if (text.length() > MAX_LENGTH) {
      return NOT_WELL_FORMED;
    }
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0) {
      return NOT_WELL_FORMED;
    }
    int hostEnd = hostEnd(text, schemeEnd + 3);
    if (hostEnd == text.length()) {
      return parts(schemeEnd, hostEnd, NO_PORT);
    }
    int port = parsePort(text, hostEnd + 1);
    return text.charAt(hostEnd) == ':' && port != NO_PORT
        ? parts(schemeEnd, hostEnd, port)
        : NOT_WELL_FORMED;
  }

  /** Tells whether a text with this {@link #outline} is an origin. */
  static boolean isWellFormed(String text, long parts) {
    int schemeEnd = schemeEnd(parts);
    int defaultPort = 443;
    boolean special = true;
    if (schemeEnd != 5 || !text.startsWith("https")) {
      String scheme = text.substring(0, schemeEnd);
      if (!Scheme.isValid(scheme) || Scheme.isOpaque(scheme)) {
        return false;
      }
      defaultPort = Scheme.defaultPort(scheme);
      special = Scheme.isSpecial(scheme);
    }
    return (port(parts) == NO_PORT || port(parts) != defaultPort)
        && Host.check(text, schemeEnd + 3, hostEnd(parts), special) == null;
  }

  private static long parts(int schemeEnd, int hostEnd, int port) {
    return (long) (port + 1) << 32 | (long) hostEnd << 16 | schemeEnd;
  }

  static int schemeEnd(long parts) {
    return (int) (parts & 0xffff);
  }

  static int hostEnd(long parts) {
    return (int) (parts >>> 16 & 0xffff);
  }

  static int port(long parts) {
    return (int) (parts >>> 32) - 1;
  }

  /** Returns where the host ends: at its bracket, at the first colon, or at the end. */
  static int hostEnd(String text, int hostStart) {
    if (text.startsWith("[", hostStart)) {
      int bracket = text.indexOf(']', hostStart);
      return bracket < 0 ? text.length() : bracket + 1;
    }
    int colon = text.indexOf(':', hostStart);
    return colon < 0 ? text.length() : colon;
  }

  /** Returns the port that the text ends with, 1 to 65535 in canonical decimal, or NO_PORT. */
  static int parsePort(String text, int start) {
    int length = text.length() - start;
    if (length < 1 || length > 5 || text.charAt(start) == '0') {
      return NO_PORT;
    }
    int port = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return NO_PORT;
      }
      port = port * 10 + (c - '0');
    }
    return port <= MAX_PORT ? port : NO_PORT;
  }

  /** Returns the scheme, in lower case, such as {@code https}. */
  public String scheme() {
    return scheme;
  }

  /** Returns the host, in lower case; an IPv6 address with its brackets. */
  public String host() {
    return host;
  }

  /** Returns the port, from 1 to 65535, or -1 if it is the scheme's default or there is none. */
  public int port() {
    return port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin origin && origin.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the serialization, exactly as it was parsed. */
  @Override
  public String toString() {
    return text;
  }
}
