package dev.corsage;

/**
 * The grammar of a host in a serialized origin: a domain, an IPv4 address or a bracketed IPv6
 * address, each in the one spelling that browsers send (<a
 * href="https://url.spec.whatwg.org/#host-serializing">URL standard, host serializing</a>).
 */
final class Host {
  /** RFC 1035, section 2.3.4: 255 octets on the wire leave 253 characters of text. */
  static final int MAX_LENGTH = 253;

  static final int MAX_LABEL_LENGTH = 63;

  /** What keeps a text from being a host. */
  enum Fault {
    EMPTY,
    CHARACTER,
    UPPER_CASE,
    NON_ASCII,
    TOO_LONG,
    EMPTY_LABEL,
    LABEL_TOO_LONG,
    LABEL_HYPHEN,
    NUMERIC_TLD,
    IP_MALFORMED,
    IP_NOT_CANONICAL,
    IP_ZONE
  }

  private Host() {}

  /**
   * Returns what is wrong with a host, or null if nothing is.
   *
   * @param special whether the scheme is one of the URL standard's special schemes, whose hosts are
   *     domains or addresses; the hosts of other schemes ({@code app://-}) are opaque names
   */
  static Fault check(String host, boolean special) {
    return check(host, 0, host.length(), special);
  }

  /** Does the same for a part of a text, without a copy where the host is a name. */
  static Fault check(String text, int start, int end, boolean special) {
    if (start == end) {
      return Fault.EMPTY;
    }
    if (text.charAt(start) == '[') {
      return Ipv6.check(text.substring(start, end));
    }
    if (special && endsInNumber(text, start, end)) {
      return checkIpv4(text.substring(start, end));
    }
    return checkName(text, start, end, special);
  }

  /** Tells whether the host is an address rather than a name. */
  static boolean isAddress(String host) {
    return host.charAt(0) == '[' || endsInNumber(host, 0, host.length());
  }

  /**
   * Tells whether the host is this machine, whatever the network: {@code localhost} and below it,
   * 127.0.0.0/8 and ::1 (<a
   * href="https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy">Secure
   * Contexts</a>).
   */
  static boolean isLoopback(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || (name.startsWith("127.") && isAddress(name) && checkIpv4(name) == null);
  }

  /**
   * Tells whether an address means another machine in every network: private (RFC 1918, RFC 4193),
   * shared (RFC 6598) or link-local (RFC 3927, RFC 4291).
   */
  static boolean isPrivate(String host) {
    if (host.startsWith("[")) {
      return host.matches("\\[(f[cd]|fe[89ab])[0-9a-f]{0,2}:.*");
    }
    return isAddress(host)
        && host.matches(
            "(10|192\\.168|169\\.254|172\\.(1[6-9]|2[0-9]|3[01])"
                + "|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))\\..*|0\\.0\\.0\\.0");
  }

  private static Fault checkName(String text, int start, int end, boolean domain) {
    // One trailing dot is kept by browsers and makes another host: example.com. is absolute.
    int nameEnd = text.charAt(end - 1) == '.' ? end - 1 : end;
    if (nameEnd - start > MAX_LENGTH) {
      return Fault.TOO_LONG;
    }
    int labelStart = start;
    for (int i = start; i <= nameEnd; i++) {
      char c = i < nameEnd ? text.charAt(i) : '.';
      if (c == '.') {
        Fault fault = checkLabel(text, labelStart, i, domain);
        if (fault != null) {
          return fault;
        }
        labelStart = i + 1;
      } else if (!isLabelCharacter(c)) {
        return c >= 'A' && c <= 'Z'
            ? Fault.UPPER_CASE
            : c > 0x7f ? Fault.NON_ASCII : Fault.CHARACTER;
      }
    }
    return null;
  }

  private static Fault checkLabel(String host, int start, int end, boolean domain) {
    if (start == end) {
      return Fault.EMPTY_LABEL;
    }
    if (end - start > MAX_LABEL_LENGTH) {
      return Fault.LABEL_TOO_LONG;
    }
    // Browsers load and send a hyphen at either end (URL standard, domain to ASCII without
    // CheckHyphens). At the end, names below a registered one have it; at the beginning it is a
    // mistake; opaque hosts such as app://- may have both. No A-label has one (RFC 3492).
    boolean atEnd = host.charAt(end - 1) == '-';
    if (domain && (host.charAt(start) == '-' || (atEnd && host.startsWith("xn--", start)))) {
      return Fault.LABEL_HYPHEN;
    }
    return null;
  }

  static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  /**
   * Tells whether a browser would read the host as an IPv4 address (<a
   * href="https://url.spec.whatwg.org/#ends-in-a-number-checker">URL standard</a>): the last label
   * is a number, decimal or hexadecimal.
   */
  private static boolean endsInNumber(String text, int hostStart, int hostEnd) {
    int end = text.charAt(hostEnd - 1) == '.' ? hostEnd - 1 : hostEnd;
    int start = Math.max(hostStart, text.lastIndexOf('.', end - 1) + 1);
    if (start >= end) {
      return false;
    }
    boolean hexadecimal = text.startsWith("0x", start) && end - start >= 2;
    for (int i = hexadecimal ? start + 2 : start; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = (c >= '0' && c <= '9') || (hexadecimal && c >= 'a' && c <= 'f');
      if (!digit) {
        return false;
      }
    }
    return true;
  }

  private static Fault checkIpv4(String host) {
    int numbers = 0;
    int digits = 0;
    int number = 0;
    boolean canonical = true;
    for (int i = 0; i <= host.length(); i++) {
      char c = i < host.length() ? host.charAt(i) : '.';
      if (c >= '0' && c <= '9') {
        canonical &= digits == 0 || number != 0;
        number = Math.min(number * 10 + (c - '0'), 256);
        digits++;
      } else if (c == '.' && digits > 0) {
        canonical &= number <= 255;
        numbers++;
        digits = 0;
        number = 0;
      } else if (c == '.') {
        return Fault.IP_MALFORMED;
      } else {
        return numbers == 0 || Character.isLetter(host.charAt(0))
            ? Fault.NUMERIC_TLD
            : Fault.IP_MALFORMED;
      }
    }
    if (numbers == 1) {
      return Fault.CHARACTER;
    }
    if (numbers > 4) {
      return Fault.IP_MALFORMED;
    }
    return canonical && numbers == 4 ? null : Fault.IP_NOT_CANONICAL;
  }
}
