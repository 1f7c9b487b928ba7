package dev.corsage.cdk.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads Terraform's files with {@code hcl.mjs}; installs what it needs from npm once. */
final class Terraform {
  private static final Path SOURCE = Path.of("src/test/hcl");
  private static final Path HOME = Path.of("target/hcl");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "hcl.mjs");

  private Terraform() {}

  /** Returns the content of folders, by folder. */
  static Map<String, Object> read(Path... folders) throws IOException, InterruptedException {
    install();
    List<String> command = new ArrayList<>(List.of("node", "hcl.mjs"));
    for (Path folder : folders) {
      command.add(folder.toString());
    }
    return Tree.parse(run(command));
  }

  private static synchronized void install() throws IOException, InterruptedException {
    Path installed = HOME.resolve("node_modules/.package-lock.json");
    boolean upToDate =
        Files.exists(installed)
            && Files.getLastModifiedTime(installed)
                    .compareTo(Files.getLastModifiedTime(SOURCE.resolve("package-lock.json")))
                >= 0;
    Files.createDirectories(HOME);
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!upToDate) {
      run(List.of("npm", "ci", "--no-progress"));
      Files.setLastModifiedTime(
          installed, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis()));
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Path out = HOME.resolve("out.json").toAbsolutePath();
    Path err = HOME.resolve("err.txt").toAbsolutePath();
    Process process =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(command + " failed: " + Files.readString(err));
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** Copies the files of a folder, and of one within it. */
  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from, 2)) {
      var terraform = FileSystems.getDefault().getPathMatcher("glob:**.tf");
      for (Path file : files.filter(terraform::matches).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
