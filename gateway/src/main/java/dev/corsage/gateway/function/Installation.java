package dev.corsage.gateway.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the packaged parts of Corsage are. Immutable.
 *
 * @param runtimeInterfaceClient the folder with the jars of AWS's runtime interface client
 * @param customRuntime the folder with the jars of Corsage's own client of the Runtime API
 * @param preflightFunction the archive of the preflight function, as it is deployed
 * @param demoFunction the archive of the demo function
 * @param stores a folder with a folder for each store, with its jars
 */
public record Installation(
    Path runtimeInterfaceClient,
    Path customRuntime,
    Path preflightFunction,
    Path demoFunction,
    Path stores) {

  /** Returns the jars in a folder, in the order of their names. */
  public static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /**
   * Returns the installation in a folder as the build makes it.
   *
   * @throws IllegalArgumentException if something is missing there
   */
  public static Installation in(Path folder) {
    Installation installation =
        new Installation(
            folder.resolve("runtime"),
            folder.resolve("custom-runtime"),
            folder.resolve("functions/corsage-lambda.zip"),
            folder.resolve("functions/demo.zip"),
            folder.resolve("stores"));
    for (Path part :
        List.of(
            installation.runtimeInterfaceClient,
            installation.customRuntime,
            installation.preflightFunction,
            installation.demoFunction,
            installation.stores)) {
      if (!Files.exists(part)) {
        throw new IllegalArgumentException(part + " is missing; build the project with Maven");
      }
    }
    return installation;
  }
}
