package dev.corsage.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jetty.server.Server;

/**
 * A running local API Gateway: the API, the functions behind it and the pages of the demo.
 *
 * <p>Safe for use by many threads. {@link #close} ends the processes of the functions.
 */
public final class LocalGateway implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
  static final String PREFLIGHT_HANDLER = "dev.corsage.lambda.PreflightHandler";
  static final String DEMO_HANDLER = "dev.corsage.gateway.demo.DemoFunction";

  private final Builder options;
  private final ExchangeLog exchanges = new ExchangeLog();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private CorsDecider policy;
  private Map<String, String> variables;
  private String policyJson;
  private String apiOrigin;
  private List<String> pageOrigins;

  private LocalGateway(Builder options) {
    this.options = options;
  }

  /** Returns a builder of a gateway for the functions of an installation. */
  public static Builder builder(Installation installation) {
    return new Builder(Objects.requireNonNull(installation, "installation"));
  }

  private void start() throws GatewayException, IOException {
    // The ports come first: the policy of the demo names them, and a taken one ends it here.
    Server api = open(Loopback.server(options.port, IDLE_TIMEOUT));
    apiOrigin = "http://localhost:" + Loopback.port(api);
    if (options.backend != null && Backend.isAt(options.backend, Loopback.port(api))) {
      throw new GatewayException(options.backend + " is the gateway itself. Choose another port.");
    }
    List<Server> pages =
        options.backend == null ? List.of(open(page(1)), open(page(2))) : List.of();
    pageOrigins = pages.stream().map(page -> "http://localhost:" + Loopback.port(page)).toList();
    variables = new TreeMap<>(options.variables);
    if (!EnvironmentPolicy.isPolicy(variables)) {
      variables.putAll(demoVariables());
    }

    LocalFunction preflight =
        start("preflight", PREFLIGHT_HANDLER, options.installation.preflightFunction());
    LocalFunction integration =
        options.backend == null
            ? start(options.functionName, options.functionHandler, options.functionArchive)
            : null;
    // The function's init has said so if it could not be read.
    policy = EnvironmentPolicy.read(variables);
    running.push(policy::close);
    policyJson = policyJson();
    Backend backend =
        options.backend == null ? null : new Backend(options.backend, options.timeout);
    api.setHandler(
        new ApiHandler(options.type, policy, preflight, integration, backend, this::record));
    // Closed first: nothing new comes in while the functions end.
    running.push(() -> Loopback.stop(api));
    Loopback.start(api);
    for (Server page : pages) {
      Loopback.start(page);
    }
  }

  private Server page(int number) {
    int port = options.port == 0 ? 0 : options.port + number;
    Server page = Loopback.server(port, IDLE_TIMEOUT);
    page.setHandler(new PageHandler(this::apiOrigin, this::configuration, exchanges));
    return page;
  }

  private Server open(Server server) throws GatewayException {
    Loopback.take(server);
    running.push(() -> Loopback.stop(server));
    return server;
  }

  private LocalFunction start(String name, String handler, Path archive)
      throws GatewayException, IOException {
    LocalFunction function =
        new LocalFunction(
            name,
            handler,
            archive,
            options.installation.runtimeInterfaceClient(),
            variables,
            options.timeout,
            line -> options.log.functionOutput(name, line));
    running.push(function);
    try {
      function.start();
    } catch (FunctionException failed) {
      throw new GatewayException(failed.getMessage());
    }
    return function;
  }

  private Map<String, String> demoVariables() {
    if (options.backend != null) {
      // Without pages of our own, the pages of this machine are whose API is being developed.
      return Map.of("ALLOWED_ORIGINS", "http://localhost:* http://127.0.0.1:*");
    }
    return Map.of("CORS_POLICY", DemoPolicy.allowing(pageOrigins.get(0)));
  }

  private void record(Exchange exchange) {
    exchanges.add(exchange);
    options.log.exchange(exchange);
  }

  /** Returns the origin of the API, such as {@code http://localhost:8080}. */
  public String apiOrigin() {
    return apiOrigin;
  }

  /** Returns the origins of the demo pages; none where a backend takes the place of the demo. */
  public List<String> pageOrigins() {
    return pageOrigins;
  }

  /** Returns the policy in force. */
  public CorsDecider policy() {
    return policy;
  }

  /** Tells whether the policy, or that of the API's root, allows an origin. */
  public boolean allows(String origin) {
    List<ApiRequest.Field> headers =
        List.of(
            new ApiRequest.Field("host", apiOrigin.replaceFirst("^.*://", "")),
            new ApiRequest.Field("origin", origin));
    ApiRequest root = new ApiRequest("GET", "/", null, headers, "HTTP/1.1", "127.0.0.1", 0);
    return policy.decide(root).reason() == Decision.Reason.ALLOWED;
  }

  /** Returns what the page needs to know, as JSON. */
  private String configuration() {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      out.writeStringField("api", apiOrigin);
      out.writeStringField("payload", options.type.toString());
      out.writeArrayFieldStart("pages");
      for (String origin : pageOrigins) {
        out.writeStartObject();
        out.writeStringField("origin", origin);
        out.writeBooleanField("allowed", allows(origin));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeFieldName("policy");
      out.writeRawValue(policyJson);
      out.writeEndObject();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    return json.toString();
  }

  /** Returns the policy as it was configured: the document, or the variables. */
  private String policyJson() throws IOException {
    String document = variables.getOrDefault("CORS_POLICY", "");
    String file = variables.getOrDefault("CORS_POLICY_FILE", "");
    if (!document.isBlank() && !EnvironmentPolicy.isElsewhere(variables)) {
      return document;
    }
    if (!file.isBlank()) {
      return Files.readString(Path.of(file)).replaceFirst("^\ufeff", "");
    }
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      for (String variable : EnvironmentPolicy.variables()) {
        boolean ofPolicy = EnvironmentPolicy.isPolicy(Map.of(variable, ""));
        if (ofPolicy && !variables.getOrDefault(variable, "").isBlank()) {
          out.writeStringField(variable, variables.get(variable));
        }
      }
      out.writeEndObject();
    }
    return json.toString();
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
    private ApiType type = ApiType.HTTP_V2;
    private Map<String, String> variables = Map.of();
    private String functionName = "demo";
    private String functionHandler = DEMO_HANDLER;
    private Path functionArchive;
    private URI backend;
    private Duration timeout = Duration.ofSeconds(29);
    private GatewayLog log;

    private Builder(Installation installation) {
      this.installation = installation;
      functionArchive = installation.demoFunction();
    }

    /**
     * Sets the port of the API; the pages of the demo take the next two. 0, the default, chooses
     * free ones.
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Sets the kind of API, which decides the format of the events. */
    public Builder type(ApiType apiType) {
      type = Objects.requireNonNull(apiType, "apiType");
      return this;
    }

    /**
     * Sets the environment variables of the functions, see {@link EnvironmentPolicy}; without any
     * the demo's policy is in force.
     */
    public Builder variables(Map<String, String> environment) {
      variables = Map.copyOf(environment);
      return this;
    }

    /**
     * Sets a function to call in place of the demo's.
     *
     * @param archive the archive as it is deployed: classes, or jars below {@code lib/}
     * @param handler the class that implements the handler
     */
    public Builder function(Path archive, String handler) {
      functionName = "function";
      functionHandler = Objects.requireNonNull(handler, "handler");
      functionArchive = Objects.requireNonNull(archive, "archive");
      return this;
    }

    /**
     * Sets a server to call in place of the demo function.
     *
     * @throws IllegalArgumentException if it is no http or https URL of a server
     */
    public Builder backend(URI server) {
      if (!Backend.isUsable(server)) {
        throw new IllegalArgumentException(
            server
                + " is no http:// or https:// URL of a server: host, port and path, without user,"
                + " query and fragment");
      }
      backend = server;
      return this;
    }

    /** Sets how long a function may take for an event; 29 seconds, AWS's limit, unless set. */
    public Builder timeout(Duration duration) {
      timeout = Objects.requireNonNull(duration, "duration");
      return this;
    }

    /** Sets who hears what happens; required. */
    public Builder log(GatewayLog listener) {
      log = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Starts the gateway; returns when it takes requests.
     *
     * @throws GatewayException if a port is taken or a function's init fails; its message says why
     * @throws IOException if the machine refuses something else that is needed
     */
    public LocalGateway start() throws GatewayException, IOException {
      Objects.requireNonNull(log, "log");
      LocalGateway gateway = new LocalGateway(this);
      try {
        gateway.start();
        return gateway;
      } catch (GatewayException | IOException | RuntimeException failed) {
        gateway.close();
        throw failed;
      }
    }
  }
}
