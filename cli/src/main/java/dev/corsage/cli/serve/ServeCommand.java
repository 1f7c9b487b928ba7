package dev.corsage.cli.serve;

import dev.corsage.Problem;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TemplateOption;
import dev.corsage.cli.packaging.Home;
import dev.corsage.cli.packaging.StoreOption;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.LocalCertificate;
import dev.corsage.gateway.function.TemporaryFolder;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Runs a local API Gateway with the packaged function on its OPTIONS route.",
      "",
      "Open the console, whose address it prints: it shows every call as it comes and why it was"
          + " refused, tries another policy, and sends calls from two pages on other origins.",
      "",
      "Without options there is a small policy, which allows one of these pages, and a demo API."
          + " The policy comes from --policy, or from the function's own variables"
          + " (ALLOWED_ORIGINS and the variables with it, CORS_POLICY).",
      "",
      "With --function a function of yours takes the place of the demo, and starts again when its"
          + " jar has changed.",
      "",
      "With --template it runs the APIs of an AWS SAM or CloudFormation template instead: their"
          + " routes, functions and environments, and what AWS puts between them.",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Mixin private StoreOption stores;

  @Mixin private TemplateOption template;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description =
          "The port of the API; two pages and the console take the next three that are free. 0"
              + " chooses free ones. Default: 8080.")
  private int port;

  @Option(
      names = "--api",
      paramLabel = "TYPE",
      defaultValue = "http-v2",
      description =
          "The kind of API, which decides the format of events: http-v1, http-v2, rest,"
              + " function-url, alb. Default: http-v2.")
  private String api;

  @Option(
      names = "--backend",
      paramLabel = "URL",
      description =
          "A server of yours that takes the place of the demo. The policy responds to preflights;"
              + " every other request reaches the server, and its responses get the headers of the"
              + " policy.")
  private String backend;

  @ArgGroup(exclusive = false)
  private FunctionOptions function;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description =
          "A name that you have mapped to this machine; may be repeated. Requests to names other"
              + " than localhost, *.localhost, loopback addresses and these are refused.")
  private List<String> hostNames = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "29",
      description = "How long a function may take for a request. Default: 29, as API Gateway.")
  private int timeout;

  @Option(
      names = "--tls",
      description =
          "Serves https instead of http, with a certificate for this machine alone. It is made"
              + " once and kept; serve prints where it is, to trust it.")
  private boolean tls;

  @Override
  public Integer call() throws Exception {
    checkNumbers();
    Template read = template.isGiven() ? readTemplate() : null;
    LocalCertificate certificate = tls ? certificate() : null;
    try (TemporaryFolder folder = new TemporaryFolder("serve");
        ServeLog log =
            new ServeLog(
                new Terminal(command.commandLine()), folder.path().resolve("functions.log"));
        LocalGateway gateway = options(folder.path(), read, certificate).log(log).start()) {
      if (certificate != null) {
        log.certificate(certificate.file());
      }
      if (read == null) {
        log.welcome(gateway, type(), backend());
      } else {
        log.welcome(read, gateway);
      }
      // On a signal: ends the functions; their folders and this one are deleted by hooks of theirs.
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "corsage-shutdown"));
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private Template readTemplate() throws IOException {
    // The template has all of this; one of two values would be lost.
    for (String option : List.of("--policy", "--api", "--backend", "--function")) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrong(option + " does not go together with --template");
      }
    }
    Template read = template.read(command.commandLine());
    new ProblemPrinter(new Terminal(command.commandLine()))
        .print(
            TemplateRules.problems(read).stream()
                .filter(problem -> problem.severity() != Problem.Severity.INFO)
                .toList());
    return read;
  }

  private void checkNumbers() {
    if (port < 0 || port > 65_532) {
      throw wrong("--port " + port + ": a port is a number from 0 to 65532 here");
    }
    if (timeout < 1) {
      throw wrong("--timeout " + timeout + ": at least one second is needed");
    }
  }

  /** It outlives this process, or it would have to be trusted again each time. */
  private LocalCertificate certificate() throws GatewayException {
    String data = System.getenv("XDG_DATA_HOME");
    Path folder =
        data == null || !data.startsWith("/")
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    try {
      List<String> names = hostNames.stream().map(Guard::checkName).toList();
      return LocalCertificate.in(folder.resolve("corsage"), names);
    } catch (IllegalArgumentException unusable) {
      throw wrong("--host-name " + unusable.getMessage());
    }
  }

  private LocalGateway.Builder options(Path folder, Template read, LocalCertificate certificate)
      throws IOException {
    LocalGateway.Builder builder =
        LocalGateway.builder(stores.into(Home.installation(), folder))
            .port(port)
            .timeout(function == null ? Duration.ofSeconds(timeout) : function.timeout(timeout))
            .advice(new ServeAdvice());
    if (certificate != null) {
      builder.certificate(certificate);
    }
    try {
      builder.hostNames(hostNames);
    } catch (IllegalArgumentException unusable) {
      throw wrong("--host-name " + unusable.getMessage());
    }
    if (read != null) {
      return builder.template(read).variables(stores.with(Map.of()));
    }
    builder.type(type()).variables(stores.with(policy.variables()));
    if (function != null) {
      if (backend != null) {
        throw wrong("--backend does not go together with --function");
      }
      builder.function(function.jar(command), function.handler(), function.variables());
    }
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
    } catch (URISyntaxException malformed) {
      throw wrong("--backend " + Secrets.masked(backend) + " is not a URL");
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
}
