package dev.corsage.cli.options;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.store.StoreReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names a policy, and the environment that may have one instead. */
public final class PolicyOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy document (JSON, or YAML in a .yaml or .yml file).")
  private Path file;

  /** Returns the file, or null if the option is not there. */
  Path file() {
    return file == null ? null : readable(command.commandLine(), "--policy " + file, file);
  }

  /** Returns the file as it was named; not null where {@link #document} is not. */
  public String name() {
    return String.valueOf(file);
  }

  /** Returns the document in the file, or null if the option is not there. */
  public String document() throws IOException {
    return file() == null ? null : read(command.commandLine(), "--policy " + file, file);
  }

  /**
   * Returns the policy in the file, or else the one in the environment.
   *
   * @throws InvalidPolicyException if it does not build
   */
  public CorsDecider policy() throws IOException {
    String document = document();
    if (document != null) {
      return parse(document);
    }
    Map<String, String> variables = environment();
    if (!EnvironmentPolicy.isPolicy(variables)) {
      throw new ParameterException(
          command.commandLine(), "There is no policy: give --policy FILE, or set ALLOWED_ORIGINS");
    }
    variables.putAll(credentials(EnvironmentPolicy.settings(variables)));
    return EnvironmentPolicy.read(variables);
  }

  /**
   * Returns the policy in a document; a list in DynamoDB is read with the credentials of whoever
   * uses the command.
   *
   * @throws InvalidPolicyException if it does not build
   */
  public CorsDecider parse(String document) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(credentials(PolicyDocument.read(document)));
    return PolicyDocument.parse(document, environment);
  }

  private Map<String, String> credentials(PolicySettings settings) {
    PrintWriter err = command.commandLine().getErr();
    return namesDynamoDb(settings)
        ? DeveloperCredentials.find(none -> err.println("corsage: " + none))
        : Map.of();
  }

  private static boolean namesDynamoDb(PolicySettings settings) {
    StoreReference store = settings.get(Key.STORE).orElse(null);
    return (store != null && store.scheme().equals("dynamodb"))
        || settings.get(Key.POLICIES).orElse(List.of()).stream()
            .anyMatch(scoped -> namesDynamoDb(scoped.settings()));
  }

  /**
   * Returns the text of a policy document in a file: if that is YAML, as JSON with the same lines.
   *
   * @param name its name in messages
   */
  public static String read(CommandLine commandLine, String name, Path file) throws IOException {
    String text = decode(commandLine, name, Files.readAllBytes(readable(commandLine, name, file)));
    try {
      return YamlPolicy.isYaml(file) ? YamlPolicy.toJson(text) : text;
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(commandLine, name + ": " + malformed.getMessage());
    }
  }

  /** Returns the file; throws a ParameterException if it cannot be read. */
  public static Path readable(CommandLine commandLine, String name, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ParameterException(commandLine, name + ": there is no such file to read");
    }
    return file;
  }

  /** Returns the text in the bytes of a file. */
  public static String decode(CommandLine commandLine, String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new ParameterException(commandLine, name + ": the file is not UTF-8 text");
    }
  }

  /**
   * Returns the variables that configure a function: the file if it is given, else those of this
   * process; empty if there are none.
   */
  public Map<String, String> variables() throws IOException {
    Map<String, String> variables = environment();
    if (file() != null) {
      // The variables of the log go with every policy.
      variables.keySet().removeIf(name -> EnvironmentPolicy.isPolicy(Map.of(name, "")));
      if (YamlPolicy.isYaml(file)) {
        // The function itself reads JSON alone: a YAML parser has no place in a cold start.
        variables.put("CORS_POLICY", document());
      } else {
        variables.put("CORS_POLICY_FILE", file.toAbsolutePath().toString());
      }
    }
    return variables;
  }

  /** Returns the variables of this process that configure a function; empty if there are none. */
  public static Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>(System.getenv());
    variables.keySet().removeIf(name -> !EnvironmentPolicy.concerns(name));
    // The function runs in a folder of its own; relative paths are relative to this one.
    variables.computeIfPresent(
        "CORS_POLICY_FILE",
        (name, path) -> path.isBlank() ? path : Path.of(path.strip()).toAbsolutePath().toString());
    return variables;
  }
}
