package dev.corsage.cli;

import dev.corsage.Problem;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.ApiType;
import dev.corsage.gateway.Installation;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.TemplateGateway;
import dev.corsage.gateway.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a local API Gateway with the packaged function on its OPTIONS route.",
      "",
      "Without options there is a small policy, a demo API, and a page on two other origins: one"
          + " that the policy allows, one that it does not. The policy comes from --policy, or from"
          + " the function's own variables (ALLOWED_ORIGINS and its kin, CORS_POLICY).",
      "",
      "With --template the APIs of an AWS SAM or CloudFormation template run instead: their routes,"
          + " functions and environments, and what of AWS's own would come between.",
      ""
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Mixin private StoreOption stores;

  @Mixin private TemplateOption template;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description =
          "The API's port; the pages take the next two. 0 chooses free ones. Default: 8080.")
  private int port;

  @Option(
      names = "--api",
      paramLabel = "TYPE",
      defaultValue = "http-v2",
      description =
          "What invokes the functions, and so the format of events: http-v1, http-v2, rest,"
              + " function-url, alb. Default: http-v2.")
  private String api;

  @Option(
      names = "--backend",
      paramLabel = "URL",
      description =
          "A server of yours that takes the place of the demo; its responses get their headers by"
              + " the same policy.")
  private String backend;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "29",
      description = "How long a function may take for a request. Default: 29, API Gateway's own.")
  private int timeout;

  @Override
  public Integer call() throws Exception {
    if (template.isGiven()) {
      return serveTemplate();
    }
    try (TemporaryFolder folder = new TemporaryFolder();
        ServeLog log = new ServeLog(command.commandLine().getOut());
        LocalGateway gateway =
            options(stores.into(Home.installation(), folder.path())).log(log).start()) {
      log.welcome(gateway, type(), backend());
      waitForEnd(gateway::close, folder);
    }
    return 0;
  }

  private int serveTemplate() throws Exception {
    checkNumbers();
    // The template says all of this; what is given twice would be lost once.
    for (String option : List.of("--policy", "--api", "--backend")) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrong(option + " does not go together with --template");
      }
    }
    Template read = template.read(command.commandLine());
    new ProblemPrinter(new Terminal(command.commandLine()))
        .print(
            read.problems().stream()
                .filter(problem -> problem.severity() != Problem.Severity.INFO)
                .toList());
    try (TemporaryFolder folder = new TemporaryFolder();
        ServeLog log = new ServeLog(command.commandLine().getOut());
        TemplateGateway gateway =
            TemplateGateway.start(
                stores.into(Home.installation(), folder.path()),
                read,
                stores.with(Map.of()),
                port,
                Duration.ofSeconds(timeout),
                log)) {
      log.welcome(template.name(), read, gateway);
      waitForEnd(gateway::close, folder);
    }
    return 0;
  }

  private void checkNumbers() {
    if (port < 0 || port > 65_533) {
      throw wrong("--port " + port + ": a port is a number from 0 to 65533 here");
    }
    if (timeout < 1) {
      throw wrong("--timeout " + timeout + ": at least one second is needed");
    }
  }

  private LocalGateway.Builder options(Installation installation) throws IOException {
    checkNumbers();
    LocalGateway.Builder builder =
        LocalGateway.builder(installation)
            .port(port)
            .type(type())
            .variables(stores.with(policy.variables()))
            .timeout(Duration.ofSeconds(timeout));
    if (backend != null) {
      try {
        builder.backend(backend());
      } catch (IllegalArgumentException unusable) {
        throw wrong("--backend " + unusable.getMessage());
      }
    }
    return builder;
  }

  private URI backend() {
    try {
      return backend == null ? null : new URI(backend);
    } catch (URISyntaxException noUrl) {
      throw wrong("--backend " + backend + " is no URL");
    }
  }

  private ApiType type() {
    return ApiType.of(api)
        .orElseThrow(
            () ->
                wrong(
                    "--api "
                        + api
                        + ": choose one of "
                        + Arrays.stream(ApiType.values())
                            .map(ApiType::toString)
                            .collect(Collectors.joining(", "))));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Waits until the process is told to end, and then ends the functions. */
  private static void waitForEnd(Runnable closeGateway, TemporaryFolder folder)
      throws InterruptedException {
    Thread end =
        new Thread(
            () -> {
              closeGateway.run();
              folder.delete();
            },
            "corsage-shutdown");
    Runtime.getRuntime().addShutdownHook(end);
    new CountDownLatch(1).await();
  }
}
