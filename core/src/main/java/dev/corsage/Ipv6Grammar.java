package dev.corsage;

/**
 * IPv6 addresses in brackets, exactly as {@link Ipv6#check} takes them: groups without leading
 * zeros, the first of the longest runs of zero groups compressed where it has two groups or more,
 * and no IPv4 address mapped into it.
 */
final class Ipv6Grammar implements HostGrammar {
  private static final int GROUPS = 8;

  // A state: how many digits the group has, whether it is zero, how many groups came before, ...
  private static final int DIGITS = 7;
  private static final int ZERO = 8;
  private static final int GROUPS_SHIFT = 4;
  // ... what was read last, ...
  private static final int OPEN = 1 << 8;
  private static final int CLOSED = 2 << 8;
  private static final int COLON = 4 << 8;
  private static final int COLONS = 8 << 8;
  private static final int COMPRESSED = 16 << 8;
  // ... the zero groups in a row, the longest such run so far on each side of the colons, ...
  private static final int RUN_SHIFT = 13;
  private static final int BEFORE_SHIFT = 16;
  private static final int AFTER_SHIFT = 19;
  // ... and how much of ::ffff: the address begins with; past its end nothing is counted.
  private static final int MAPPED_SHIFT = 22;
  private static final String MAPPED = "::ffff:";
  private static final int NOT_MAPPED = 15;

  /** Behind {@code ::ffff:} stand the two groups of an IPv4 address. */
  private static final int MAPPED_GROUPS = 3;

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
    if (c == ']') {
      return isComplete(state) ? CLOSED : DEAD;
    }
    int next = c == ':' ? colon(state) : digit(state, c);
    return next == DEAD ? DEAD : next | mapped(state, c) << MAPPED_SHIFT;
  }

  private static int mapped(int state, char c) {
    int known = state >> MAPPED_SHIFT & 15;
    if (known == MAPPED.length()) {
      return known;
    }
    return known < MAPPED.length() && MAPPED.charAt(known) == c ? known + 1 : NOT_MAPPED;
  }

  private static int digit(int state, char c) {
    boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    int digits = state & DIGITS;
    int groups = groups(state);
    boolean first = digits == 0;
    boolean lonelyColon = first && groups == 0 && (state & COLON) != 0;
    if (!digit || digits == 4 || (state & ZERO) != 0 || lonelyColon || groups == GROUPS) {
      return DEAD;
    }
    boolean zero = first && c == '0';
    // A zero group beside the colons would be one of those they stand for.
    if (zero && (state & COLONS) != 0) {
      return DEAD;
    }
    int kept = state & (OPEN | COMPRESSED | 15 << GROUPS_SHIFT | 7 << BEFORE_SHIFT);
    int run = zero ? run(state) + 1 : first ? 0 : run(state);
    boolean after = (state & COMPRESSED) != 0;
    int shift = after ? AFTER_SHIFT : BEFORE_SHIFT;
    int longest = Math.max(state >> shift & 7, zero ? Math.min(run, 7) : 0);
    kept |= after ? longest << AFTER_SHIFT : 0;
    kept = after ? kept : (kept & ~(7 << BEFORE_SHIFT)) | longest << BEFORE_SHIFT;
    return kept | (zero ? ZERO : 0) | Math.min(run, 7) << RUN_SHIFT | (digits + 1);
  }

  private static int colon(int state) {
    int digits = state & DIGITS;
    int kept = state & (OPEN | COMPRESSED | 7 << BEFORE_SHIFT | 7 << AFTER_SHIFT);
    if (digits > 0) {
      int groups = groups(state) + 1;
      int run = (state & ZERO) != 0 ? run(state) : 0;
      return groups == GROUPS ? DEAD : kept | COLON | groups << GROUPS_SHIFT | run << RUN_SHIFT;
    }
    // The second colon: of an address that begins with it, or behind a group that is not zero.
    if ((state & COMPRESSED) != 0 || (groups(state) > 0 && run(state) > 0)) {
      return DEAD;
    }
    int groups = state & 15 << GROUPS_SHIFT;
    return (state & COLON) != 0 ? kept | COMPRESSED | COLONS | groups : kept | COLON;
  }

  private static boolean isComplete(int state) {
    int groups = groups(state) + ((state & DIGITS) > 0 ? 1 : 0);
    int before = state >> BEFORE_SHIFT & 7;
    if ((state & COMPRESSED) == 0) {
      return groups == GROUPS && (state & DIGITS) > 0 && before < 2;
    }
    boolean ended = (state & DIGITS) > 0 || (state & COLONS) != 0;
    int compressed = GROUPS - groups;
    boolean isMapped = (state >> MAPPED_SHIFT & 15) == MAPPED.length() && groups == MAPPED_GROUPS;
    return ended
        && !isMapped
        && compressed >= 2
        && before < compressed
        && (state >> AFTER_SHIFT & 7) <= compressed;
  }

  private static int groups(int state) {
    return state >> GROUPS_SHIFT & 15;
  }

  private static int run(int state) {
    return state >> RUN_SHIFT & 7;
  }

  @Override
  public HostKind end(int state) {
    return state == CLOSED ? HostKind.PUBLIC_ADDRESS : null;
  }
}
