package dev.corsage.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "generate-completion",
    description = {
      "Prints a script that completes commands and options in bash and zsh.",
      "",
      "For this shell: source <(corsage generate-completion). For every one, write it into a file"
          + " that the shell reads when it starts.",
      ""
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    CommandSpec root = command.root();
    command.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
    command.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
