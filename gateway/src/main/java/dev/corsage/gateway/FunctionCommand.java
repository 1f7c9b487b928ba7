package dev.corsage.gateway;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a function's process. */
final class FunctionCommand {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private FunctionCommand() {}

  /**
   * Returns the command for an unpacked archive: its own <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html">bootstrap</a> if it
   * has one; else it is for a managed runtime, where the runtime interface client is on the class
   * path and loads {@code lib/*.jar} of the working folder.
   */
  static List<String> of(Path folder, Path runtimeInterfaceClient, String handler) {
    Path bootstrap = folder.resolve("bootstrap");
    return Files.exists(bootstrap)
        ? List.of(bootstrap.toString())
        : managed(runtimeInterfaceClient, handler);
  }

  private static List<String> managed(Path runtimeInterfaceClient, String handler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the managed java17 and java21 runtimes do.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(runtimeInterfaceClient.toAbsolutePath() + File.separator + "*");
    command.add(MAIN);
    command.add(handler);
    return command;
  }
}
