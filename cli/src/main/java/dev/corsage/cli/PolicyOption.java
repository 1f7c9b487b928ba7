package dev.corsage.cli;

import dev.corsage.lambda.EnvironmentPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names a policy, and the environment that may do so in its place. */
final class PolicyOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--policy", paramLabel = "FILE", description = "The policy document (JSON).")
  private Path file;

  /** Returns the file, or null if the option is not there. */
  Path file() {
    if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
      throw new ParameterException(
          command.commandLine(), "--policy " + file + ": there is no such file to read");
    }
    return file;
  }

  /**
   * Returns the variables that configure a function: the file if it is given, else those of this
   * process; empty if there are none.
   */
  Map<String, String> variables() {
    if (file() != null) {
      return Map.of("CORS_POLICY_FILE", file.toAbsolutePath().toString());
    }
    Map<String, String> variables = new TreeMap<>(System.getenv());
    variables.keySet().removeIf(name -> !EnvironmentPolicy.concerns(name));
    // The function runs in a folder of its own; what is relative is so to this one.
    variables.computeIfPresent(
        "CORS_POLICY_FILE",
        (name, path) -> path.isBlank() ? path : Path.of(path.strip()).toAbsolutePath().toString());
    return variables;
  }
}
