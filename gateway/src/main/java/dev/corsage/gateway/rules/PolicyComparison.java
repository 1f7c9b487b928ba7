package dev.corsage.gateway.rules;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.GatewayReason;
import dev.corsage.gateway.api.InMemoryApi;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.Judgement.Access;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.WrittenSettings;
import dev.corsage.lambda.EnvironmentPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds where a template and a policy do not agree: sends the same requests to each API of the
 * template and to a function that has the policy, both in memory, and compares what a browser makes
 * of the responses. What a function that is not ours responds is not known, and not compared.
 */
public final class PolicyComparison {
  private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");
  private static final String UNKNOWN_METHOD = "DELETE";
  private static final String UNKNOWN_HEADER = "x-not-in-the-policy";

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
    try (InMemoryApi asDeployed = new InMemoryApi(api, functions());
        InMemoryApi asMeant = new InMemoryApi(reference(api), Map.of("policy", meant()))) {
      for (List<Route> routes : groups.values().stream().limit(MAX_GROUPS).toList()) {
        new Run(api, routes.get(0), asDeployed, asMeant).compare(methods(routes));
      }
    }
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

  private static boolean isOptions(Route route) {
    return route.method().equals("OPTIONS");
  }

  private static Route options(Api api, Route route) {
    return api.routes().match("OPTIONS", sample(route)).map(RouteTable.Match::route).orElse(null);
  }

  private static String sample(Route route) {
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

  /** Returns the methods, or header names, that the policy names. */
  private static Set<String> named(PolicySettings settings, Key<List<String>> key) {
    Set<String> names = new LinkedHashSet<>(settings.get(key).orElse(List.of()));
    for (Scoped scoped : settings.get(Key.POLICIES).orElse(List.of())) {
      names.addAll(named(scoped.settings(), key));
    }
    names.remove("*");
    return names;
  }

  /** The comparison of one group of routes, by one of them. */
  private final class Run {
    private final Api api;
    private final Route route;
    private final String path;
    private final InMemoryApi asDeployed;
    private final InMemoryApi asMeant;
    private final Route options;

    Run(Api api, Route route, InMemoryApi asDeployed, InMemoryApi asMeant) {
      this.api = api;
      this.route = route;
      this.path = sample(route);
      this.asDeployed = asDeployed;
      this.asMeant = asMeant;
      options = options(api, route);
    }

    void compare(Set<String> routeMethods) throws GatewayException {
      Difference preflights = new Difference(preflightLocation());
      Difference requests = new Difference(requestLocation());
      Difference errors = new Difference(errorLocation());
      boolean preflightsKnown = isKnown(preflightLocation());
      for (String origin : SampleOrigins.of(settings, template, api)) {
        if (preflightsKnown) {
          preflights.compare("the origin", origin, () -> preflight(origin, "GET", ""));
        }
        if (!isOptions(route) && isKnown(requestLocation())) {
          requests.compare("the origin", origin, () -> request(origin, true));
        }
        if (errorLocation() != null && hasErrors()) {
          errors.compare("the origin", origin, () -> request(origin, false));
        }
      }
      preflights.report(findings);
      requests.report(findings);
      errors.report(findings);
      if (preflightsKnown) {
        compareLists(routeMethods);
      }
      if (!preflights.isCompared() && !requests.isCompared()) {
        findings.add(
            TemplateCode.TEMPLATE_UNRESOLVED,
            Severity.INFO,
            preflightsKnown ? route.location() : preflightLocation(),
            route.key(),
            preflightsKnown
                ? "What responds here is not known: it is not compared with the policy."
                : "The settings are only known after a deployment: they are not compared with the"
                    + " policy.",
            "Check the deployed API.");
      }
    }

    /** Methods and headers, for an origin that both let in. */
    private void compareLists(Set<String> routeMethods) throws GatewayException {
      String origin = null;
      boolean withCredentials = true;
      for (String one : SampleOrigins.of(settings, template, api)) {
        Pair pair = preflight(one, "GET", "");
        if (pair != null
            && pair.deployed().judgement().isAllowed()
            && pair.meant().judgement().isAllowed()) {
          origin = one;
          // Otherwise what they say of credentials has been compared, and is not the same.
          withCredentials =
              pair.deployed().judgement().access() == pair.meant().judgement().access();
          break;
        }
      }
      if (origin == null) {
        return;
      }
      String page = origin;
      Difference methods = new Difference(preflightLocation(), withCredentials);
      Set<String> allMethods = new LinkedHashSet<>(routeMethods);
      allMethods.addAll(named(settings, Key.METHODS));
      listed("AllowMethods", "Access-Control-Allow-Methods").forEach(allMethods::add);
      allMethods.add(UNKNOWN_METHOD);
      allMethods.removeAll(SAFELISTED);
      for (String method : allMethods) {
        // What no route takes is none of the template's to allow.
        if (hasRoute(method)) {
          methods.compare("the method", method, () -> preflight(page, method, ""));
        }
      }
      methods.report(findings);
      Difference headers = new Difference(preflightLocation(), withCredentials);
      Set<String> allHeaders = new LinkedHashSet<>();
      Stream.of(
              named(settings, Key.REQUEST_HEADERS).stream(),
              listed("AllowHeaders", "Access-Control-Allow-Headers"),
              Stream.of("authorization", UNKNOWN_HEADER))
          .flatMap(names -> names)
          .map(name -> name.toLowerCase(Locale.ROOT))
          .forEach(allHeaders::add);
      for (String header : allHeaders) {
        headers.compare("the header", header, () -> preflight(page, "GET", header));
      }
      headers.report(findings);
      if (!isOptions(route) && isKnown(requestLocation())) {
        compareExposed(request(page, true));
      }
    }

    /** The headers that pages can read in responses. */
    private void compareExposed(Pair pair) {
      if (pair != null && pair.deployed().judgement().isAllowed()) {
        Set<String> deployed = exposed(pair.deployed());
        Set<String> meant = exposed(pair.meant());
        Difference names = new Difference(requestLocation());
        deployed.stream().filter(name -> !meant.contains(name)).forEach(names::isMore);
        meant.stream()
            .filter(name -> !deployed.contains(name) && !deployed.contains("*"))
            .forEach(names::isLess);
        names.report(findings);
      }
    }

    private static Set<String> exposed(Exchange exchange) {
      Set<String> names = new LinkedHashSet<>();
      exchange.responseHeaders().stream()
          .filter(field -> field.name().equalsIgnoreCase("Access-Control-Expose-Headers"))
          .flatMap(field -> Arrays.stream(field.value().split(",", -1)))
          .map(name -> name.strip().toLowerCase(Locale.ROOT))
          .filter(name -> !name.isEmpty())
          .forEach(names::add);
      return names;
    }

    private boolean hasRoute(String method) {
      return api.routes().match(method, path).isPresent();
    }

    /** Returns the names that the settings of the template list. */
    private Stream<String> listed(String key, String header) {
      WrittenSettings written = template.written();
      return Stream.concat(
              written.cors().stream().flatMap(cors -> cors.get(key).stream()),
              written.methods().stream()
                  .flatMap(method -> method.responses().stream())
                  .map(response -> response.header(header))
                  .filter(value -> value != null))
          .filter(value -> value.isKnown())
          .flatMap(value -> Arrays.stream(value.unquoted().text().split(",", -1)))
          .map(String::strip)
          .filter(name -> name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") && !name.equals("*"));
    }

    private Location preflightLocation() {
      if (api.cors() != null) {
        return api.cors().location();
      }
      return options == null ? route.location() : options.location();
    }

    private Location requestLocation() {
      return api.cors() != null ? api.cors().location() : route.location();
    }

    /** Returns where the CORS headers of errors are; null if errors have none. */
    private Location errorLocation() {
      return api.gatewayResponses().stream()
          .filter(response -> response.header("Access-Control-Allow-Origin") != null)
          .filter(response -> response.headers().values().stream().noneMatch(v -> !v.isKnown()))
          .map(response -> response.location())
          .findFirst()
          .orElse(null);
    }

    /** Only then the gateway itself responds to an actual request without credentials. */
    private boolean hasErrors() {
      return route.authorizer() != null || route.apiKey();
    }

    private boolean isKnown(Location location) {
      return template.written().isKnown(location);
    }

    private Pair preflight(String origin, String method, String header) throws GatewayException {
      List<Field> headers = new ArrayList<>();
      headers.add(new Field("Origin", origin));
      headers.add(new Field("Access-Control-Request-Method", method));
      if (!header.isEmpty()) {
        headers.add(new Field("Access-Control-Request-Headers", header));
      }
      return pair("OPTIONS", headers, headers);
    }

    /** An actual request, with what the authorizer looks for or without it. */
    private Pair request(String origin, boolean withCredentials) throws GatewayException {
      List<Field> plain = List.of(new Field("Origin", origin));
      List<Field> headers = new ArrayList<>(plain);
      if (withCredentials) {
        if (route.authorizer() != null) {
          route.authorizer().headers().forEach(name -> headers.add(new Field(name, "corsage")));
        }
        headers.add(new Field("x-api-key", "corsage"));
      }
      return pair(route.method().equals("ANY") ? "GET" : route.method(), headers, plain);
    }

    /** Returns both exchanges; null if it is not known what the template responds. */
    private Pair pair(String method, List<Field> headers, List<Field> meantHeaders)
        throws GatewayException {
      Exchange deployed = asDeployed.send(method, path, headers);
      boolean byFunction = deployed.target().equals(PolicyFunction.UNKNOWN);
      boolean byAws = api.kind() == Kind.HTTP && api.cors() != null;
      if ((byFunction && !byAws)
          || deployed.judgement().reason().equals(GatewayReason.NO_FUNCTION.key())) {
        return null;
      }
      return new Pair(deployed, asMeant.send(method, path, meantHeaders));
    }
  }

  /** The same request at both. */
  private record Pair(Exchange deployed, Exchange meant) {}

  /** Sends a request to both. */
  private interface Sender {
    Pair send() throws GatewayException;
  }

  /** What one layer grants more, and less. */
  private static final class Difference {
    private final Location location;
    private final boolean withCredentials;
    private final List<String> more = new ArrayList<>();
    private final List<String> less = new ArrayList<>();
    private String what = "";
    private boolean isCompared;
    private boolean moreByCredentials;
    private boolean lessByCredentials;

    Difference(Location location) {
      this(location, true);
    }

    Difference(Location location, boolean withCredentials) {
      this.location = location;
      this.withCredentials = withCredentials;
    }

    /** Compares both responses, if that of the layer is known. */
    void compare(String kind, String value, Sender sender) throws GatewayException {
      Pair pair = sender.send();
      if (pair == null) {
        return;
      }
      what = kind;
      isCompared = true;
      Access deployed = access(pair.deployed());
      Access meant = access(pair.meant());
      if (deployed.compareTo(meant) < 0) {
        moreByCredentials = more.isEmpty() ? meant != Access.REFUSED : moreByCredentials;
        more.add(value);
      } else if (deployed.compareTo(meant) > 0) {
        lessByCredentials = less.isEmpty() ? deployed != Access.REFUSED : lessByCredentials;
        less.add(value);
      }
    }

    /** Notes a response header that only the template exposes. */
    void isMore(String header) {
      what = "the exposed header";
      more.add(header);
    }

    /** Notes a response header that only the policy exposes. */
    void isLess(String header) {
      what = "the exposed header";
      less.add(header);
    }

    private Access access(Exchange exchange) {
      Access access = exchange.judgement().access();
      return withCredentials || access == Access.REFUSED ? access : Access.ALLOWED;
    }

    boolean isCompared() {
      return isCompared;
    }

    void report(Findings findings) {
      report(findings, TemplateCode.TEMPLATE_GRANTS_MORE, more, moreByCredentials);
      report(findings, TemplateCode.TEMPLATE_GRANTS_LESS, less, lessByCredentials);
    }

    private void report(
        Findings findings, TemplateCode code, List<String> values, boolean byCredentials) {
      if (values.isEmpty()) {
        return;
      }
      boolean isMore = code == TemplateCode.TEMPLATE_GRANTS_MORE;
      String others =
          values.size() == 1 ? "" : " (and " + (values.size() - 1) + " more that were tried)";
      findings.add(
          code,
          location,
          values.get(0),
          "The template "
              + (isMore ? "allows " : "refuses ")
              + what
              + " "
              + values.get(0)
              + others
              + (byCredentials ? " with credentials" : "")
              + "; the policy "
              + (isMore ? "does not." : "allows it."),
          code.remedy());
    }
  }
}
