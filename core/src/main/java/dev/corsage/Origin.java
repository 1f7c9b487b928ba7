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
 *   <li>an empty label, a label of more than 63 characters or with a hyphen at either end, or more
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
    // First of all the length: a header of a megabyte is refused without a look at it.
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0) {
      return null;
    }
    String scheme = text.substring(0, schemeEnd);
    if (!Scheme.isValid(scheme) || Scheme.isOpaque(scheme)) {
      return null;
    }
    int hostStart = schemeEnd + 3;
    int hostEnd = hostEnd(text, hostStart);
    String host = text.substring(hostStart, hostEnd);
    if (Host.check(host, Scheme.isSpecial(scheme)) != null) {
      return null;
    }
    if (hostEnd == text.length()) {
      return new Origin(text, scheme, host, NO_PORT);
    }
    int port = parsePort(text.substring(hostEnd + 1));
    if (text.charAt(hostEnd) != ':' || port < 0 || port == Scheme.defaultPort(scheme)) {
      return null;
    }
    return new Origin(text, scheme, host, port);
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

  /** Returns a port from 1 to 65535 in canonical decimal, or a negative number. */
  static int parsePort(String digits) {
    if (digits.isEmpty() || digits.length() > 5 || digits.charAt(0) == '0') {
      return NO_PORT;
    }
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
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
