package dev.corsage.cli.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A JDK 25: the first release that makes an AOT cache of one training run (JEP 514). Immutable.
 *
 * @param home its folder
 * @param version its full version
 */
record Jdk(Path home, String version) {
  private static final int RELEASE = 25;

  /**
   * Returns the one that {@code JDK25_HOME} or {@code JAVA_HOME} names, that runs this process, or
   * that is where distributions install it.
   *
   * @throws IOException if there is none
   */
  static Jdk find(Map<String, String> environment) throws IOException {
    List<Path> homes = new ArrayList<>();
    for (String variable : List.of("JDK25_HOME", "JAVA_HOME")) {
      String home = environment.getOrDefault(variable, "");
      if (!home.isBlank()) {
        homes.add(Path.of(home));
      }
    }
    homes.add(Path.of(System.getProperty("java.home")));
    homes.addAll(installed());
    for (Path home : homes) {
      String version = version(home);
      if (version.startsWith(RELEASE + ".") || version.equals("" + RELEASE)) {
        return new Jdk(home.toAbsolutePath().normalize(), version);
      }
    }
    throw new IOException(
        "no JDK 25 found; a custom runtime is made of one. Install it and set JDK25_HOME to its"
            + " folder");
  }

  private static List<Path> installed() throws IOException {
    List<Path> homes = new ArrayList<>();
    Path distributions = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(distributions)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(distributions, "*" + RELEASE + "*")) {
        found.forEach(homes::add);
      }
    }
    homes.sort(null);
    return homes;
  }

  /** Returns the version of the JDK in a folder; empty if it is not a JDK with jlink. */
  private static String version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/jlink")) || !Files.isReadable(release)) {
      return "";
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      properties.load(in);
    }
    return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
  }

  String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Returns the modules that some jars need, separated by commas. */
  String modules(List<Path> jars) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(tool("jdeps"));
    command.addAll(
        List.of("--print-module-deps", "--ignore-missing-deps", "--multi-release", "25", "-q"));
    jars.forEach(jar -> command.add(jar.toAbsolutePath().toString()));
    return run(Path.of("."), command).strip();
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @throws IOException if it fails, with what it printed
   */
  static String run(Path folder, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(Path.of(command.get(0)).getFileName() + " failed: " + output.strip());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("Interrupted", interrupted);
    }
    return output;
  }
}
