package dev.corsage.conformance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of the distribution's packages. */
final class Programs {
  private Programs() {}

  /**
   * Finds a program.
   *
   * @param packages what to install where it is missing
   */
  static File find(String program, String packages) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    program
                        + " is not installed, and without a browser nothing is proven. ./test"
                        + " installs it; by hand: apt-get install "
                        + packages))
        .toFile();
  }
}
