package dev.corsage.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
    name = "help",
    description = {"Shows the help of a command, such as 'corsage help origins add'.", ""})
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine shown = command.root().commandLine();
    for (String name : names) {
      CommandLine next = shown.getSubcommands().get(name);
      if (next == null) {
        throw new UnmatchedArgumentException(shown, List.of(name));
      }
      shown = next;
    }
    shown.usage(command.commandLine().getOut());
    command.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
