package dev.corsage.cli;

import dev.corsage.cli.terminal.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Decides requests: one JSON object a line in, one a line out.",
      "",
      "In:  {\"policy\": {…}, \"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"…\"}}}",
      "Out: {\"kind\": \"actual\", \"allowed\": true, \"reason\": \"allowed\", \"status\": null,"
          + " \"headers\": {…}}",
      "",
      "The policy may be left out with --policy. A header is a string or a list of field lines. A"
          + " policy that does not build gives {\"problems\": […]}, a line that is no such object"
          + " {\"error\": \"…\"}.",
      ""
    })
final class DecideCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--json",
      description = "Taken, as by the other commands: it writes nothing else.")
  void takeJson(boolean given) {
    // There is nothing to choose between.
  }

  @Override
  public Integer call() throws Exception {
    try (LineDecider decider = new LineDecider(policy.document())) {
      return Lines.response(command.commandLine().getOut(), decider::decide) ? 0 : 1;
    }
  }
}
