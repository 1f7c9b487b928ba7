package dev.corsage.cli;

import dev.corsage.cli.terminal.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    description = {"Shows the version.", ""})
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    command.commandLine().getOut().println(new Version().getVersion()[0]);
    command.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
