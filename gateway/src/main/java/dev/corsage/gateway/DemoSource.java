package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.ReplaceableDecider;
import dev.corsage.gateway.FunctionSetup.RunsAs;
import dev.corsage.gateway.FunctionSetup.Start;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.console.DemoPolicy;
import dev.corsage.gateway.function.FunctionFiles;
import dev.corsage.gateway.function.Installation;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PreflightHandler;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One API, made by hand: {@code OPTIONS} leads to the preflight function, everything else to the
 * demo function or another one. Or everything leads to a backend behind the policy, which responds
 * to preflights itself.
 *
 * @param type the format of events
 * @param variables the environment of the functions
 * @param ownVariables what the environment of the function has in addition
 * @param handler the handler of the function
 * @param archive its archive
 * @param server the URL of the backend that takes the place of the function; null if there is none
 */
record DemoSource(
    Installation installation,
    ApiType type,
    Map<String, String> variables,
    Map<String, String> ownVariables,
    String handler,
    Path archive,
    URI server)
    implements ApiSource {
  private static final String PREFLIGHT = "preflight";

  @Override
  public int apis() {
    return 1;
  }

  @Override
  public String title() {
    return server == null ? type.toString() : Secrets.masked(server.toString());
  }

  @Override
  public boolean isDemo() {
    return server == null && archive.equals(installation.demoFunction());
  }

  @Override
  public boolean isPolicyGiven() {
    return EnvironmentPolicy.isPolicy(variables);
  }

  @Override
  public Plan plan(List<String> apiOrigins, List<String> pageOrigins)
      throws GatewayException, IOException {
    Map<String, String> environment = new TreeMap<>(variables);
    if (!isPolicyGiven()) {
      // A backend is developed together with pages on the same machine.
      environment.putAll(
          server == null
              ? Map.of("CORS_POLICY", DemoPolicy.allowing(pageOrigins.get(0)))
              : Map.of("ALLOWED_ORIGINS", "http://localhost:* http://127.0.0.1:*"));
    }
    ReplaceableDecider policy;
    try {
      policy = new ReplaceableDecider(EnvironmentPolicy.read(environment));
    } catch (InvalidPolicyException invalid) {
      throw new GatewayException(invalid.getMessage());
    }
    if (server != null) {
      Route route = new Route("ANY", RouteTable.DEFAULT, backend(apiOrigins.get(0), policy), type);
      return new Plan(
          List.of(api(List.of(route))), List.of(), policy, environment, List.of(), List.of());
    }
    List<FunctionSetup> functions = new ArrayList<>();
    functions.add(
        new FunctionSetup(
            PREFLIGHT,
            RunsAs.PREFLIGHT,
            "the preflight function of this installation",
            PreflightHandler.class.getName(),
            FunctionFiles.in(installation.preflightFunction()),
            null,
            environment,
            policy,
            null,
            Start.REQUIRED));
    Map<String, String> ofFunction = new TreeMap<>(environment);
    ofFunction.putAll(ownVariables);
    boolean demo = isDemo();
    String name = demo ? "demo" : "function";
    functions.add(
        new FunctionSetup(
            name,
            demo ? RunsAs.DEMO : RunsAs.OWN_CODE,
            demo ? "the demo function of this installation" : archive.toString(),
            handler,
            FunctionFiles.in(archive),
            null,
            ofFunction,
            policy,
            null,
            Start.REQUIRED));
    return new Plan(
        List.of(api(routes(new Target.Function(name)))),
        functions,
        policy,
        environment,
        List.of(),
        List.of());
  }

  private Target backend(String apiOrigin, CorsDecider policy) throws GatewayException {
    Target.Backend backend = new Target.Backend(server, policy);
    if (backend.isAt(URI.create(apiOrigin).getPort())) {
      throw new GatewayException(server + " is the gateway itself. Choose another port.");
    }
    return backend;
  }

  private List<Route> routes(Target function) {
    // A greedy variable does not match the root; only REST APIs have no default route.
    List<String> proxies = List.of("/", "/{proxy+}");
    List<String> defaults = List.of(RouteTable.DEFAULT);
    List<Route> routes = new ArrayList<>();
    for (String path : type.kind() == Kind.HTTP || type.kind() == Kind.REST ? proxies : defaults) {
      routes.add(new Route("OPTIONS", path, new Target.Function(PREFLIGHT), type));
    }
    for (String path : type.kind() == Kind.REST ? proxies : defaults) {
      routes.add(new Route("ANY", path, function, type));
    }
    return routes;
  }

  private Api api(List<Route> routes) {
    return new Api(
        "Api",
        type.kind(),
        Api.DEFAULT_STAGE,
        null,
        new RouteTable(routes, type.kind() == Kind.REST),
        List.of(),
        Location.NONE);
  }
}
