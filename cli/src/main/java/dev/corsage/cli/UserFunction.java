package dev.corsage.cli;

import dev.corsage.gateway.GatewayException;
import dev.corsage.gateway.Installation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A function of the user's own with a custom runtime. It runs with AWS's runtime interface client,
 * which makes objects of events as its handler wants them.
 *
 * @param jar the function with all its libraries
 * @param handler as the function will be configured
 * @param events the events of the training run
 * @param variables its environment in the training run
 * @param modules modules of the JDK that it needs and that its code does not show
 */
record UserFunction(
    Path jar,
    String handler,
    List<byte[]> events,
    Map<String, String> variables,
    List<String> modules) {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** Writes the archive; returns how many of the events the function answered. */
  int write(Installation installation, Jdk jdk, Path archive, Consumer<String> log)
      throws GatewayException, IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> client =
        Files.newDirectoryStream(installation.runtimeInterfaceClient(), "*.jar")) {
      client.forEach(jars::add);
    }
    jars.sort(null);
    jars.add(jar);
    CustomRuntime.Function function =
        new CustomRuntime.Function(
            jars,
            MAIN,
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
            handler,
            variables,
            modules(jdk, jars));
    return CustomRuntime.write(jdk, function, events, archive, log);
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
