package dev.corsage.cli.serve;

import dev.corsage.cli.options.OwnFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A function of the user in place of the demo. */
final class FunctionOptions extends OwnFunction {
  /** Whoever steps through the code needs longer than any API waits. */
  private static final Duration DEBUGGING = Duration.ofHours(1);

  @Option(
      names = "--debug-port",
      paramLabel = "N",
      description =
          "Its process waits for a debugger on this port of this machine, without stopping for it;"
              + " an event then has an hour.")
  private Integer debugPort;

  /** Returns the archive; throws a ParameterException if there is none, or a number is wrong. */
  Path jar(CommandSpec command) {
    if (debugPort != null && (debugPort < 1 || debugPort > 65_535)) {
      throw new ParameterException(
          command.commandLine(), "--debug-port " + debugPort + ": a port is from 1 to 65535");
    }
    return archive(command, "jar or zip");
  }

  /** Returns what its environment has in addition, with the debugger. */
  @Override
  public Map<String, String> variables() {
    Map<String, String> all = new LinkedHashMap<>(super.variables());
    if (debugPort != null) {
      all.merge(
          "JAVA_TOOL_OPTIONS",
          "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debugPort,
          (own, debugger) -> own + " " + debugger);
    }
    return all;
  }

  /** Returns how long an event may take. */
  Duration timeout(int seconds) {
    Duration given = Duration.ofSeconds(seconds);
    return debugPort == null || given.compareTo(DEBUGGING) > 0 ? given : DEBUGGING;
  }
}
