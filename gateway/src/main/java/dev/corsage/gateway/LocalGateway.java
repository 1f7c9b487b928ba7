package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.FunctionSetup.Start;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiHandler;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.LocalCertificate;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.api.WebSocketApi;
import dev.corsage.gateway.console.CallLog;
import dev.corsage.gateway.console.ConsoleAdvice;
import dev.corsage.gateway.console.ConsoleHandler;
import dev.corsage.gateway.console.ConsoleSetup;
import dev.corsage.gateway.console.LivePolicy;
import dev.corsage.gateway.console.PageHandler;
import dev.corsage.gateway.demo.DemoFunction;
import dev.corsage.gateway.function.FunctionException;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.LambdaIntegration;
import dev.corsage.gateway.function.LocalFunction;
import dev.corsage.gateway.function.WebSockets;
import dev.corsage.gateway.template.Template;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;

/**
 * A running local API Gateway: one API made by hand, or the APIs of a template, with the console
 * and the pages that it sends calls from; each on a port of its own.
 *
 * <p>Safe for use by many threads. {@link #close} ends the processes of the functions and deletes
 * what they were unpacked to.
 */
public final class LocalGateway implements AutoCloseable {
  private final Builder options;
  private final CallLog calls = new CallLog();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private List<Endpoint> endpoints = List.of();
  private List<WebSocketEndpoint> webSockets = List.of();
  private List<String> pageOrigins = List.of();
  private List<FunctionSetup> functions = List.of();
  private String consoleUrl;
  private CorsDecider policy;

  /** An API and its origin, such as {@code http://localhost:8080}. */
  public record Endpoint(Api api, String origin) {}

  /** A WebSocket API and its URL, such as {@code ws://localhost:8081}. */
  public record WebSocketEndpoint(WebSocketApi api, String url) {}

  private LocalGateway(Builder options) {
    this.options = options;
  }

  /** Returns a builder of a gateway for the functions of an installation. */
  public static Builder builder(Installation installation) {
    return new Builder(Objects.requireNonNull(installation, "installation"));
  }

  private void start(ApiSource source) throws GatewayException, IOException {
    List<WebSocketApi> sockets = source.webSocketApis();
    if (source.apis() + sockets.size() == 0) {
      throw new GatewayException("There is no API in the template: nothing can run.");
    }
    // The ports come first: the policy of the demo names them, and one in use ends it here.
    Ports ports = new Ports(options.port, options.certificate, running);
    List<Server> apis = ports.open(0, source.apis());
    List<Server> socketServers = ports.open(source.apis(), sockets.size());
    int next = source.apis() + sockets.size();
    List<Server> pages = List.of(ports.openNear(next), ports.openNear(next + 1));
    Server console = ports.openNear(next + 2);
    List<String> apiOrigins = apis.stream().map(Loopback::origin).toList();
    pageOrigins = pages.stream().map(Loopback::origin).toList();
    ApiSource.Plan plan = source.plan(apiOrigins, pageOrigins);
    policy = plan.policy();
    functions = plan.functions();
    Stream.concat(Stream.ofNullable(policy), functions.stream().map(FunctionSetup::policy))
        .filter(Objects::nonNull)
        .distinct()
        .forEach(owned -> running.push(owned::close));
    notes.addAll(plan.notes());
    Map<String, LocalFunction> started = new HashMap<>();
    Map<String, LambdaIntegration> integrations = new HashMap<>();
    for (FunctionSetup function : functions) {
      boolean ownTimeout =
          function.timeout() != null && function.timeout().compareTo(options.timeout) < 0;
      LocalFunction local = start(function, ownTimeout ? function.timeout() : options.timeout);
      started.put(function.id(), local);
      integrations.put(function.id(), new LambdaIntegration(local, function.policy(), ownTimeout));
    }
    Guard guard = Guard.ofNames(options.hostNames, options.log::requestRefused);
    endpoints = new ArrayList<>();
    for (int i = 0; i < apis.size(); i++) {
      Server server = apis.get(i);
      Api api = plan.apis().get(i);
      endpoints.add(new Endpoint(api, apiOrigins.get(i)));
      // Closed first: nothing new comes in while the functions end.
      running.push(() -> Loopback.stop(server));
      Loopback.start(
          server, guard, new ApiHandler(api, integrations, options.timeout, this::record));
    }
    webSockets = new ArrayList<>();
    for (int i = 0; i < sockets.size(); i++) {
      Server server = socketServers.get(i);
      WebSocketApi api = sockets.get(i);
      webSockets.add(
          new WebSocketEndpoint(api, Loopback.origin(server).replaceFirst("^http", "ws")));
      running.push(() -> Loopback.stop(server));
      Loopback.start(
          server, guard, WebSockets.handler(server, api, started, options.log::requestRefused));
    }
    for (Server page : pages) {
      Loopback.start(page, guard, new PageHandler(Loopback.origin(console), apiOrigins));
    }
    start(console, guard, source, plan, started);
  }

  private void start(
      Server console,
      Guard guard,
      ApiSource source,
      ApiSource.Plan plan,
      Map<String, LocalFunction> started)
      throws IOException {
    Map<String, String> descriptions = new HashMap<>();
    functions.forEach(function -> descriptions.put(function.id(), function.description()));
    ConsoleSetup setup =
        new ConsoleSetup(
            Loopback.origin(console),
            source.title(),
            endpoints.stream()
                .map(endpoint -> new ConsoleSetup.ServedApi(endpoint.api(), endpoint.origin()))
                .toList(),
            pageOrigins,
            descriptions,
            plan.findings(),
            source.isDemo());
    FunctionRestarts restarts = new FunctionRestarts(List.copyOf(started.values()));
    running.push(restarts);
    LivePolicy live =
        plan.policy() == null
            ? LivePolicy.ofEachFunction()
            : LivePolicy.of(plan.policy(), plan.variables(), source.isPolicyGiven(), restarts);
    ConsoleHandler handler = new ConsoleHandler(setup, calls, live, options.advice);
    consoleUrl = handler.url();
    // Before its server, which waits for the streams of open pages.
    running.push(calls);
    Loopback.start(console, guard, handler);
  }

  private LocalFunction start(FunctionSetup setup, Duration timeout)
      throws GatewayException, IOException {
    LocalFunction function =
        new LocalFunction(
            setup.id(),
            setup.handler(),
            setup.files(),
            setup.interpreter(),
            options.installation.runtimeInterfaceClient(),
            setup.variables(),
            timeout,
            line -> options.log.functionOutput(setup.id(), line));
    running.push(function);
    if (setup.start() == Start.ON_DEMAND) {
      return function;
    }
    try {
      function.start();
    } catch (FunctionException failed) {
      if (setup.start() == Start.REQUIRED) {
        throw new GatewayException(failed.visibleMessage());
      }
      notes.add(setup.id() + ": " + failed.visibleMessage());
    }
    return function;
  }

  private void record(Exchange exchange) {
    calls.add(exchange);
    options.log.exchange(exchange);
  }

  /** Returns the APIs, in the order of the template. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** Returns the WebSocket APIs, in the order of the template. */
  public List<WebSocketEndpoint> webSockets() {
    return List.copyOf(webSockets);
  }

  /** Returns the origin of the first API, such as {@code http://localhost:8080}. */
  public String apiOrigin() {
    return endpoints.get(0).origin();
  }

  /** Returns the address of the console, with the token that lets its page change the policy. */
  public String consoleUrl() {
    return consoleUrl;
  }

  /** Returns the origins of the pages that the console sends calls from. */
  public List<String> pageOrigins() {
    return pageOrigins;
  }

  /** Returns the policy of the API; null with a template, where each function has its own. */
  public CorsDecider policy() {
    return policy;
  }

  /** Returns the functions, in the order of the template. */
  public List<FunctionSetup> functions() {
    return functions;
  }

  /** Returns which functions do not run as they should, and why. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception failed) {
        options.log.functionOutput("gateway", "Closing failed: " + failed);
      }
    }
  }

  /** Collects the options of a gateway. */
  public static final class Builder {
    private final Installation installation;
    private int port;
    private List<String> hostNames = List.of();
    private Duration timeout = Duration.ofSeconds(29);
    private Map<String, String> variables = Map.of();
    private GatewayLog log;
    private ConsoleAdvice advice = ConsoleAdvice.NONE;
    private LocalCertificate certificate;
    private Template template;
    private ApiType type = ApiType.HTTP_V2;
    private String handler = DemoFunction.class.getName();
    private Path archive;
    private Map<String, String> functionVariables = Map.of();
    private URI backend;

    private Builder(Installation installation) {
      this.installation = installation;
      archive = installation.demoFunction();
    }

    /**
     * Sets the port of the first API; further APIs take the next ones, then two pages and the
     * console those that are free after them. 0, the default, chooses free ones.
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /**
     * Sets further names of this machine, in addition to {@code localhost}, names below it and
     * loopback addresses. Requests to any other name are refused: it could be that of a page of an
     * attacker (DNS rebinding).
     *
     * @param names host names without ports
     * @throws IllegalArgumentException if something is not a host name; the message says why
     */
    public Builder hostNames(Collection<String> names) {
      hostNames = names.stream().map(Guard::checkName).toList();
      return this;
    }

    /**
     * Sets the environment variables of the functions, see {@link EnvironmentPolicy}; without a
     * policy in them that of the demo applies. With a template, sets those that every function has
     * in addition to its own: on AWS they come from its role.
     */
    public Builder variables(Map<String, String> environment) {
      variables = Map.copyOf(environment);
      return this;
    }

    /** Sets how long a function may take for an event; 29 seconds, AWS's limit, by default. */
    public Builder timeout(Duration duration) {
      timeout = Objects.requireNonNull(duration, "duration");
      return this;
    }

    /** Sets the certificate of all servers, which speak TLS then; without one they do not. */
    public Builder certificate(LocalCertificate ofThisMachine) {
      certificate = Objects.requireNonNull(ofThisMachine, "ofThisMachine");
      return this;
    }

    /** Sets what is told what happens; required. */
    public Builder log(GatewayLog listener) {
      log = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** Sets what the console knows beyond the gateway; nothing by default. */
    public Builder advice(ConsoleAdvice consoleAdvice) {
      advice = Objects.requireNonNull(consoleAdvice, "consoleAdvice");
      return this;
    }

    /** Sets a template, whose APIs and functions run in place of the API made by hand. */
    public Builder template(Template read) {
      template = Objects.requireNonNull(read, "read");
      return this;
    }

    /** Sets the kind of the API made by hand, which decides the format of the events. */
    public Builder type(ApiType apiType) {
      type = Objects.requireNonNull(apiType, "apiType");
      return this;
    }

    /**
     * Sets a function to call in place of the demo function.
     *
     * @param functionArchive the archive as it is deployed: classes, or jars below {@code lib/}
     * @param functionHandler the class that implements the handler
     */
    public Builder function(Path functionArchive, String functionHandler) {
      return function(functionArchive, functionHandler, Map.of());
    }

    /**
     * Sets a function to call in place of the demo function. When its archive is written again, the
     * next event reaches the new one.
     *
     * @param functionArchive the archive as it is deployed: classes, or jars below {@code lib/}
     * @param functionHandler the handler, as it is configured
     * @param ownVariables what its environment has beside {@link #variables}
     */
    public Builder function(
        Path functionArchive, String functionHandler, Map<String, String> ownVariables) {
      functionVariables = Map.copyOf(ownVariables);
      handler = Objects.requireNonNull(functionHandler, "functionHandler");
      archive = Objects.requireNonNull(functionArchive, "functionArchive");
      return this;
    }

    /**
     * Sets a server to call in place of the functions. The policy responds to preflights; every
     * other request reaches the server, and its responses get the headers of the policy.
     *
     * @param server an http or https URL: host, port and path
     * @throws IllegalArgumentException if it is not such a URL
     */
    public Builder backend(URI server) {
      Target.Backend.checkUrl(server);
      backend = server;
      return this;
    }

    /**
     * Starts the gateway; returns when it takes requests.
     *
     * @throws GatewayException if there is no API, a port is in use, the policy does not build or a
     *     function's init fails; its message says why
     * @throws IOException if the machine refuses something else that is needed
     */
    public LocalGateway start() throws GatewayException, IOException {
      Objects.requireNonNull(log, "log");
      LocalGateway gateway = new LocalGateway(this);
      try {
        gateway.start(
            template == null
                ? new DemoSource(
                    installation, type, variables, functionVariables, handler, archive, backend)
                : new TemplateSource(installation, template, variables));
        return gateway;
      } catch (GatewayException | IOException | RuntimeException failed) {
        gateway.close();
        throw failed;
      }
    }
  }
}
