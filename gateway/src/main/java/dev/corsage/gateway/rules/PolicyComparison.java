package dev.corsage.gateway.rules;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.Problem;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.InMemoryApi;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.lambda.EnvironmentPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds where a template and a policy do not agree: sends the same requests to each API of the
 * template and to a function that has the policy, both in memory, and compares what a browser makes
 * of the responses. What a function that is not ours responds is not known, and not compared.
 */
public final class PolicyComparison {

  /** Groups of routes that are served in the same way; more than people write by hand. */
  private static final int MAX_GROUPS = 100;

  private final Template template;
  private final PolicySettings settings;
  private final CorsDecider policy;
  private final Findings findings;

  private PolicyComparison(
      Template template, PolicySettings settings, CorsDecider policy, Findings findings) {
    this.template = template;
    this.settings = settings;
    this.policy = policy;
    this.findings = findings;
  }

  /**
   * Returns where a template grants more, or less, than a policy. The field of a problem is {@code
   * FILE:LINE RESOURCE.PROPERTY}.
   *
   * @param settings what the policy says
   * @param policy the same, built
   */
  public static List<Problem> problems(
      Template template, PolicySettings settings, CorsDecider policy) {
    return located(template, settings, policy).stream().map(TemplateProblem::problem).toList();
  }

  /** Returns the same problems with the places where they are. */
  public static List<TemplateProblem> located(
      Template template, PolicySettings settings, CorsDecider policy) {
    Findings findings = new Findings(template::file);
    PolicyComparison comparison = new PolicyComparison(template, settings, policy, findings);
    try {
      for (Api api : template.apis()) {
        comparison.compare(api);
      }
    } catch (GatewayException notInMemory) {
      // It takes no port and starts no process: there is nothing that could be in its way.
      throw new IllegalStateException(notInMemory);
    }
    return findings.all();
  }

  /** Routes whose requests and preflights go to the same places. */
  private record Group(Target target, Target preflights, boolean isProtected, boolean isOpen) {}

  private void compare(Api api) throws GatewayException {
    Map<Group, List<Route>> groups = new LinkedHashMap<>();
    for (Route route : routes(api)) {
      Route options = options(api, route);
      Group group =
          new Group(
              route.target(),
              options == null ? null : options.target(),
              route.authorizer() != null || route.apiKey(),
              options != null && options.authorizer() == null && !options.apiKey());
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(route);
    }
    SampleOrigins samples = SampleOrigins.of(settings, template, api);
    reportLimits(api, samples, groups.size());
    try (InMemoryApi asDeployed = new InMemoryApi(api, functions());
        InMemoryApi asMeant = new InMemoryApi(reference(api), Map.of("policy", meant()))) {
      for (List<Route> routes : groups.values().stream().limit(MAX_GROUPS).toList()) {
        new RouteComparison(
                template,
                settings,
                findings,
                api,
                routes.get(0),
                asDeployed,
                asMeant,
                samples.list())
            .compare(methods(routes));
      }
    }
  }

  /** What was not looked at must not pass for what is in order. */
  private void reportLimits(Api api, SampleOrigins samples, int groups) {
    if (samples.leftOut() > 0) {
      notCompared(
          api, samples.leftOut() + " origins", "There are more origins than are tried here.");
    }
    if (groups > MAX_GROUPS) {
      notCompared(
          api,
          groups - MAX_GROUPS + " groups of routes",
          "There are more routes with targets of their own than are compared.");
    }
  }

  private void notCompared(Api api, String what, String why) {
    findings.add(
        TemplateCode.TEMPLATE_NOT_COMPARED,
        api.location(),
        what,
        why,
        TemplateCode.TEMPLATE_NOT_COMPARED.remedy());
  }

  /** Returns the routes of pages; where there are only preflights, those of these. */
  private static List<Route> routes(Api api) {
    List<Route> routes = new ArrayList<>();
    Set<Route> covered = new LinkedHashSet<>();
    for (Route route : api.routes().routes()) {
      if (!isOptions(route)) {
        routes.add(route);
        Route options = options(api, route);
        if (options != null) {
          covered.add(options);
        }
      }
    }
    api.routes().routes().stream()
        .filter(route -> isOptions(route) && !covered.contains(route))
        .forEach(routes::add);
    if (routes.isEmpty() && api.cors() != null) {
      // Built-in CORS responds to preflights without any route.
      routes.add(new Route("OPTIONS", RouteTable.DEFAULT, new Target.Other("no route"), type(api)));
    }
    return routes;
  }

  static boolean isOptions(Route route) {
    return route.method().equals("OPTIONS");
  }

  /** Returns the route that the preflights of a route take; null if there is none. */
  static Route options(Api api, Route route) {
    return api.routes().match("OPTIONS", sample(route)).map(RouteTable.Match::route).orElse(null);
  }

  /** Returns a path that the route takes. */
  static String sample(Route route) {
    return route.path().equals(RouteTable.DEFAULT)
        ? "/corsage/sample"
        : route
            .path()
            .replaceAll("\\{[^{}]*\\+}", "corsage/sample")
            .replaceAll("\\{[^{}]*}", "corsage");
  }

  private Set<String> methods(List<Route> routes) {
    Set<String> methods = new LinkedHashSet<>();
    routes.stream()
        .map(Route::method)
        .filter(method -> !method.equals("ANY") && !method.equals("OPTIONS"))
        .forEach(methods::add);
    return methods;
  }

  private PolicyFunction meant() {
    return new PolicyFunction("policy", policy);
  }

  /** An API with the same kind and stage whose only function has the policy. */
  private static Api reference(Api api) {
    Route all = new Route("ANY", RouteTable.DEFAULT, new Target.Function("policy"), type(api));
    return new Api(
        api.id(),
        api.kind(),
        api.stage(),
        null,
        new RouteTable(List.of(all), false),
        List.of(),
        api.location());
  }

  private static ApiType type(Api api) {
    return ApiType.of(api.kind(), true);
  }

  /** Every function of the template: with its policy if that is known. */
  private Map<String, Integration> functions() {
    Map<String, Integration> functions = new TreeMap<>();
    template.functions().forEach((id, function) -> functions.put(id, function(function)));
    return functions;
  }

  private static PolicyFunction function(TemplateFunction function) {
    boolean known = function.unresolved().stream().noneMatch(EnvironmentPolicy::concerns);
    if (!known || !function.hasPolicy()) {
      return PolicyFunction.unknown();
    }
    try {
      CorsDecider own = EnvironmentPolicy.readVariablesAlone(function.variables());
      return own == null ? PolicyFunction.unknown() : new PolicyFunction(function.id(), own);
    } catch (InvalidPolicyException invalid) {
      // It is among the problems of the template.
      return PolicyFunction.unknown();
    }
  }
}
