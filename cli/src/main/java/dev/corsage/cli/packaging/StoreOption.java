package dev.corsage.cli.packaging;

import dev.corsage.cli.options.DeveloperCredentials;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The stores in the archive of the preflight function; none without the option. */
public final class StoreOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      split = ",",
      description =
          "A store to put into the archive: dynamodb, redis, momento or documents (SSM, AppConfig,"
              + " S3). May be repeated.")
  private List<String> names = List.of();

  /** What stores read from the environment; in Lambda these variables are the function's own. */
  private static final List<String> VARIABLES =
      List.of(
          "ALLOW_LIST_PASSWORD",
          "AWS_ACCESS_KEY_ID",
          "AWS_DEFAULT_REGION",
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_DYNAMODB",
          "AWS_REGION",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "MOMENTO_API_KEY");

  /**
   * Returns a function's environment with the variables of this process that its stores need, and
   * with the credentials of whoever uses the command. It stays as it is without stores: what works
   * here must not depend on this machine.
   */
  public Map<String, String> with(Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    if (!isEmpty()) {
      for (String name : VARIABLES) {
        String value = System.getenv(name);
        if (value != null) {
          all.put(name, value);
        }
      }
    }
    if (names.contains("dynamodb") || names.contains("documents")) {
      PrintWriter err = command.commandLine().getErr();
      all.putAll(DeveloperCredentials.find(none -> err.println("corsage: " + none)));
    }
    return all;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Returns the jars of the stores, in the order of their names, each once. */
  List<Path> jars(Installation installation) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String name : names) {
      Path folder = installation.stores().resolve(name);
      if (!name.matches("[a-z]+") || !Files.isDirectory(folder)) {
        throw new ParameterException(
            command.commandLine(),
            "--store " + name + ": choose dynamodb, redis, momento or documents");
      }
      for (Path jar : Installation.jars(folder)) {
        if (jars.stream().noneMatch(other -> other.getFileName().equals(jar.getFileName()))) {
          jars.add(jar);
        }
      }
    }
    jars.sort(null);
    return jars;
  }

  /**
   * Returns the installation with the stores in the archives of both functions: the demo function
   * has the same policy.
   *
   * @param folder where the archives are written
   */
  public Installation into(Installation installation, Path folder) throws IOException {
    if (isEmpty()) {
      return installation;
    }
    Path archive = folder.resolve("corsage-lambda.zip");
    writeArchive(installation, installation.preflightFunction(), archive);
    Path demo = folder.resolve("corsage-demo.zip");
    writeArchive(installation, installation.demoFunction(), demo);
    return new Installation(
        installation.runtimeInterfaceClient(),
        installation.customRuntime(),
        archive,
        demo,
        installation.stores());
  }

  /** Writes the archive of a function with the stores, or as it is without any. */
  void writeArchive(Installation installation, Path function, Path archive) throws IOException {
    if (isEmpty()) {
      Files.copy(function, archive, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (TemporaryFolder folder = new TemporaryFolder("package")) {
      Path lib = Files.createDirectory(folder.path().resolve("lib"));
      unpack(function, lib);
      for (Path jar : jars(installation)) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
      DeploymentArchive.write(folder.path(), archive);
    }
  }

  /** Writes every jar of an archive into a folder. */
  static void unpack(Path archive, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream jar = zip.getInputStream(entry)) {
          Files.copy(jar, folder.resolve(Path.of(entry.getName()).getFileName().toString()));
        }
      }
    }
  }
}
