package dev.corsage;

/** Makes text of unknown origin fit to be shown on one line of a log or a terminal. */
final class Text {
  /** Enough for the longest origin (326 characters); what is longer is no origin anyway. */
  private static final int SHOWN = 340;

  private Text() {}

  /**
   * Escapes what is not printable ASCII and cuts what is long. Without it an Origin header could
   * forge log lines (the class of CVE-2024-1681) or steer a terminal.
   */
  static String printable(String text) {
    int end = Math.min(text.length(), SHOWN);
    int plain = 0;
    while (plain < end && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(end + 16).append(text, 0, plain);
    for (int i = plain; i < end; i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    if (end < text.length()) {
      out.append("… (").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f && c != '\\';
  }
}
