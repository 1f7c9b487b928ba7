package dev.corsage;

import java.util.List;

/** Makes text of unknown origin fit to be shown on one line of a log or a terminal. */
final class Text {
  /** More than the longest origin has. */
  private static final int SHOWN = 340;

  /** More than any method in use has; no standard bounds them. */
  private static final int SHOWN_OF_METHOD = 128;

  /** Where several field lines are put together, as much of them as can matter. */
  private static final int JOINED = 1_024;

  private Text() {}

  /**
   * Escapes what is not printable ASCII and cuts what is long. Without it an Origin header could
   * forge log lines (the class of CVE-2024-1681) or steer a terminal.
   */
  static String printable(String text) {
    return printable(text, SHOWN);
  }

  /** Returns the same of a method that a request asks for. */
  static String printableMethod(String method) {
    return printable(method, SHOWN_OF_METHOD);
  }

  private static String printable(String text, int shown) {
    int end = Math.min(text.length(), shown);
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
      if (c == '\\') {
        out.append("\\\\");
      } else if (isPlain(c)) {
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

  /**
   * Returns a sentence of ours that may quote a value: control and format characters are escaped,
   * so that it stays one line and none of it is hidden.
   */
  static String sentence(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
        out.append(String.format("\\u%04x", (int) c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /**
   * Joins the lines of a header as Fetch does ({@code get} of a header list). Several lines are
   * never an origin or a method, so what is long is cut: memory must not grow with the header.
   */
  static String joined(List<String> lines) {
    if (lines.size() == 1) {
      return lines.get(0);
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < lines.size() && joined.length() < JOINED; i++) {
      String line = lines.get(i);
      joined.append(i == 0 ? "" : ", ").append(line, 0, Math.min(line.length(), JOINED));
    }
    return joined.toString();
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f && c != '\\';
  }
}
