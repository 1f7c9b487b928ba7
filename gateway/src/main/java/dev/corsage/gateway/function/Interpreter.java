package dev.corsage.gateway.function;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Node.js or Python of this machine, and the client of the Lambda Runtime API that it runs.
 * Immutable.
 *
 * <p>Where AWS's runtime interface client for the language is installed, that is what runs: <a
 * href="https://github.com/aws/aws-lambda-python-runtime-interface-client">awslambdaric</a> ({@code
 * python -m awslambdaric HANDLER}) and <a
 * href="https://github.com/aws/aws-lambda-nodejs-runtime-interface-client">aws-lambda-ric</a>
 * ({@code node …/aws-lambda-ric/bin/index.mjs HANDLER}). Both have a native part that few machines
 * have built; for the others there is a small client of Corsage's in the same language.
 *
 * @param executable the interpreter itself
 * @param version its version, such as {@code 3.11.7}
 * @param client the arguments that run AWS's client; empty if it is not installed
 */
public record Interpreter(Path executable, String version, List<String> client) {
  private static final String PYTHON_FACTS =
      "import sys, importlib.util as u; print(sys.executable);"
          + " print('.'.join(map(str, sys.version_info[:3])));"
          + " print(u.find_spec('awslambdaric') is not None)";
  private static final String NODE_FACTS =
      "console.log(process.execPath); console.log(process.versions.node)";

  /** How far above the code of a function its dependencies may be installed. */
  private static final int FOLDERS_ABOVE = 4;

  private static final long FACTS_SECONDS = 20;

  /** Tells whether functions of a runtime need an interpreter. */
  public static boolean isNeeded(String runtime) {
    return runtime.startsWith("nodejs") || runtime.startsWith("python");
  }

  /**
   * Finds the interpreter for a function: of Python first that of a virtual environment ({@code
   * .venv} or {@code venv}) beside the code or above it, then the active one, then the version of
   * the runtime on the path, then any.
   *
   * @param runtime such as {@code python3.13}
   * @param code its archive or folder; null if its code is in a template
   * @param environment the variables of this process
   */
  public static Optional<Interpreter> find(
      String runtime, Path code, Map<String, String> environment) {
    List<Path> near = near(code);
    if (runtime.startsWith("nodejs")) {
      return onPath("node", environment).flatMap(node -> node(node, near)).findFirst();
    }
    Stream<Path> virtual =
        near.stream()
            .filter(Interpreter::isOwn)
            .flatMap(folder -> Stream.of(".venv", "venv").map(folder::resolve))
            .filter(Interpreter::isOwn)
            .map(folder -> folder.resolve("bin"))
            .filter(Interpreter::isOwn)
            .map(folder -> folder.resolve("python"));
    Stream<Path> active =
        Stream.ofNullable(environment.get("VIRTUAL_ENV"))
            .map(folder -> Path.of(folder, "bin/python"));
    Stream<Path> installed =
        Stream.of(runtime, "python3").flatMap(name -> onPath(name, environment));
    return Stream.of(virtual, active, installed)
        .flatMap(all -> all)
        .filter(Files::isExecutable)
        .flatMap(python -> python(python, near))
        .findFirst();
  }

  /** Returns the folder of the code and some of those above it. */
  private static List<Path> near(Path code) {
    List<Path> folders = new ArrayList<>();
    Path folder = code;
    for (int i = 0; folder != null && i <= FOLDERS_ABOVE; i++) {
      folders.add(folder);
      folder = folder.getParent();
    }
    return folders;
  }

  /**
   * Tells whether a folder belongs to this user or root, and nobody else can write into it: a
   * folder above the code may be one that all users share, and what is found there is run. A group
   * with the name of the owner is taken for the owner's own.
   */
  private static boolean isOwn(Path folder) {
    try {
      if (!Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
        return true;
      }
      PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
      String owner = attributes.owner().getName();
      Set<PosixFilePermission> permissions = attributes.permissions();
      return List.of("root", System.getProperty("user.name")).contains(owner)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE)
          && (!permissions.contains(PosixFilePermission.GROUP_WRITE)
              || attributes.group().getName().equals(owner));
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private static Stream<Path> onPath(String name, Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .flatMap(folder -> path(folder, name))
        .filter(Files::isExecutable);
  }

  private static Stream<Path> path(String folder, String name) {
    try {
      return Stream.of(Path.of(folder, name));
    } catch (InvalidPathException noPath) {
      return Stream.empty();
    }
  }

  private static Stream<Interpreter> python(Path candidate, List<Path> near) {
    // What is on the path may be a script that chooses one: it names itself.
    return facts(candidate, "-c", PYTHON_FACTS).stream()
        .map(
            facts -> {
              boolean installed =
                  facts.get(2).equals("True")
                      || near.stream()
                          .limit(1)
                          .anyMatch(folder -> Files.exists(folder.resolve("awslambdaric")));
              return new Interpreter(
                  Path.of(facts.get(0)),
                  facts.get(1),
                  installed ? List.of("-m", "awslambdaric") : List.of());
            });
  }

  private static Stream<Interpreter> node(Path candidate, List<Path> near) {
    return facts(candidate, "-e", NODE_FACTS).stream()
        .map(
            facts -> {
              Path node = Path.of(facts.get(0));
              Path global = node.resolveSibling("../lib/node_modules").normalize();
              Optional<Path> client =
                  Stream.concat(
                          near.stream()
                              .filter(Interpreter::isOwn)
                              .map(folder -> folder.resolve("node_modules"))
                              .filter(Interpreter::isOwn),
                          Stream.of(global))
                      .flatMap(
                          modules ->
                              Stream.of("index.mjs", "index.js")
                                  .map(modules.resolve("aws-lambda-ric/bin")::resolve))
                      .filter(Files::exists)
                      .findFirst();
              return new Interpreter(
                  node, facts.get(1), client.stream().map(Path::toString).toList());
            });
  }

  /** Returns the lines that an interpreter prints, if it works. */
  private static Optional<List<String>> facts(Path interpreter, String option, String program) {
    try {
      Process process =
          new ProcessBuilder(interpreter.toString(), option, program)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(FACTS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      List<String> lines;
      try (InputStream out = process.getInputStream()) {
        lines = new String(out.readNBytes(4096), StandardCharsets.UTF_8).lines().toList();
      }
      return process.exitValue() == 0 && lines.size() >= 2 ? Optional.of(lines) : Optional.empty();
    } catch (IOException notStarted) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private boolean isNode() {
    return executable.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("node");
  }

  /**
   * Tells whether a handler has a file to run. Code that is compiled, from TypeScript for example,
   * is not run from its sources.
   *
   * @param code an archive, a folder, or null for code in a template
   * @param handler such as {@code src/app.handler}
   */
  public boolean canLoad(Path code, String handler) {
    if (code == null || !Files.isDirectory(code)) {
      // What an archive lacks, its init reports.
      return true;
    }
    int dot =
        isNode() ? handler.indexOf('.', handler.lastIndexOf('/') + 1) : handler.lastIndexOf('.');
    if (dot < 0) {
      return false;
    }
    String file = handler.substring(0, dot);
    Stream<String> files =
        isNode()
            ? Stream.of("", ".js", ".mjs", ".cjs").map(file::concat)
            : Stream.of(".py", "/__init__.py").map(file.replace('.', '/')::concat);
    return files.map(code::resolve).anyMatch(Files::isRegularFile);
  }

  /** Returns what it is, for people. */
  public String description() {
    return (isNode() ? "Node.js " : "Python ")
        + version
        + (client.isEmpty() ? "" : " with AWS's runtime interface client");
  }

  /**
   * Returns the command that runs a handler.
   *
   * @param folder for the client, and for nothing else
   */
  List<String> command(Path folder, String handler) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    if (client.isEmpty()) {
      String name = isNode() ? "bootstrap.mjs" : "bootstrap.py";
      Path file = folder.resolve("corsage-" + name);
      try (InputStream program = Interpreter.class.getResourceAsStream(name)) {
        Files.copy(program, file, StandardCopyOption.REPLACE_EXISTING);
      }
      command.add(file.toString());
    } else {
      command.addAll(client);
    }
    command.add(handler);
    return List.copyOf(command);
  }
}
