package dev.corsage.servlet;

import dev.corsage.store.Secrets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The addresses of proxies whose word is taken. Names are not looked up.
 *
 * <p>Immutable.
 */
final class TrustedProxies {
  static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])";

  /** Without a zone. The JDK looks up in the DNS what neither of the two matches, such as .:1. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?:%1$s\\.){3}%1$s|(?=[^:]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}".formatted(OCTET));

  private final List<Range> ranges;

  /** All addresses whose first bits are those of one; IPv4 addresses have four bytes. */
  private static final class Range {
    private final byte[] address;
    private final int bits;

    Range(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if ((address[i >> 3] & mask) != (other[i >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private TrustedProxies(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Returns the proxies with these addresses, or in these ranges.
   *
   * @throws IllegalArgumentException if one is neither
   */
  static TrustedProxies of(String... addresses) {
    List<Range> ranges = new ArrayList<>();
    for (String written : addresses) {
      int slash = written.indexOf('/');
      byte[] address = bytes(slash < 0 ? written : written.substring(0, slash));
      String bits = slash < 0 ? "" : written.substring(slash + 1);
      int all = address == null ? 0 : address.length * 8;
      boolean valid =
          address != null
              && (slash < 0 || (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= all));
      if (!valid) {
        throw new IllegalArgumentException(
            CorsFilter.TRUSTED_PROXIES
                + ": \""
                + Secrets.masked(written)
                + "\" is neither an IP address nor a range of them. Write an address such as"
                + " 10.0.0.7, or a range such as 10.0.0.0/8 or fd00::/8.");
      }
      ranges.add(new Range(address, slash < 0 ? all : Integer.parseInt(bits)));
    }
    return new TrustedProxies(ranges);
  }

  /** Tells whether an address is one of them; null and what is not an address are not. */
  boolean contains(String address) {
    byte[] bytes = ranges.isEmpty() || address == null ? null : bytes(address);
    return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
  }

  /** Returns the bytes of an address, or null if the text is not one. */
  private static byte[] bytes(String text) {
    // The zone of an address tells the interface of this machine (RFC 4007, section 11).
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    try {
      return isLiteral(address) ? InetAddress.getAllByName(address)[0].getAddress() : null;
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  /** Tells whether the JDK takes a text without a zone for an address, right or wrong. */
  static boolean isLiteral(String text) {
    return LITERAL.matcher(text).matches();
  }
}
