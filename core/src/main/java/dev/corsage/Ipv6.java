package dev.corsage;

/**
 * IPv6 hosts: well-formed only in the spelling of the <a
 * href="https://url.spec.whatwg.org/#concept-ipv6-serializer">URL standard's serializer</a>, with
 * brackets.
 */
final class Ipv6 {
  private static final int PIECES = 8;

  /** 8 groups of 4 digits, 7 colons, 2 brackets: nothing longer can be canonical. */
  private static final int MAX_LENGTH = 41;

  private Ipv6() {}

  /** Returns what is wrong with a host that begins with a bracket, or null if nothing is. */
  static Host.Fault check(String host) {
    if (host.length() < 4 || host.charAt(host.length() - 1) != ']') {
      return Host.Fault.IP_MALFORMED;
    }
    String address = host.substring(1, host.length() - 1);
    if (address.indexOf('%') >= 0) {
      return Host.Fault.IP_ZONE;
    }
    if (address.length() > MAX_LENGTH + 10) {
      return Host.Fault.IP_MALFORMED;
    }
    if (address.indexOf('.') >= 0) {
      // The dotted tail is read by browsers but never written by them.
      return looksLikeDottedTail(address) ? Host.Fault.IP_NOT_CANONICAL : Host.Fault.IP_MALFORMED;
    }
    int[] pieces = parse(address);
    if (pieces == null) {
      return Host.Fault.IP_MALFORMED;
    }
    if (isMappedIpv4(pieces)) {
      // Two spellings reach the same machine; allowing one of them is never what is meant.
      return Host.Fault.IP_NOT_CANONICAL;
    }
    return serialize(pieces).equals(address) ? null : Host.Fault.IP_NOT_CANONICAL;
  }

  private static boolean isMappedIpv4(int[] pieces) {
    for (int i = 0; i < 5; i++) {
      if (pieces[i] != 0) {
        return false;
      }
    }
    return pieces[5] == 0xffff;
  }

  private static boolean looksLikeDottedTail(String address) {
    String tail = address.substring(address.lastIndexOf(':') + 1);
    return tail.length() < address.length()
        && !tail.isEmpty()
        && Host.isAddress(tail)
        && Host.check(tail, true) == null;
  }

  /** Returns the eight pieces, or null if the text is not an address. */
  private static int[] parse(String address) {
    int[] pieces = new int[PIECES];
    int count = 0;
    int compressAt = -1;
    int i = 0;
    if (address.startsWith("::")) {
      compressAt = 0;
      i = 2;
    } else if (address.startsWith(":")) {
      return null;
    }
    while (i < address.length()) {
      if (address.charAt(i) == ':') {
        if (compressAt >= 0) {
          return null;
        }
        compressAt = count;
        i++;
        continue;
      }
      int piece = 0;
      int digits = 0;
      while (i < address.length() && digits < 4 && Character.digit(address.charAt(i), 16) >= 0) {
        if (address.charAt(i) > 0x7f) {
          return null;
        }
        piece = piece * 16 + Character.digit(address.charAt(i), 16);
        digits++;
        i++;
      }
      if (digits == 0 || count == PIECES) {
        return null;
      }
      pieces[count++] = piece;
      if (i < address.length()) {
        if (address.charAt(i) != ':' || i == address.length() - 1) {
          return null;
        }
        i++;
      }
    }
    if (compressAt < 0) {
      return count == PIECES ? pieces : null;
    }
    if (count == PIECES) {
      return null;
    }
    int tail = count - compressAt;
    System.arraycopy(pieces, compressAt, pieces, PIECES - tail, tail);
    for (int p = compressAt; p < PIECES - tail; p++) {
      pieces[p] = 0;
    }
    return pieces;
  }

  private static String serialize(int[] pieces) {
    int bestStart = -1;
    int bestLength = 1;
    int start = -1;
    for (int i = 0; i <= PIECES; i++) {
      if (i < PIECES && pieces[i] == 0) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        if (i - start > bestLength) {
          bestStart = start;
          bestLength = i - start;
        }
        start = -1;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < PIECES; i++) {
      if (i == bestStart) {
        out.append(i == 0 ? "::" : ":");
        i += bestLength - 1;
        continue;
      }
      out.append(Integer.toHexString(pieces[i]));
      if (i < PIECES - 1) {
        out.append(':');
      }
    }
    return out.toString();
  }
}
