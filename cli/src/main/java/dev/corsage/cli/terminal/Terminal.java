package dev.corsage.cli.terminal;

import java.io.PrintWriter;
import java.util.function.IntPredicate;
import picocli.CommandLine;

/** Output for people: in colours if the terminal has them, and safe from what is printed. */
public final class Terminal {
  /** Of errors. */
  public static final String RED = "31";

  /** Of success. */
  public static final String GREEN = "32";

  /** Of warnings. */
  public static final String YELLOW = "33";

  /** Of names. */
  public static final String BOLD = "1";

  /** Of what is less important. */
  public static final String FAINT = "2";

  /** More than the longest origin has. */
  private static final int SHOWN = 340;

  private final PrintWriter out;
  private final boolean colours;

  /** Creates it for the output of a command. */
  public Terminal(CommandLine command) {
    this(command, command.getOut());
  }

  private Terminal(CommandLine command, PrintWriter out) {
    this.out = out;
    // NO_COLOR, CLICOLOR, CLICOLOR_FORCE, and whether it is a terminal.
    colours = command.getColorScheme().ansi().enabled();
  }

  /** Returns one for what is said beside the output of a command. */
  public static Terminal ofErrors(CommandLine command) {
    return new Terminal(command, command.getErr());
  }

  /** Prints a line. */
  public void line(String text) {
    out.println(text);
  }

  /** Shows what was printed. */
  public void flush() {
    out.flush();
  }

  /** Tells whether lines can be coloured, and written over. */
  public boolean hasColours() {
    return colours;
  }

  /** Returns the text in a colour, or as it is where there are none. */
  public String in(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  /**
   * Returns a value of unknown origin in printable ASCII, and cut if it is long: nothing in it may
   * steer the terminal, forge a line, or look like another letter.
   */
  public static String value(String text) {
    String shown = escape(text.substring(0, Math.min(text.length(), SHOWN)), Terminal::isAscii);
    return text.length() <= SHOWN ? shown : shown + "... (" + text.length() + " characters)";
  }

  /** Returns a sentence of ours that may contain such a value: all but letters is escaped. */
  public static String sentence(String text) {
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
    // The older way to write commands into the log of GitHub Actions, anywhere in a line
    // (ActionCommand.TryParse of the runner).
    return out.toString().replace("##[", "#\\u0023[");
  }
}
