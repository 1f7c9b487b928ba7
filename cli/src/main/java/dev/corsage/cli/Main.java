package dev.corsage.cli;

import dev.corsage.cli.explain.ExplainCommand;
import dev.corsage.cli.generate.GenerateCommand;
import dev.corsage.cli.lint.LintCommand;
import dev.corsage.cli.origins.OriginsCommand;
import dev.corsage.cli.packaging.PackageCommand;
import dev.corsage.cli.probe.ProbeCommand;
import dev.corsage.cli.serve.ServeCommand;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.store.Secrets;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit status: 0 done, 1 what was asked for failed or is wrong, 2 the command
 * line or its input cannot be used, 3 a store or an API did not respond.
 */
@Command(
    name = "corsage",
    scope = CommandLine.ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "CORS for APIs behind AWS API Gateway and Lambda.",
    subcommands = {
      ServeCommand.class,
      DecideCommand.class,
      LintCommand.class,
      ExplainCommand.class,
      GenerateCommand.class,
      ProbeCommand.class,
      InvokeCommand.class,
      PackageCommand.class,
      OriginsCommand.class,
      CompletionCommand.class,
      ManPageCommand.class,
      HelpCommand.class,
      VersionCommand.class
    })
public final class Main {
  private static final int STORE_FAILED = 3;

  private Main() {}

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionStrategy(Main::run);
    commandLine.setParameterExceptionHandler(Main::reportUsage);
    commandLine.setExecutionExceptionHandler(Main::reportFailure);
    return commandLine;
  }

  /** Runs the command; where only a group of them is named, shows what there is to choose from. */
  private static int run(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine named = last.commandSpec().commandLine();
    if (CommandLine.printHelpIfRequested(parsed)) {
      return CommandLine.ExitCode.OK;
    }
    if (named.getCommand() instanceof Callable) {
      return new CommandLine.RunLast().execute(parsed);
    }
    named.usage(named.getErr());
    named.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int reportUsage(ParameterException wrong, String[] arguments) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    wrong
        .getCommandLine()
        .getErr()
        .println(
            "corsage: "
                + shown(message(wrong).replaceAll("\\s*\\R\\s*", " ")).replaceFirst("\\.$", "")
                + ". See '"
                + command
                + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  /** Arguments are quoted in messages: nothing in them is secret or steers the terminal. */
  private static String shown(String message) {
    return Terminal.sentence(Secrets.maskedIn(message));
  }

  private static String message(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
      // A variable without a name can be its value alone.
      return wrong.getMessage().replaceFirst("(?s)( format) but was .*", "$1");
    }
    String argument = "'" + unmatched.getUnmatched().get(0) + "'";
    if (wrong.getCommandLine().getSubcommands().isEmpty()) {
      return "Unexpected argument " + argument;
    }
    List<String> near = unmatched.getSuggestions();
    return "There is no command "
        + argument
        + (near.isEmpty() ? "" : " (did you mean '" + near.get(0) + "'?)");
  }

  private static String message(Exception failure) {
    if (failure instanceof FileSystemException file) {
      // Its message is often the path alone.
      String reason = file.getReason() == null ? "" : ": " + file.getReason();
      return Terminal.sentence(file.getFile())
          + " cannot be used ("
          + file.getClass().getSimpleName()
          + reason
          + ")";
    }
    return failure.getMessage();
  }

  private static int reportFailure(Exception failure, CommandLine commandLine, ParseResult parsed)
      throws Exception {
    if (failure instanceof GatewayException || failure instanceof IOException) {
      String message = message(failure).lines().map(Main::shown).collect(Collectors.joining("\n"));
      commandLine.getErr().println("corsage: " + message);
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (failure instanceof StoreException) {
      // Not 1: whether something is on the list is not known.
      commandLine.getErr().println("corsage: " + Terminal.sentence(failure.getMessage()));
      return STORE_FAILED;
    }
    throw failure;
  }
}
