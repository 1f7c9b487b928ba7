package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.gateway.RouteHandler.Target;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateApi;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.eclipse.jetty.server.Server;

/**
 * The APIs of a template, running on this machine, each on a port of its own.
 *
 * <p>The preflight function runs as it is packaged. Other functions run from their archives where
 * these are Java and on this machine; for the rest a function of ours stands in, with the same
 * environment. Safe for use by many threads. {@link #close} ends the processes of the functions.
 */
public final class TemplateGateway implements AutoCloseable {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
  private static final String STAND_IN = "dev.corsage.gateway.demo.StandIn";

  /** An API and the origin where it is, such as {@code http://localhost:8080}. */
  public record Endpoint(TemplateApi api, String origin) {}

  /** What runs a function. */
  public enum RunsAs {
    /** The preflight function of this installation. */
    PREFLIGHT,
    /** The demo function of this installation. */
    DEMO,
    /** Its own archive. */
    ARCHIVE,
    /** A function that responses in its place. */
    STAND_IN
  }

  private final Installation installation;
  private final Template template;
  private final Map<String, String> credentials;
  private final Duration timeout;
  private final GatewayLog log;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<String> notStarted = new ArrayList<>();

  private TemplateGateway(
      Installation installation,
      Template template,
      Map<String, String> credentials,
      Duration timeout,
      GatewayLog log) {
    this.installation = installation;
    this.template = template;
    this.credentials = credentials;
    this.timeout = timeout;
    this.log = log;
  }

  /**
   * Starts all APIs; returns when they take requests.
   *
   * @param credentials variables that every function has beside its own: what its role is on AWS
   * @param port the port of the first API; the others take the next ones. 0 chooses free ones
   * @param timeout how long a function may take for an event
   * @throws GatewayException if there is no API, or a port is taken; its message says why
   * @throws IOException if the machine refuses something else that is needed
   */
  public static TemplateGateway start(
      Installation installation,
      Template template,
      Map<String, String> credentials,
      int port,
      Duration timeout,
      GatewayLog log)
      throws GatewayException, IOException {
    TemplateGateway gateway =
        new TemplateGateway(
            Objects.requireNonNull(installation, "installation"),
            Objects.requireNonNull(template, "template"),
            Map.copyOf(credentials),
            Objects.requireNonNull(timeout, "timeout"),
            Objects.requireNonNull(log, "log"));
    try {
      gateway.start(port);
      return gateway;
    } catch (GatewayException | IOException | RuntimeException failed) {
      gateway.close();
      throw failed;
    }
  }

  private void start(int port) throws GatewayException, IOException {
    if (template.apis().isEmpty()) {
      throw new GatewayException("There is no API in the template: nothing can run.");
    }
    List<Server> servers = new ArrayList<>();
    for (TemplateApi api : template.apis()) {
      Server server = Loopback.server(port == 0 ? 0 : port + servers.size(), IDLE_TIMEOUT);
      running.push(() -> Loopback.stop(server));
      Loopback.take(server);
      servers.add(server);
      endpoints.add(new Endpoint(api, "http://localhost:" + Loopback.port(server)));
    }
    Map<String, Target> functions = new HashMap<>();
    for (TemplateFunction function : template.functions().values()) {
      functions.put(function.id(), new Target(start(function), policy(function)));
    }
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      // Closed first: nothing new comes in while the functions end.
      running.push(() -> Loopback.stop(server));
      server.setHandler(new RouteHandler(endpoints.get(i).api(), functions, log::exchange));
      Loopback.start(server);
    }
  }

  /** Only the preflight function's process starts at once: a template may have many others. */
  private LocalFunction start(TemplateFunction function) throws IOException {
    RunsAs runsAs = runsAs(function);
    LocalFunction local;
    try {
      local = function(function, runsAs);
    } catch (ZipException unreadable) {
      notStarted.add(function.id() + ": its archive cannot be read; a function of ours stands in");
      return function(function, RunsAs.STAND_IN);
    }
    if (runsAs == RunsAs.PREFLIGHT) {
      try {
        local.start();
      } catch (FunctionException failed) {
        // As on AWS: every call fails then, and tries again.
        notStarted.add(function.id() + ": " + failed.getMessage());
      }
    }
    return local;
  }

  private LocalFunction function(TemplateFunction function, RunsAs runsAs) throws IOException {
    LocalFunction local =
        new LocalFunction(
            function.id(),
            runsAs == RunsAs.STAND_IN ? STAND_IN : function.handler(),
            archive(function, runsAs),
            installation.runtimeInterfaceClient(),
            variables(function),
            timeout,
            line -> log.functionOutput(function.id(), line));
    running.push(local);
    return local;
  }

  private Map<String, String> variables(TemplateFunction function) {
    Map<String, String> variables = new HashMap<>(credentials);
    variables.putAll(function.variables());
    return variables;
  }

  private Path archive(TemplateFunction function, RunsAs runsAs) {
    return switch (runsAs) {
      case PREFLIGHT -> installation.preflightFunction();
      case ARCHIVE -> function.code();
      case DEMO, STAND_IN -> installation.demoFunction();
    };
  }

  /** Returns the policy of a function, to say why it refused; null if that is not known here. */
  private static CorsDecider policy(TemplateFunction function) {
    boolean known =
        function.unresolved().stream().noneMatch(EnvironmentPolicy::concerns)
            && !asksStore(function.variables());
    try {
      return known && function.hasPolicy() ? EnvironmentPolicy.read(function.variables()) : null;
    } catch (InvalidPolicyException invalid) {
      // The problems of the template have it.
      return null;
    }
  }

  /** A store is the function's to ask, with its role, not this process's. */
  private static boolean asksStore(Map<String, String> variables) {
    return variables.containsKey("ALLOW_LIST")
        || variables.getOrDefault("CORS_POLICY", "").contains("\"allowList\"")
        || EnvironmentPolicy.isElsewhere(variables);
  }

  /** Tells what runs a function of a template. */
  public static RunsAs runsAs(TemplateFunction function) {
    if (function.isPreflight()) {
      return RunsAs.PREFLIGHT;
    }
    if (function.isRunnable()) {
      return RunsAs.ARCHIVE;
    }
    return function.handler().equals(LocalGateway.DEMO_HANDLER) ? RunsAs.DEMO : RunsAs.STAND_IN;
  }

  /** Returns where the APIs are, in the order of the template. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** Returns the functions that do not start, and why; routes to them answer 502. */
  public List<String> notStarted() {
    return List.copyOf(notStarted);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception failed) {
        log.functionOutput("gateway", "Closing failed: " + failed);
      }
    }
  }
}
