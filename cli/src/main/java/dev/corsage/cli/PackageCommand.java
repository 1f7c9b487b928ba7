package dev.corsage.cli;

import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.GatewayException;
import dev.corsage.gateway.Installation;
import dev.corsage.lambda.SampleEvents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes the archive to deploy: dist/corsage-lambda.zip below this folder.",
      "",
      "It is for the managed runtimes java17, java21 and java25; the handler is"
          + " dev.corsage.lambda.PreflightHandler. With --custom-runtime it is"
          + " dist/corsage-lambda-custom-runtime.zip, for provided.al2023 and this machine's"
          + " architecture, with a JDK 25 cut down and an AOT cache: the fastest cold start. With"
          + " --function the same is made of a function of your own.",
      ""
    })
final class PackageCommand implements Callable<Integer> {
  private static final String MANAGED = "java17, java21 or java25";

  @Spec private CommandSpec command;

  @Option(
      names = "--custom-runtime",
      description = "With a runtime of its own; needs a JDK 25 (JDK25_HOME, JAVA_HOME).")
  private boolean customRuntime;

  @Option(
      names = "--demo",
      description =
          "Also dist/corsage-demo.zip: the wrapped function of the demo, which the templates below"
              + " deploy/ have behind their API. For the managed runtimes.")
  private boolean demo;

  @Mixin private StoreOption stores;

  @ArgGroup(exclusive = false)
  private FunctionOptions function;

  private static final class FunctionOptions {
    @Option(
        names = "--function",
        paramLabel = "JAR",
        required = true,
        description = "Your function with all its libraries, in place of the preflight function.")
    private Path jar;

    @Option(
        names = "--handler",
        paramLabel = "CLASS",
        required = true,
        description = "Its handler, as you configure it in Lambda.")
    private String handler;

    @Option(
        names = "--event",
        paramLabel = "FILE",
        description =
            "An event (JSON) for the training run; may be repeated. Without any: requests and"
                + " preflights of every kind of API.")
    private List<Path> events = List.of();

    @Option(
        names = "--variable",
        paramLabel = "NAME=VALUE",
        description = "A variable of its environment in the training run; may be repeated.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
        names = "--add-modules",
        paramLabel = "NAMES",
        split = ",",
        description = "Modules of the JDK that it needs and that its code does not show.")
    private List<String> modules = List.of();
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createDirectories(Path.of("dist"));
    Installation installation = Home.installation();
    if (function != null && !stores.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "--store is for the preflight function; put the store into your own jar");
    }
    if (function != null) {
      packageFunction(installation, folder);
    } else if (customRuntime) {
      packageCustomRuntime(installation, folder);
    } else {
      Path archive = folder.resolve("corsage-lambda.zip");
      stores.writeArchive(installation, installation.preflightFunction(), archive);
      report(archive, MANAGED, "dev.corsage.lambda.PreflightHandler", "any");
    }
    if (demo) {
      Path archive = folder.resolve("corsage-demo.zip");
      stores.writeArchive(installation, installation.demoFunction(), archive);
      report(archive, MANAGED, "dev.corsage.gateway.demo.DemoFunction", "any");
    }
    return 0;
  }

  private void packageCustomRuntime(Installation installation, Path folder)
      throws GatewayException, IOException {
    Jdk jdk = Jdk.find(System.getenv());
    Path archive = folder.resolve("corsage-lambda-custom-runtime.zip");
    PreflightRuntime.write(installation, stores.jars(installation), jdk, archive, line -> {});
    report(archive, "provided.al2023", "dev.corsage.lambda.PreflightHandler", architecture());
  }

  private void packageFunction(Installation installation, Path folder)
      throws GatewayException, IOException {
    String name = function.jar.getFileName().toString();
    if (!name.endsWith(".jar") || !Files.isRegularFile(function.jar)) {
      throw new ParameterException(
          command.commandLine(), "--function " + function.jar + ": there is no such jar");
    }
    Jdk jdk = Jdk.find(System.getenv());
    List<byte[]> events = events();
    PrintWriter err = command.commandLine().getErr();
    Path archive = folder.resolve(name.substring(0, name.length() - 4) + "-custom-runtime.zip");
    int responded =
        new UserFunction(
                function.jar, function.handler, events, function.variables, function.modules)
            .write(installation, jdk, archive, err::println);
    report(archive, "provided.al2023", function.handler, architecture());
    PrintWriter out = command.commandLine().getOut();
    out.printf("  responded to %d of %d events in the training run%n", responded, events.size());
    out.flush();
  }

  private List<byte[]> events() throws IOException {
    if (function.events.isEmpty()) {
      return SampleEvents.all();
    }
    List<byte[]> events = new ArrayList<>();
    for (Path event : function.events) {
      events.add(Files.readAllBytes(event));
    }
    return events;
  }

  /** Returns the architecture by the name that Lambda gives it. */
  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm64";
      default -> name + ", which Lambda does not have";
    };
  }

  private void report(Path archive, String runtime, String handler, String architecture)
      throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    PrintWriter out = command.commandLine().getOut();
    out.printf("%s  %d KB%n", archive, (bytes.length + 1023) / 1024);
    out.printf("  runtime  %s%n", runtime);
    out.printf("  handler  %s%n", handler);
    if (!architecture.equals("any")) {
      out.printf("  machine  %s%n", architecture);
    }
    out.printf("  sha256   %s%n", HexFormat.of().formatHex(sha256(bytes)));
    out.flush();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
