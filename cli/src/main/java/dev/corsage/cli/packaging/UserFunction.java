package dev.corsage.cli.packaging;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A function of the user with a custom runtime. It runs with AWS's runtime interface client, which
 * makes objects of events as its handler needs them. Immutable.
 *
 * @param jar the function with all its libraries
 * @param handler as the function will be configured
 * @param events the events of the training run
 * @param variables the environment of the training run
 * @param modules modules of the JDK that it needs, and that cannot be found in its code
 */
record UserFunction(
    Path jar,
    String handler,
    List<byte[]> events,
    Map<String, String> variables,
    List<String> modules) {
  /** Where AWS's client unpacks its native part, and leaves it. */
  private static final Path NATIVE_PART = Path.of("/tmp/.libaws-lambda-jni.so");

  /** Whatever it is called here: its name could be a command, or more than one path. */
  private static final String NAME = "function.jar";

  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Writes the archive; returns the outcome of each event. */
  List<Outcome> write(Installation installation, Jdk jdk, Path archive, Consumer<String> log)
      throws GatewayException, IOException {
    List<Path> ours = Installation.jars(installation.runtimeInterfaceClient());
    Map<String, Path> jars = CustomRuntime.Function.named(ours);
    jars.put(NAME, jar);
    List<Path> all = new ArrayList<>(ours);
    all.add(jar);
    CustomRuntime.Function function =
        new CustomRuntime.Function(
            jars,
            MAIN,
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
            handler,
            variables,
            modules(jdk, all));
    try {
      return CustomRuntime.write(jdk, function, events, archive, log);
    } finally {
      Files.deleteIfExists(NATIVE_PART);
    }
  }

  private String modules(Jdk jdk, List<Path> jars) throws IOException {
    Set<String> all = new TreeSet<>(modules);
    for (String module : jdk.modules(jars).split("[,\\s]+", -1)) {
      if (!module.isEmpty()) {
        all.add(module);
      }
    }
    return String.join(",", all);
  }
}
