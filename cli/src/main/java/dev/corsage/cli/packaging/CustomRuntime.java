package dev.corsage.cli.packaging;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.function.PackagedFunction;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Packages a function with a runtime of its own, for <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-provided.html">provided.al2023</a>: a
 * {@code bootstrap}, a JDK 25 cut down to what the function needs, and an <a
 * href="https://openjdk.org/jeps/514">AOT cache</a> made in a training run.
 */
record CustomRuntime(Jdk jdk, Function function, Path folder) {
  private static final String CACHE = "function.aot";

  /** What is nothing but itself in the shell's command and in the class path of the bootstrap. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.jar");

  /**
   * One thread, little memory, as the managed runtimes. Reflection without generated code, because
   * it is used once: to create the handler.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:MaxRAMPercentage=70",
          "-Djdk.reflect.useNativeAccessorOnly=true");

  /**
   * What is packaged.
   *
   * @param jars the class path, in its order: each jar by its name in the archive, which is ours to
   *     choose, because the bootstrap has it in a command
   * @param main the class that speaks the Runtime API; it gets the handler as its argument
   * @param options more options of the JVM
   * @param handler the handler, as it will be configured
   * @param variables the environment of the training run
   * @param modules the modules of the JDK that it needs
   */
  record Function(
      Map<String, Path> jars,
      String main,
      List<String> options,
      String handler,
      Map<String, String> variables,
      String modules) {
    Function {
      for (String name : jars.keySet()) {
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException("This cannot be a jar's name in the archive: " + name);
        }
      }
    }

    /** Returns jars by the names that they have, in their order. */
    static Map<String, Path> named(List<Path> jars) {
      Map<String, Path> named = new LinkedHashMap<>();
      jars.forEach(jar -> named.put(jar.getFileName().toString(), jar));
      return named;
    }
  }

  /**
   * Writes the archive.
   *
   * @param events the events of the training run
   * @param log takes the function's log
   * @return the outcome of each event
   * @throws GatewayException if the function's init fails
   */
  static List<Outcome> write(
      Jdk jdk, Function function, List<byte[]> events, Path archive, Consumer<String> log)
      throws GatewayException, IOException {
    try (TemporaryFolder folder = new TemporaryFolder("package")) {
      CustomRuntime runtime = new CustomRuntime(jdk, function, folder.path());
      runtime.copyJars();
      runtime.link();
      runtime.writeBootstrap();
      List<Outcome> outcomes = runtime.train(events, log);
      DeploymentArchive.write(runtime.task(), archive);
      return outcomes;
    }
  }

  /** What will be {@code /var/task}. */
  private Path task() {
    return folder.resolve("task");
  }

  private void copyJars() throws IOException {
    Files.createDirectories(task().resolve("lib"));
    for (Map.Entry<String, Path> jar : function.jars.entrySet()) {
      Path copy = Files.copy(jar.getValue(), task().resolve("lib").resolve(jar.getKey()));
      // The cache is only valid for jars of the same time.
      Files.setLastModifiedTime(
          copy, FileTime.from(DeploymentArchive.EPOCH_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Not compressed: the archive is, and decompression would slow the cold start down. */
  private void link() throws IOException {
    Jdk.run(
        folder,
        List.of(
            jdk.tool("jlink"),
            "--add-modules",
            function.modules,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            task().resolve("runtime").toString()));
  }

  private void writeBootstrap() throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(function.options);
    Path bootstrap = task().resolve("bootstrap");
    Files.writeString(
        bootstrap,
        """
        #!/bin/sh
        # Lambda starts this. The class path and the options are those of the AOT cache.
        cd "${0%%/*}" || exit 1
        exec runtime/bin/java -XX:AOTCache=%s %s -cp %s %s "$_HANDLER"
        """
            .formatted(CACHE, String.join(" ", options), classPath(), function.main));
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String classPath() {
    return String.join(":", function.jars.keySet().stream().map(name -> "lib/" + name).toList());
  }

  private List<Outcome> train(List<byte[]> events, Consumer<String> log)
      throws GatewayException, IOException {
    String recorded = folder.resolve("recorded").toString();
    List<String> recording = java("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded);
    recording.add(function.main);
    recording.add(function.handler);
    List<Outcome> outcomes =
        PackagedFunction.outcomes(
            recording, task(), function.handler, function.variables, events, log);
    Jdk.run(
        task(),
        java("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + CACHE));
    return outcomes;
  }

  private List<String> java(String... aot) {
    List<String> command = new ArrayList<>();
    command.add(task().resolve("runtime/bin/java").toString());
    command.addAll(List.of(aot));
    // The JDK lists the classes that it leaves out, which helps nobody here.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error"));
    command.addAll(OPTIONS);
    command.addAll(function.options);
    command.addAll(List.of("-cp", classPath()));
    return command;
  }
}
