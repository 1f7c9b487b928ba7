package dev.corsage;

/**
 * Encodes labels, and tells A-labels that decode ({@code xn--bcher-kva}) from those that cannot;
 * RFC 3492.
 */
final class Punycode {
  static final String PREFIX = "xn--";

  // RFC 3492, section 5: the parameters of Punycode.
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private Punycode() {}

  /** Tells whether a lower-case label that begins with {@code xn--} encodes at least one letter. */
  static boolean decodes(String label) {
    int delimiter = label.lastIndexOf('-');
    int codePoints = Math.max(0, delimiter - PREFIX.length());
    int in = codePoints > 0 ? delimiter + 1 : PREFIX.length();
    if (in == label.length()) {
      return false;
    }
    long n = INITIAL_N;
    int i = 0;
    int bias = INITIAL_BIAS;
    while (in < label.length()) {
      int oldI = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        if (in == label.length()) {
          return false;
        }
        int digit = digit(label.charAt(in++));
        if (digit < 0) {
          return false;
        }
        long next = i + digit * weight;
        if (next > Integer.MAX_VALUE) {
          return false;
        }
        i = (int) next;
        int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      codePoints++;
      bias = adapt(i - oldI, codePoints, oldI == 0);
      n += i / codePoints;
      i = i % codePoints + 1;
      if (n > Character.MAX_CODE_POINT || (n >= 0xd800 && n <= 0xdfff)) {
        return false;
      }
    }
    return true;
  }

  /** Returns what stands behind {@link #PREFIX} for a label of at most 63 characters. */
  static String encode(String label) {
    int[] letters = label.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    label.chars().filter(c -> c < INITIAL_N).forEach(c -> out.append((char) c));
    int basic = out.length();
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    for (int done = basic; done < letters.length; n++, delta++) {
      int least = Integer.MAX_VALUE;
      for (int letter : letters) {
        least = letter >= n ? Math.min(least, letter) : least;
      }
      delta += (least - n) * (done + 1);
      n = least;
      for (int letter : letters) {
        delta += letter < n ? 1 : 0;
        if (letter == n) {
          appendDelta(out, delta, bias);
          bias = adapt(delta, done + 1, done == basic);
          delta = 0;
          done++;
        }
      }
    }
    return out.toString();
  }

  private static void appendDelta(StringBuilder out, int delta, int bias) {
    int rest = delta;
    for (int k = BASE; ; k += BASE) {
      int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (rest < threshold) {
        out.append(character(rest));
        return;
      }
      out.append(character(threshold + (rest - threshold) % (BASE - threshold)));
      rest = (rest - threshold) / (BASE - threshold);
    }
  }

  private static char character(int digit) {
    return (char) (digit < 26 ? 'a' + digit : '0' + digit - 26);
  }

  private static int adapt(int delta, int codePoints, boolean first) {
    int d = first ? delta / DAMP : delta / 2;
    d += d / codePoints;
    int k = 0;
    while (d > ((BASE - T_MIN) * T_MAX) / 2) {
      d /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * d / (d + SKEW);
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }
}
