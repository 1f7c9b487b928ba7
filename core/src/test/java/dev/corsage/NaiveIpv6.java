package dev.corsage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The oracle for IPv6 hosts: pieces as texts, the longest run of zeros found by trying all. */
final class NaiveIpv6 {
  private NaiveIpv6() {}

  /** Tells whether the host is an address in brackets, in the spelling of browsers. */
  static boolean isCanonical(String host) {
    if (!host.matches("\\[[0-9a-f:]+]")) {
      return false;
    }
    String address = host.substring(1, host.length() - 1);
    List<String> pieces = pieces(address);
    boolean eightNumbers =
        pieces.size() == 8 && pieces.stream().allMatch(p -> p.matches("0|[1-9a-f][0-9a-f]{0,3}"));
    boolean mapsIpv4 = String.join(":", pieces).startsWith("0:0:0:0:0:ffff:");
    return eightNumbers && !mapsIpv4 && spelled(pieces).equals(address);
  }

  /** Returns the spelling of browsers. */
  static String spelled(List<String> pieces) {
    for (int length = 8; length >= 2; length--) {
      for (int start = 0; start + length <= 8; start++) {
        if (pieces.subList(start, start + length).stream().allMatch("0"::equals)) {
          return String.join(":", pieces.subList(0, start))
              + "::"
              + String.join(":", pieces.subList(start + length, 8));
        }
      }
    }
    return String.join(":", pieces);
  }

  private static List<String> pieces(String address) {
    String[] sides = address.split("::", 2);
    List<String> pieces = new ArrayList<>(split(sides[0]));
    if (sides.length == 2) {
      List<String> after = split(sides[1]);
      pieces.addAll(Collections.nCopies(Math.max(0, 8 - pieces.size() - after.size()), "0"));
      pieces.addAll(after);
    }
    return pieces;
  }

  private static List<String> split(String side) {
    return side.isEmpty() ? List.of() : List.of(side.split(":", -1));
  }
}
