package dev.corsage.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What a command printed, and its exit status. */
public record CommandRun(int status, String out, String err) {

  /** Runs the command as the launcher does, but for its output. */
  public static CommandRun of(String... arguments) {
    return run(Ansi.OFF, arguments);
  }

  /** Runs it as on a terminal that has colours. */
  public static CommandRun inColours(String... arguments) {
    return run(Ansi.ON, arguments);
  }

  private static CommandRun run(Ansi ansi, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    int status = command.execute(arguments);
    command.getOut().flush();
    command.getErr().flush();
    return new CommandRun(status, out.toString(), err.toString());
  }
}
