package dev.corsage;

/**
 * Names, and IPv6 addresses in brackets. A few texts too many are taken: labels and names that are
 * too long, invalid Punycode, and IPv6 addresses by their characters alone. Who asks what an
 * expression may match is on the safe side then; a sample is checked by {@link Origin} itself.
 *
 * @param special whether hosts are those of the URL standard's special schemes, see {@link
 *     Scheme#isSpecial}
 */
@SuppressWarnings("EnumOrdinal") // The numbers of states mean nothing outside.
record NameGrammar(boolean special) implements HostGrammar {
  private enum State {
    START,
    /** Behind the dot of a label that is no number. */
    DOT,
    /** Behind the dot of a number. */
    DOT_AFTER_NUMBER,
    // A label, as long as it may become the number that makes a host an IPv4 address.
    ZERO,
    DIGITS,
    HEXADECIMAL,
    /** A label that is no number. */
    LABEL,
    // Behind a bracket: ranges are told by the first group, loopback by the whole.
    BRACKET,
    F,
    UNIQUE_LOCAL_2,
    UNIQUE_LOCAL_3,
    FE,
    LINK_LOCAL_3,
    PRIVATE_GROUP,
    PRIVATE,
    COLON,
    COLONS,
    LOOPBACK,
    PUBLIC,
    PUBLIC_END,
    PRIVATE_END,
    LOOPBACK_END
  }

  private static final State[] STATES = State.values();

  @Override
  public int start() {
    return State.START.ordinal();
  }

  @Override
  public int next(int state, char c) {
    State from = STATES[state];
    State to =
        switch (from) {
          case START, DOT, DOT_AFTER_NUMBER, ZERO, DIGITS, HEXADECIMAL, LABEL -> inName(from, c);
          case PUBLIC_END, PRIVATE_END, LOOPBACK_END -> null;
          default -> inIpv6(from, c);
        };
    return to == null ? DEAD : to.ordinal();
  }

  private State inName(State from, char c) {
    boolean labelStarts =
        from == State.START || from == State.DOT || from == State.DOT_AFTER_NUMBER;
    if (c == '.') {
      return labelStarts ? null : from == State.LABEL ? State.DOT : State.DOT_AFTER_NUMBER;
    }
    if (c == '[') {
      return from == State.START ? State.BRACKET : null;
    }
    if (!Host.isLabelCharacter(c) || (c == '-' && labelStarts && special)) {
      return null;
    }
    boolean digit = c >= '0' && c <= '9';
    if (labelStarts) {
      return c == '0' ? State.ZERO : digit ? State.DIGITS : State.LABEL;
    }
    return switch (from) {
      case ZERO -> c == 'x' ? State.HEXADECIMAL : digit ? State.DIGITS : State.LABEL;
      case DIGITS -> digit ? State.DIGITS : State.LABEL;
      case HEXADECIMAL -> digit || (c >= 'a' && c <= 'f') ? State.HEXADECIMAL : State.LABEL;
      default -> State.LABEL;
    };
  }

  private static State inIpv6(State from, char c) {
    if (c == ']') {
      return switch (from) {
        case LOOPBACK -> State.LOOPBACK_END;
        case PRIVATE -> State.PRIVATE_END;
        case BRACKET, COLON -> null;
        default -> State.PUBLIC_END;
      };
    }
    boolean hexadecimal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (c != ':' && !hexadecimal) {
      return null;
    }
    return switch (from) {
      case BRACKET -> c == ':' ? State.COLON : c == 'f' ? State.F : State.PUBLIC;
      case COLON -> c == ':' ? State.COLONS : null;
      case COLONS -> c == '1' ? State.LOOPBACK : State.PUBLIC;
      // RFC 4193: fc00::/7.
      case F -> c == 'c' || c == 'd' ? State.UNIQUE_LOCAL_2 : c == 'e' ? State.FE : State.PUBLIC;
      case UNIQUE_LOCAL_2 -> c == ':' ? State.PUBLIC : State.UNIQUE_LOCAL_3;
      case UNIQUE_LOCAL_3 -> c == ':' ? State.PUBLIC : State.PRIVATE_GROUP;
      // RFC 4291: fe80::/10.
      case FE -> "89ab".indexOf(c) >= 0 ? State.LINK_LOCAL_3 : State.PUBLIC;
      case LINK_LOCAL_3 -> c == ':' ? State.PUBLIC : State.PRIVATE_GROUP;
      case PRIVATE_GROUP -> c == ':' ? State.PRIVATE : null;
      case PRIVATE -> State.PRIVATE;
      default -> State.PUBLIC;
    };
  }

  @Override
  public HostKind end(int state) {
    return switch (STATES[state]) {
      case LABEL -> HostKind.NAME;
      case DOT -> HostKind.ABSOLUTE_NAME;
      // Browsers read such a host as an IPv4 address; other schemes have no addresses.
      case ZERO, DIGITS, HEXADECIMAL -> special ? null : HostKind.NAME;
      case DOT_AFTER_NUMBER -> special ? null : HostKind.ABSOLUTE_NAME;
      case PUBLIC_END -> HostKind.PUBLIC_ADDRESS;
      case PRIVATE_END -> HostKind.PRIVATE_ADDRESS;
      case LOOPBACK_END -> HostKind.LOOPBACK_ADDRESS;
      default -> null;
    };
  }
}
