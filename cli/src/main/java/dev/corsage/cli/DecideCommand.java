package dev.corsage.cli;

import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.terminal.Lines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "decide",
    description = {
      "Decides on requests: one JSON object on each line of input, one on each line of output.",
      "",
      "In:  {\"policy\": {…}, \"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"…\"}}}",
      "Out: {\"kind\": \"actual\", \"allowed\": true, \"reason\": \"allowed\", \"status\": null,"
          + " \"headers\": {…}}",
      "",
      "With --policy a line needs no policy. A header is a string or a list of field lines. A"
          + " policy that does not build gives {\"problems\": […]}, a line that is not such an"
          + " object {\"error\": \"…\"}.",
      ""
    })
final class DecideCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--json",
      description = "Accepted, as by the other commands; the output is always JSON.")
  void takeJson(boolean given) {
    // There is nothing to choose between.
  }

  @Override
  public Integer call() throws Exception {
    try (LineDecider decider = new LineDecider(policy.document(), policy::parse)) {
      return Lines.respond(command.commandLine().getOut(), decider::decide) ? 0 : 1;
    }
  }
}
