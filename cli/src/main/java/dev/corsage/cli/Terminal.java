package dev.corsage.cli;

import java.io.PrintWriter;
import java.util.function.IntPredicate;
import picocli.CommandLine;

/**
 * Where people read: in colours if it is a terminal that has them, and safe from what is printed.
 */
final class Terminal {
  static final String RED = "31";
  static final String GREEN = "32";
  static final String YELLOW = "33";
  static final String BOLD = "1";
  static final String FAINT = "2";

  /** More than the longest origin has. */
  private static final int SHOWN = 340;

  private final PrintWriter out;
  private final boolean colours;

  Terminal(CommandLine command) {
    out = command.getOut();
    // NO_COLOR, CLICOLOR, CLICOLOR_FORCE, and whether it is a terminal.
    colours = command.getColorScheme().ansi().enabled();
  }

  /** Prints a line. */
  void line(String text) {
    out.println(text);
  }

  void flush() {
    out.flush();
  }

  /** Returns the text in a colour, or as it is where there are none. */
  String in(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  /**
   * Returns a value of unknown origin in printable ASCII, and cut if it is long: nothing in it may
   * steer the terminal, forge a line, or look like another letter.
   */
  static String value(String text) {
    String shown = escape(text.substring(0, Math.min(text.length(), SHOWN)), Terminal::isAscii);
    return text.length() <= SHOWN ? shown : shown + "... (" + text.length() + " characters)";
  }

  /** Returns a sentence of ours in which such a value may be: what is not letters is escaped. */
  static String sentence(String text) {
    return escape(text, c -> isAscii(c) || Character.isLetterOrDigit(c) || c == '…');
  }

  private static boolean isAscii(int c) {
    return c >= 0x20 && c < 0x7f;
  }

  private static String escape(String text, IntPredicate isPlain) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(isPlain.test(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return out.toString();
  }
}
