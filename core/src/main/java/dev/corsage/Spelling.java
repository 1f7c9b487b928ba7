package dev.corsage;

/** Finds what was meant where something was mistyped. */
final class Spelling {
  private Spelling() {}

  /**
   * Tells whether one text becomes the other when one character is added, removed or replaced or
   * two neighbours change places; linear in their length.
   */
  static boolean isOneEditApart(String a, String b) {
    if (a.length() > b.length()) {
      return isOneEditApart(b, a);
    }
    int start = 0;
    while (start < a.length() && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    return switch (b.length() - a.length()) {
      case 0 -> start < a.length() && (isSame(a, start + 1, b, start + 1) || isSwap(a, b, start));
      case 1 -> isSame(a, start, b, start + 1);
      default -> false;
    };
  }

  private static boolean isSwap(String a, String b, int at) {
    return at + 1 < a.length()
        && a.charAt(at) == b.charAt(at + 1)
        && a.charAt(at + 1) == b.charAt(at)
        && isSame(a, at + 2, b, at + 2);
  }

  private static boolean isSame(String a, int aStart, String b, int bStart) {
    return a.regionMatches(aStart, b, bStart, Math.max(a.length() - aStart, b.length() - bStart));
  }
}
