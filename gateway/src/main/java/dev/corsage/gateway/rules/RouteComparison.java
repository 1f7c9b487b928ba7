package dev.corsage.gateway.rules;

import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.GatewayReason;
import dev.corsage.gateway.api.InMemoryApi;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The comparison of one group of routes, by one of them: origins, methods, request headers, exposed
 * headers, and errors.
 */
final class RouteComparison {
  private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");
  private static final String UNKNOWN_METHOD = "DELETE";
  private static final String UNKNOWN_HEADER = "x-not-in-the-policy";

  private final Template template;
  private final PolicySettings settings;
  private final Findings findings;
  private final Api api;
  private final Route route;
  private final String path;
  private final InMemoryApi asDeployed;
  private final InMemoryApi asMeant;
  private final Route options;
  private final List<String> origins;

  RouteComparison(
      Template template,
      PolicySettings settings,
      Findings findings,
      Api api,
      Route route,
      InMemoryApi asDeployed,
      InMemoryApi asMeant,
      List<String> origins) {
    this.template = template;
    this.settings = settings;
    this.findings = findings;
    this.api = api;
    this.route = route;
    path = PolicyComparison.sample(route);
    this.asDeployed = asDeployed;
    this.asMeant = asMeant;
    options = PolicyComparison.options(api, route);
    this.origins = origins;
  }

  void compare(Set<String> routeMethods) throws GatewayException {
    Difference preflights = new Difference(preflightLocation());
    Difference requests = new Difference(requestLocation());
    Difference errors = new Difference(errorLocation());
    boolean preflightsKnown = isKnown(preflightLocation());
    for (String origin : origins) {
      if (preflightsKnown) {
        preflights.compare("the origin", origin, () -> preflight(origin, "GET", ""));
      }
      if (!PolicyComparison.isOptions(route) && isKnown(requestLocation())) {
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
    for (String one : origins) {
      Difference.Pair pair = preflight(one, "GET", "");
      if (pair != null
          && pair.deployed().judgement().isAllowed()
          && pair.meant().judgement().isAllowed()) {
        origin = one;
        // Otherwise what they say of credentials has been compared, and is not the same.
        withCredentials = pair.deployed().judgement().access() == pair.meant().judgement().access();
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
    if (!PolicyComparison.isOptions(route) && isKnown(requestLocation())) {
      compareExposed(request(page, true));
    }
  }

  /** The headers that pages can read in responses. */
  private void compareExposed(Difference.Pair pair) {
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

  private Difference.Pair preflight(String origin, String method, String header)
      throws GatewayException {
    List<Field> headers = new ArrayList<>();
    headers.add(new Field("Origin", origin));
    headers.add(new Field("Access-Control-Request-Method", method));
    if (!header.isEmpty()) {
      headers.add(new Field("Access-Control-Request-Headers", header));
    }
    return pair("OPTIONS", headers, headers);
  }

  /** An actual request, with what the authorizer looks for or without it. */
  private Difference.Pair request(String origin, boolean withCredentials) throws GatewayException {
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
  private Difference.Pair pair(String method, List<Field> headers, List<Field> meantHeaders)
      throws GatewayException {
    Exchange deployed = asDeployed.send(method, path, headers);
    boolean byFunction = deployed.target().equals(PolicyFunction.UNKNOWN);
    boolean byAws = api.kind() == Kind.HTTP && api.cors() != null;
    if ((byFunction && !byAws)
        || deployed.judgement().reason().equals(GatewayReason.NO_FUNCTION.key())) {
      return null;
    }
    return new Difference.Pair(deployed, asMeant.send(method, path, meantHeaders));
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
}
