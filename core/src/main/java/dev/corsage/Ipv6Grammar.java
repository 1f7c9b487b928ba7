package dev.corsage;

/**
 * IPv6 addresses as browsers write them, for finding samples: every text it takes is canonical, but
 * not the other way round (it has no two zero groups side by side other than compressed).
 */
final class Ipv6Grammar implements HostGrammar {
  // A state: digits of the group, whether the group is zero, groups in front, ...
  private static final int DIGITS = 7;
  private static final int ZERO = 8;
  private static final int GROUPS_SHIFT = 4;
  // ... what was read last, and whether zeros were compressed.
  private static final int COLON = 1 << 8;
  private static final int COLONS = 2 << 8;
  private static final int AFTER_ZERO = 4 << 8;
  private static final int COMPRESSED = 8 << 8;
  private static final int OPEN = 16 << 8;
  private static final int CLOSED = 32 << 8;

  private static final int GROUPS = 8;

  /** Zeros are compressed where there are two or more. */
  private static final int MAX_BESIDE_COMPRESSED = 6;

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int next(int state, char c) {
    if (state == 0) {
      return c == '[' ? OPEN : DEAD;
    }
    if (state == CLOSED) {
      return DEAD;
    }
    int digits = state & DIGITS;
    int groups = (state >> GROUPS_SHIFT & 15) + (digits > 0 ? 1 : 0);
    boolean compressed = (state & COMPRESSED) != 0;
    if (c == ']') {
      boolean ended = digits > 0 || (state & COLONS) != 0;
      boolean complete = compressed ? groups <= MAX_BESIDE_COMPRESSED : groups == GROUPS;
      return ended && complete ? CLOSED : DEAD;
    }
    if (c == ':') {
      return colon(state, digits, groups, compressed);
    }
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) || digits == 4) {
      return DEAD;
    }
    int most = compressed ? MAX_BESIDE_COMPRESSED : GROUPS;
    boolean first = digits == 0;
    boolean zero = first && c == '0';
    boolean secondZero = zero && (state & (AFTER_ZERO | COLONS)) != 0;
    boolean lonelyColon = first && groups == 0 && (state & COLON) != 0;
    if ((state & ZERO) != 0 || secondZero || lonelyColon || (first && groups == most)) {
      return DEAD;
    }
    int before = first ? groups : groups - 1;
    return OPEN
        | (compressed ? COMPRESSED : 0)
        | (zero ? ZERO : 0)
        | before << GROUPS_SHIFT
        | (digits + 1);
  }

  private static int colon(int state, int digits, int groups, boolean compressed) {
    int kept = OPEN | groups << GROUPS_SHIFT | (compressed ? COMPRESSED : 0);
    if (digits > 0) {
      return groups == GROUPS ? DEAD : kept | COLON | ((state & ZERO) != 0 ? AFTER_ZERO : 0);
    }
    if (compressed || (state & AFTER_ZERO) != 0) {
      return DEAD;
    }
    return (state & COLON) != 0 ? kept | COMPRESSED | COLONS : kept | COLON;
  }

  @Override
  public HostKind end(int state) {
    return state == CLOSED ? HostKind.PUBLIC_ADDRESS : null;
  }
}
