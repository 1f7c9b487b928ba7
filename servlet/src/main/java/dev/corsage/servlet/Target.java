package dev.corsage.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request was sent to.
 *
 * @param scheme {@code http} or {@code https}; null if it is not known
 * @param host a name or an address, IPv6 addresses in brackets; null if it is not known
 * @param port {@link #NO_PORT} for that of the scheme
 */
record Target(String scheme, String host, int port) {
  static final int NO_PORT = -1;

  private static final Target UNKNOWN = new Target(null, null, NO_PORT);

  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

  /** Returns what the server itself was reached by. */
  static Target of(ServletRequest request) {
    String name = request.getServerName();
    if (name == null) {
      return UNKNOWN;
    }
    String scheme = request.getScheme();
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    int port = request.getServerPort();
    return new Target(
        scheme, bare ? "[" + name + "]" : name, port == portOf(scheme) ? NO_PORT : port);
  }

  private static int portOf(String scheme) {
    return "https".equals(scheme) ? 443 : "http".equals(scheme) ? 80 : NO_PORT;
  }

  /** Returns the same with another scheme; null stands for none that was named. */
  Target withScheme(String named) {
    if (named == null) {
      return this;
    }
    String lower = named.toLowerCase(Locale.ROOT);
    boolean known = lower.equals("http") || lower.equals("https");
    return known ? new Target(lower, host, port) : UNKNOWN;
  }

  /** Returns the same with another host and its port; null stands for none that was named. */
  Target withAuthority(String named) {
    if (named == null) {
      return this;
    }
    Matcher parts = AUTHORITY.matcher(named);
    if (!parts.matches()) {
      return UNKNOWN;
    }
    String digits = parts.group(2);
    return new Target(scheme, parts.group(1), digits == null ? NO_PORT : Integer.parseInt(digits));
  }

  /** Returns the same with this port if it has none; null stands for none that was named. */
  Target withPort(String named) {
    if (named == null || port != NO_PORT) {
      return this;
    }
    return named.matches("[0-9]{1,5}")
        ? new Target(scheme, host, Integer.parseInt(named))
        : UNKNOWN;
  }

  /** Returns the host, with the port unless it is the scheme's; null if it is not known. */
  String authority() {
    return host == null || port == NO_PORT || port == portOf(scheme) ? host : host + ":" + port;
  }
}
