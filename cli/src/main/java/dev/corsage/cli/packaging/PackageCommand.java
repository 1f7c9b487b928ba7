package dev.corsage.cli.packaging;

import dev.corsage.cli.options.OwnFunction;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.demo.DemoFunction;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PreflightHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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
    description = {
      "Writes the archive to deploy: dist/corsage-lambda.zip below this folder.",
      "",
      "It is for the managed runtimes java17, java21 and java25; the handler is"
          + " dev.corsage.lambda.PreflightHandler. With --custom-runtime it is"
          + " dist/corsage-lambda-custom-runtime.zip, for provided.al2023 and the architecture of"
          + " this machine, with a reduced JDK 25 and an AOT cache: the fastest cold start. With"
          + " --function it does the same for a function of your own.",
      ""
    })
public final class PackageCommand implements Callable<Integer> {
  /** Of the log of a function that does not start. */
  private static final int SHOWN = 40;

  private static final String MANAGED = "java17, java21 or java25";

  @Spec private CommandSpec command;

  @Option(
      names = "--custom-runtime",
      description = "With a runtime of its own; needs a JDK 25 (JDK25_HOME, JAVA_HOME).")
  private boolean customRuntime;

  @Option(
      names = "--demo",
      description =
          "Also write dist/corsage-demo.zip: the wrapped demo function that the templates in"
              + " deploy/ use. For the managed runtimes.")
  private boolean demo;

  @Option(
      names = "--only-this-policy",
      description = {
        "With --custom-runtime: the AOT cache is for the policy in the environment variables"
            + " (ALLOWED_ORIGINS and so on) alone. The function starts faster with it, and slower"
            + " with a policy of another kind."
      })
  private boolean onlyThisPolicy;

  @Mixin private StoreOption stores;

  @ArgGroup(exclusive = false)
  private FunctionOptions function;

  private static final class FunctionOptions extends OwnFunction {
    @Option(
        names = "--event",
        paramLabel = "FILE",
        description =
            "An event (JSON) for the training run; may be repeated. If the function does not"
                + " respond to it, nothing is written. Default: requests and preflights of the"
                + " APIs whose events its handler takes.")
    private List<Path> events = List.of();

    @Option(
        names = "--add-modules",
        paramLabel = "NAMES",
        split = ",",
        description = "Modules of the JDK that it needs, and that cannot be found in its code.")
    private List<String> modules = List.of();

    private Path jar(CommandSpec command) {
      return archive(command, "jar");
    }
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
    if (onlyThisPolicy && (!customRuntime || function != null || !stores.isEmpty())) {
      throw new ParameterException(
          command.commandLine(),
          "--only-this-policy goes with --custom-runtime, and neither with --function nor with"
              + " --store");
    }
    if (function != null) {
      packageFunction(installation, folder);
    } else if (customRuntime) {
      packageCustomRuntime(installation, folder);
    } else {
      Path archive = folder.resolve("corsage-lambda.zip");
      stores.writeArchive(installation, installation.preflightFunction(), archive);
      report(archive, MANAGED, PreflightHandler.class.getName(), "any");
    }
    if (demo) {
      Path archive = folder.resolve("corsage-demo.zip");
      stores.writeArchive(installation, installation.demoFunction(), archive);
      report(archive, MANAGED, DemoFunction.class.getName(), "any");
    }
    return 0;
  }

  private void packageCustomRuntime(Installation installation, Path folder)
      throws GatewayException, IOException {
    Map<String, String> policy = policy();
    Jdk jdk = Jdk.find(System.getenv());
    Path archive = folder.resolve("corsage-lambda-custom-runtime.zip");
    PreflightRuntime.write(
        installation, stores.jars(installation), policy, jdk, archive, line -> {});
    report(archive, "provided.al2023", PreflightHandler.class.getName(), architecture());
  }

  /** Returns the variables of the policy to train with; none if it is every kind of policy. */
  private Map<String, String> policy() {
    if (!onlyThisPolicy) {
      return Map.of();
    }
    Map<String, String> policy = new HashMap<>(System.getenv());
    policy.keySet().removeIf(name -> !EnvironmentPolicy.concerns(name));
    if (!EnvironmentPolicy.isPolicy(policy)) {
      throw new ParameterException(
          command.commandLine(),
          "--only-this-policy: no environment variable has a policy; set ALLOWED_ORIGINS, for"
              + " example");
    }
    return policy;
  }

  private void packageFunction(Installation installation, Path folder)
      throws GatewayException, IOException {
    Path jar = function.jar(command);
    String name = jar.getFileName().toString();
    Jdk jdk = Jdk.find(System.getenv());
    List<byte[]> events = events();
    String base = name.substring(0, name.length() - 4) + "-custom-runtime";
    Path archive = folder.resolve(base + ".zip");
    Path written = folder.resolve(base + ".log");
    // Whoever looks for the archive must not find that of an earlier call.
    Files.deleteIfExists(archive);
    List<Outcome> outcomes;
    try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(written))) {
      outcomes =
          new UserFunction(jar, function.handler(), events, function.variables(), function.modules)
              .write(installation, jdk, archive, log::println);
    } catch (GatewayException | IOException failed) {
      // That a function does not start is what people have to read: the end of its log.
      tail(written).forEach(command.commandLine().getErr()::println);
      throw failed;
    }
    checkOwn(outcomes, archive, written);
    report(archive, "provided.al2023", function.handler(), architecture());
    long responded = outcomes.stream().filter(outcome -> outcome.failure() == null).count();
    PrintWriter out = command.commandLine().getOut();
    out.printf("  training responded to %d of %d events%n", responded, events.size());
    out.printf("  log      %s%n", written);
    out.flush();
  }

  /** An event that the user chose has to work: the function is not what they think it is. */
  private void checkOwn(List<Outcome> outcomes, Path archive, Path log)
      throws GatewayException, IOException {
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < function.events.size(); i++) {
      String failure = outcomes.get(i).failure();
      if (failure != null) {
        failed.add("--event " + function.events.get(i) + ": " + failure);
      }
    }
    if (!failed.isEmpty()) {
      Files.deleteIfExists(archive);
      throw new GatewayException(
          String.join("\n", failed) + "\nNothing was written; the function's log is in " + log);
    }
  }

  private static List<String> tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
  }

  private List<byte[]> events() throws IOException {
    if (function.events.isEmpty()) {
      return HandlerEvents.of(function.jar(command), function.handler());
    }
    List<byte[]> events = new ArrayList<>();
    for (Path event : function.events) {
      events.add(
          Files.readAllBytes(
              PolicyOption.readable(command.commandLine(), "--event " + event, event)));
    }
    return events;
  }

  /** Returns Lambda's name for the architecture. */
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
    ArchiveSize.warning(bytes.length)
        .ifPresent(
            warning -> {
              command.commandLine().getErr().println("corsage: " + archive + ": " + warning);
              command.commandLine().getErr().flush();
            });
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
