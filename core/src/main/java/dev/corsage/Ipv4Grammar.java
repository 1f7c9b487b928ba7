package dev.corsage;

/**
 * IPv4 addresses in the one spelling that browsers send: four numbers from 0 to 255 without leading
 * zeros, told apart by who can have them.
 */
final class Ipv4Grammar implements HostGrammar {
  // A state: the number so far, how many digits it has, which of the four it is, ...
  private static final int NUMBER = 0xff;
  private static final int DIGITS_SHIFT = 8;
  private static final int INDEX_SHIFT = 10;
  // ... what is known of the range, and the first number while that is not decided.
  private static final int RANGE_SHIFT = 12;
  private static final int FIRST_SHIFT = 14;

  private static final int UNDECIDED = 0;
  private static final int PUBLIC = 1;
  private static final int PRIVATE = 2;
  private static final int LOOPBACK = 3;

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int next(int state, char c) {
    int number = state & NUMBER;
    int digits = state >> DIGITS_SHIFT & 3;
    if (c == '.') {
      return digits == 0 ? DEAD : nextNumber(state, number);
    }
    int longer = number * 10 + (c - '0');
    if (c < '0' || c > '9' || digits == 3 || (digits == 1 && number == 0) || longer > 255) {
      return DEAD;
    }
    int facts = state >> INDEX_SHIFT << INDEX_SHIFT | (digits + 1) << DIGITS_SHIFT;
    if ((state >> RANGE_SHIFT & 3) == UNDECIDED) {
      boolean first = (state >> INDEX_SHIFT & 3) == 0;
      if (!first || mayBeginSpecial(longer, digits + 1)) {
        return facts | longer;
      }
      facts |= PUBLIC << RANGE_SHIFT;
    }
    return facts | bounded(longer, digits + 1);
  }

  /** Tells whether a first number can still become one of those that {@link #rangeOf} names. */
  private static boolean mayBeginSpecial(int number, int digits) {
    return switch (number) {
      case 0, 1, 10, 12, 16, 17, 19 -> true;
      default -> digits == 3 && rangeOf(number) != PUBLIC;
    };
  }

  /** Of a number that decides nothing any more, only matters how it can go on. */
  private static int bounded(int number, int digits) {
    return switch (digits) {
      case 1 -> Math.min(number, 3);
      case 2 -> number < 25 ? 10 : Math.min(number, 26);
      default -> 100;
    };
  }

  private static int nextNumber(int state, int number) {
    int index = state >> INDEX_SHIFT & 3;
    int range = state >> RANGE_SHIFT & 3;
    if (index == 3) {
      return DEAD;
    }
    int first = state >> FIRST_SHIFT;
    if (range == UNDECIDED) {
      range = index == 0 ? rangeOf(number) : rangeOf(first, number);
      first = range == UNDECIDED ? number : 0;
    }
    return first << FIRST_SHIFT | range << RANGE_SHIFT | (index + 1) << INDEX_SHIFT;
  }

  /** The ranges of {@link Host#isPrivate}; 0.0.0.0/8 is nobody's to rent (RFC 6890). */
  private static int rangeOf(int first) {
    return switch (first) {
      case 0, 10 -> PRIVATE;
      case 127 -> LOOPBACK;
      case 100, 169, 172, 192 -> UNDECIDED;
      default -> PUBLIC;
    };
  }

  private static int rangeOf(int first, int second) {
    boolean isPrivate =
        switch (first) {
          case 100 -> second >= 64 && second <= 127;
          case 169 -> second == 254;
          case 172 -> second >= 16 && second <= 31;
          default -> second == 168;
        };
    return isPrivate ? PRIVATE : PUBLIC;
  }

  @Override
  public HostKind end(int state) {
    if ((state >> INDEX_SHIFT & 3) < 3 || (state >> DIGITS_SHIFT & 3) == 0) {
      return null;
    }
    return switch (state >> RANGE_SHIFT & 3) {
      case PRIVATE -> HostKind.PRIVATE_ADDRESS;
      case LOOPBACK -> HostKind.LOOPBACK_ADDRESS;
      default -> HostKind.PUBLIC_ADDRESS;
    };
  }
}
