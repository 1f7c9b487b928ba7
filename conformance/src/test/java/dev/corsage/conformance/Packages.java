package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.conformance.function.WrappedFunction;
import dev.corsage.gateway.function.PackagedFunction;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code ./corsage package} writes, made and unpacked once for all tests that run it. */
final class Packages {
  static final String ORIGIN = "https://app.example.com";

  static final Map<String, String> POLICY =
      Map.of(
          "ALLOWED_ORIGINS", ORIGIN,
          "ALLOWED_METHODS", "PUT",
          "ALLOWED_HEADERS", "authorization, content-type",
          "MAX_AGE", "7200");

  private static final Map<String, Path> TASKS = new HashMap<>();
  private static boolean cleared;

  private Packages() {}

  /** A function in a folder of its own. */
  record Packaged(Path task, String handler) {

    /** Returns the command of the custom runtime that it has. */
    List<String> bootstrap() {
      return List.of(task.resolve("bootstrap").toString());
    }

    /** Returns what comes of events, one after the other in one process. */
    List<Outcome> outcomes(List<byte[]> events, List<String> log) throws Exception {
      return PackagedFunction.outcomes(bootstrap(), task, handler, POLICY, events, log::add);
    }
  }

  /** The preflight function, for managed runtimes. */
  static Packaged managedPreflight() throws Exception {
    return packaged("managed", "corsage-lambda.zip", "dev.corsage.lambda.PreflightHandler");
  }

  /** The preflight function with its own runtime. */
  static Packaged preflight() throws Exception {
    return packaged(
        "preflight",
        "corsage-lambda-custom-runtime.zip",
        "dev.corsage.lambda.PreflightHandler",
        "--custom-runtime");
  }

  /** A user's function within the wrapper, with its own runtime. */
  static Packaged wrapped() throws Exception {
    String handler = WrappedFunction.class.getName();
    List<String> options =
        new ArrayList<>(List.of("--function", "wrapped.jar", "--handler", handler));
    POLICY.forEach((name, value) -> options.addAll(List.of("--variable", name + '=' + value)));
    return packaged(
        "wrapped", "wrapped-custom-runtime.zip", handler, options.toArray(String[]::new));
  }

  /** The same, for managed runtimes. */
  static Packaged managedWrapped() throws Exception {
    Path task = Files.createDirectories(folder().resolve("managed-wrapped"));
    Files.createDirectories(task.resolve("lib"));
    Archives.jar(task.resolve("lib/wrapped.jar"), WrappedFunction.class, libraries());
    return new Packaged(task, WrappedFunction.class.getName());
  }

  /** Returns where all of it is; what former runs left there is gone. */
  private static synchronized Path folder() throws Exception {
    Path folder = Path.of("target/packages").toAbsolutePath();
    if (!cleared && Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    cleared = true;
    return Files.createDirectories(folder);
  }

  private static synchronized Packaged packaged(
      String name, String archive, String handler, String... options) throws Exception {
    if (!TASKS.containsKey(name)) {
      Path folder = folder();
      if (name.equals("wrapped")) {
        Archives.jar(folder.resolve("wrapped.jar"), WrappedFunction.class, libraries());
      }
      List<String> arguments = new ArrayList<>(List.of("package"));
      arguments.addAll(List.of(options));
      Process process =
          Command.builder(Map.of(), arguments.toArray(String[]::new))
              .directory(folder.toFile())
              .redirectOutput(folder.resolve(name + ".out").toFile())
              .redirectError(folder.resolve(name + ".err").toFile())
              .start();
      int status = process.waitFor();
      String err = Files.readString(folder.resolve(name + ".err"));
      assumeTrue(!err.contains("no JDK 25 found"), "NOT RUN: " + err);
      assertThat(status).as(err).isZero();
      Path task = folder.resolve(name);
      Archives.unpack(folder.resolve("dist").resolve(archive), task);
      TASKS.put(name, task);
    }
    return new Packaged(TASKS.get(name), handler);
  }

  /** Returns the jars that a function with the wrapper has: those of the preflight function. */
  static List<Path> libraries() throws Exception {
    try (Stream<Path> files = Files.list(managedPreflight().task().resolve("lib"))) {
      return files.sorted().toList();
    }
  }

  /** Returns how many events had a response. */
  static int responded(List<Outcome> outcomes) {
    return (int) outcomes.stream().filter(outcome -> outcome.failure() == null).count();
  }
}
