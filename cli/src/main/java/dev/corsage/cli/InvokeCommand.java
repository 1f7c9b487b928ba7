package dev.corsage.cli;

import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.packaging.Home;
import dev.corsage.cli.packaging.StoreOption;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.PackagedFunction;
import dev.corsage.gateway.function.TemporaryFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "invoke",
    description = {
      "Runs the packaged function on one event, through AWS's runtime interface client.",
      "",
      "Its response goes to standard output, its log to standard error. Without --policy its own"
          + " variables configure it (ALLOWED_ORIGINS and the variables with it, CORS_POLICY).",
      ""
    })
final class InvokeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Mixin private StoreOption stores;

  @Option(
      names = "--event",
      paramLabel = "FILE",
      required = true,
      description = "The event (JSON), as the gateway would send it; - is standard input.")
  private Path event;

  @Override
  public Integer call() throws Exception {
    byte[] input =
        event.toString().equals("-")
            ? System.in.readAllBytes()
            : Files.readAllBytes(
                PolicyOption.readable(command.commandLine(), "--event " + event, event));
    PrintWriter err = command.commandLine().getErr();
    try (TemporaryFolder folder = new TemporaryFolder("invoke")) {
      Installation installation = stores.into(Home.installation(), folder.path());
      byte[] response =
          PackagedFunction.invoke(
              installation, stores.with(policy.variables()), input, err::println);
      PrintWriter out = command.commandLine().getOut();
      out.println(new String(response, StandardCharsets.UTF_8));
      out.flush();
    }
    return 0;
  }
}
