package dev.corsage.cli.options;

import dev.corsage.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options of a function of the user in place of one of Corsage's. Commands add their own below
 * it: picocli takes no mixins in a group of options that belong together, but it takes what the
 * group's class inherits.
 */
public abstract class OwnFunction {
  @Option(
      names = "--function",
      paramLabel = "JAR",
      required = true,
      description = "Your function with all its libraries.")
  private Path archive;

  @Option(
      names = "--handler",
      paramLabel = "CLASS",
      required = true,
      description = "Its handler, as you configure it in Lambda.")
  private String handler;

  @Option(
      names = "--variable",
      paramLabel = "NAME=VALUE",
      description = "A variable for its environment; may be repeated.")
  private Map<String, String> variables = new LinkedHashMap<>();

  /**
   * Returns the archive.
   *
   * @param kind what it may be, such as "jar or zip"
   * @throws ParameterException if there is none
   */
  protected Path archive(CommandSpec command, String kind) {
    String name = archive.toString();
    if (!Files.isRegularFile(archive) || (kind.equals("jar") && !name.endsWith(".jar"))) {
      throw new ParameterException(
          command.commandLine(),
          "--function " + Terminal.value(name) + ": there is no such " + kind);
    }
    return archive;
  }

  /** Returns its handler. */
  public String handler() {
    return handler;
  }

  /** Returns what its environment has in addition. */
  public Map<String, String> variables() {
    return variables;
  }
}
