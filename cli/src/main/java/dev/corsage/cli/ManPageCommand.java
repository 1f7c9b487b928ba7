package dev.corsage.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "generate-man-page",
    description = {
      "Prints the manual page.",
      "",
      "To read it: corsage generate-man-page | man -l -. For man corsage, write it to"
          + " ~/.local/share/man/man1/corsage.1.",
      ""
    })
final class ManPageCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    command.commandLine().getOut().print(ManPage.of(command.root()));
    command.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
