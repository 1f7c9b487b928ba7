package dev.corsage.browser;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a host is, as far as its name shows (<a
 * href="https://wicg.github.io/local-network-access/#ip-address-space-heading">Local Network
 * Access</a>), from the nearest to the farthest.
 */
public enum AddressSpace {
  /** This machine. */
  LOOPBACK,
  /** The network that this machine is in. */
  LOCAL,
  /** The internet. A name that is not known to be nearer counts as this. */
  PUBLIC;

  private static final Pattern LOOPBACKS =
      Pattern.compile("(.+\\.)?localhost\\.?|127(\\.[0-9]+){3}|\\[::1]");

  /** RFC 1918, RFC 3927, RFC 6598, RFC 4193 and RFC 4291; names of RFC 6762. */
  private static final Pattern LOCALS =
      Pattern.compile(
          "10(\\.[0-9]+){3}|172\\.(1[6-9]|2[0-9]|3[01])(\\.[0-9]+){2}|192\\.168(\\.[0-9]+){2}"
              + "|169\\.254(\\.[0-9]+){2}|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])(\\.[0-9]+){2}"
              + "|\\[f[cd][0-9a-f]{2}:.*]|\\[fe[89ab][0-9a-f]:.*]|.+\\.local\\.?");

  /**
   * Returns where the host of a URL or an origin is.
   *
   * @param url may have no host; not null
   */
  static AddressSpace of(URI url) {
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    if (LOOPBACKS.matcher(host).matches()) {
      return LOOPBACK;
    }
    return LOCALS.matcher(host).matches() ? LOCAL : PUBLIC;
  }

  /** Returns the name of the permission that pages from farther away need; not null. */
  public String permission() {
    return this == LOOPBACK ? "loopback-network" : "local-network";
  }
}
