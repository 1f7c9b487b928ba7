package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The programs of {@code bench/peers}, which are in other languages. Each is built with its own
 * tool, from what that tool gets where the machine is configured to look; where there is no such
 * tool, the program is missing and a line says so.
 */
final class PeerPrograms {
  private static final long BUILD_MINUTES = 20;

  private final Path sources;
  private final Path target;
  private final PrintWriter progress;
  private final Set<String> missing = new LinkedHashSet<>();
  private boolean goIsBuilt;

  /** Creates it; nothing is built yet. */
  PeerPrograms(PrintWriter progress) {
    // Absolute, because the tools run in folders of their own.
    Path bench = Path.of(System.getProperty("corsage.root", ".")).toAbsolutePath().resolve("bench");
    sources = bench.resolve("peers");
    target = bench.resolve("target/peers");
    this.progress = progress;
  }

  /** Returns the folder with the sources of a language. */
  Path sources(String language) {
    return sources.resolve(language);
  }

  /** Returns a program of the Go module, {@code function} or {@code engine}, or empty. */
  Optional<Path> go(String program) throws IOException, InterruptedException {
    if (!has("go", "version", "Go: jub0bs/cors")) {
      return Optional.empty();
    }
    Path folder = Files.createDirectories(target.resolve("go"));
    if (!goIsBuilt) {
      build("go", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", folder + "/", "./...");
      goIsBuilt = true;
    }
    return Optional.of(folder.resolve(program));
  }

  /** Returns the function in Rust, or empty. */
  Optional<Path> rust() throws IOException, InterruptedException {
    if (!has("cargo", "--version", "Rust: lambda_http")) {
      return Optional.empty();
    }
    Path folder = Files.createDirectories(target.resolve("rust"));
    build("rust", "cargo", "build", "--release", "--target-dir", folder.toString());
    return Optional.of(folder.resolve("release/bootstrap"));
  }

  /** Tells whether a program runs here, and notes what is missing without it. */
  boolean has(String program, String versionOption, String what)
      throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, versionOption)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        return true;
      }
    } catch (IOException notFound) {
      // The same as a program that fails.
    }
    missing.add("NOT RUN: " + what + ": there is no " + program + " on this machine.");
    return false;
  }

  /** Returns a line for everything that could not be run. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  private void build(String language, String... command) throws IOException, InterruptedException {
    progress.println("building bench/peers/" + language);
    Path log = target.resolve(language + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(sources.resolve(language).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "bench/peers/" + language + " does not build: " + Files.readString(log).strip());
    }
  }
}
