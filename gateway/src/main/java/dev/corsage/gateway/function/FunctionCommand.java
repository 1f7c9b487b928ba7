package dev.corsage.gateway.function;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** The command that starts a function's process. */
final class FunctionCommand {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String NATIVE_PART =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private FunctionCommand() {}

  /**
   * Returns the command for an unpacked archive: its own <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html">bootstrap</a> if it
   * has one; else it is for a managed runtime, where the runtime interface client is on the class
   * path and loads {@code lib/*.jar} of the working directory.
   *
   * @param temporary what {@code /tmp} is to the function
   */
  static List<String> of(Path task, Path temporary, Path runtimeInterfaceClient, String handler)
      throws IOException {
    Path bootstrap = task.resolve("bootstrap");
    return Files.exists(bootstrap)
        ? List.of(bootstrap.toString())
        : managed(temporary, runtimeInterfaceClient, handler);
  }

  private static List<String> managed(Path temporary, Path runtimeInterfaceClient, String handler)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the managed java17 and java21 runtimes do.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(nativePart(temporary, runtimeInterfaceClient));
    command.add("-cp");
    command.add(runtimeInterfaceClient.toAbsolutePath() + File.separator + "*");
    command.add(MAIN);
    command.add(handler);
    return command;
  }

  /**
   * The client unpacks its native part into one file of {@code /tmp}, where it stays and where
   * processes that start at the same time overwrite each other's. Here each has its own.
   */
  private static List<String> nativePart(Path temporary, Path runtimeInterfaceClient)
      throws IOException {
    String entry = "jni/libaws-lambda-jni." + platform() + ".so";
    for (Path jar : Installation.jars(runtimeInterfaceClient)) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (zip.getEntry(entry) != null) {
          Path file = temporary.resolve("libaws-lambda-jni.so");
          Files.copy(
              zip.getInputStream(zip.getEntry(entry)), file, StandardCopyOption.REPLACE_EXISTING);
          return List.of("-D" + NATIVE_PART + "=" + file);
        }
      }
    }
    return List.of();
  }

  private static String platform() {
    String architecture = System.getProperty("os.arch");
    boolean arm = architecture.equals("aarch64");
    boolean musl = Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
    return (musl ? "linux_musl-" : "linux-") + (arm ? "aarch_64" : "x86_64");
  }
}
