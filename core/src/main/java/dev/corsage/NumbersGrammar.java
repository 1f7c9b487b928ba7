package dev.corsage;

/** Four numbers with dots between them, of any length: what {@link Ipv4Grammar} looks into. */
final class NumbersGrammar implements HostGrammar {
  /** State 2n is before the first digit of the number n, state 2n + 1 behind one. */
  private static final int LAST = 7;

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int next(int state, char c) {
    if (c == '.') {
      return state % 2 == 1 && state < LAST ? state + 1 : DEAD;
    }
    return c >= '0' && c <= '9' ? state | 1 : DEAD;
  }

  @Override
  public HostKind end(int state) {
    return state == LAST ? HostKind.PUBLIC_ADDRESS : null;
  }
}
