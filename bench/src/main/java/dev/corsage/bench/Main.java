package dev.corsage.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks, by name. */
@Command(
    name = "bench/run",
    scope = CommandLine.ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    description = "Measures Corsage beside others, on this machine.",
    subcommands = {
      EngineCommand.class,
      EventsCommand.class,
      ColdStartCommand.class,
      MemorySizesCommand.class,
      PeersCommand.class,
      PreflightCostCommand.class,
      ScaleCommand.class,
      StoresCommand.class,
      PlotsCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec command;

  private Main() {}

  /** Runs one; exits with 1 if it failed, and with 2 if the command line is wrong. */
  public static void main(String[] arguments) {
    // The plots are drawn without a display.
    System.setProperty("java.awt.headless", "true");
    int status =
        commandLine()
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failed, commandLine, parsed) -> {
              PrintWriter err = commandLine.getErr();
              if (failed instanceof IllegalStateException) {
                err.println("bench: " + failed.getMessage());
              } else {
                failed.printStackTrace(err);
              }
              err.flush();
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Which benchmark?");
  }
}
