package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks where the preflights of an API go, and what AWS itself says in response to them. It asks
 * the route table that the gateway asks, for the preflight of every route.
 *
 * <p>An API can be for programs alone. So what only pages need is an error where the template shows
 * that they call it: by a policy of ours, an OPTIONS, or headers of CORS.
 */
final class PreflightRules {
  private static final String OPTIONS = "OPTIONS";

  /** Those that need permission; an ANY does not say which of them its function takes. */
  private static final Set<String> UNSAFE_METHODS = Set.of("PUT", "DELETE", "PATCH");

  /** Pages cannot set these, or need no permission for them. */
  private static final Set<String> NOT_ASKED_FOR =
      Set.of("cookie", "origin", "host", "referer", "user-agent", "accept", "accept-language");

  private final Api api;
  private final Predicate<Route> leadsToPolicy;
  private final WrittenSettings written;
  private final Findings findings;
  private final boolean hasOptions;

  /** What mock integrations send, by their routes: many paths can lead to one. */
  private final IdentityHashMap<Route, Optional<PreflightHeaders>> mocks = new IdentityHashMap<>();

  private final PreflightHeaders builtIn;

  /**
   * Creates it.
   *
   * @param leadsToPolicy tells whether a route leads to a function that has a policy
   */
  PreflightRules(
      Api api, Predicate<Route> leadsToPolicy, WrittenSettings written, Findings findings) {
    this.api = api;
    this.leadsToPolicy = leadsToPolicy;
    this.written = written;
    this.findings = findings;
    hasOptions = api.routes().routes().stream().anyMatch(route -> route.method().equals(OPTIONS));
    builtIn = PreflightHeaders.builtIn(api, written);
  }

  /**
   * Checks the API.
   *
   * @param hasPolicy whether a policy of ours decides on it
   * @param isForPages whether the template shows in another way that pages call it
   */
  void check(boolean hasPolicy, boolean isForPages) {
    for (Route route : api.routes().routes()) {
      if (route.method().equals(OPTIONS)) {
        checkOpen(route, Severity.ERROR);
        continue;
      }
      for (String path : samples(route.path())) {
        RouteTable.Match match = api.routes().match(OPTIONS, path).orElse(null);
        if (match != null) {
          checkOpen(match.route(), gravity(match.route(), hasPolicy || isForPages));
          checkAllowed(route, match.route());
          if (hasPolicy) {
            checkPolicy(route, match.route());
          }
        } else if (api.cors() != null) {
          checkAllowed(route, null);
        } else if (!api.partial() && (hasPolicy || (hasOptions && needsPreflight(route)))) {
          missing(route, path, hasPolicy);
        }
      }
    }
  }

  /** Returns paths that the route takes. */
  private static List<String> samples(String path) {
    if (path.equals(RouteTable.DEFAULT)) {
      return List.of("/", "/corsage/sample");
    }
    return List.of(
        path.replaceAll("\\{[^{}]*\\+}", "corsage/sample").replaceAll("\\{[^{}]*}", "corsage"));
  }

  /** Of pages: programs that call the same route send none. */
  private static boolean needsPreflight(Route route) {
    return UNSAFE_METHODS.contains(route.method())
        || (route.authorizer() != null && !route.authorizer().iam());
  }

  private static Severity gravity(Route options, boolean isForPages) {
    if (isForPages || options.method().equals(OPTIONS)) {
      return Severity.ERROR;
    }
    // Signed requests and keys are what programs send.
    return options.authorizer() != null && !options.authorizer().iam()
        ? Severity.WARNING
        : Severity.INFO;
  }

  private void missing(Route route, String path, boolean hasPolicy) {
    boolean rest = api.kind() == Kind.REST;
    String proxy = path.equals("/") && !rest ? " (/{proxy+} does not match /)" : "";
    findings.add(
        TemplateCode.OPTIONS_MISSING,
        hasPolicy ? Severity.ERROR : Severity.WARNING,
        route.location(),
        route.key(),
        "No route takes its preflights: API Gateway itself refuses them with "
            + (rest ? "403 Missing Authentication Token" : "404 Not Found")
            + proxy
            + ".",
        "Add an OPTIONS "
            + (route.path().equals(RouteTable.DEFAULT) ? path : route.path())
            + (hasPolicy
                ? " that leads to the function with the policy."
                : ", as other paths of this API have it."));
  }

  /** Checks whether preflights get past authorizer and API key. */
  private void checkOpen(Route options, Severity severity) {
    // A function URL with CORS responds to preflights before it asks who calls; without, and
    // without a policy, its function is none of our business.
    boolean asked = api.kind() != Kind.FUNCTION_URL || api.cors() == null;
    if (asked && options.authorizer() != null) {
      findings.add(
          TemplateCode.OPTIONS_AUTHORIZER,
          severity,
          options.location(),
          options.key(),
          options.authorizer().name()
              + " refuses preflights: browsers send no credentials with them.",
          authorizerFix(options));
    }
    if (options.apiKey()) {
      findings.add(
          TemplateCode.OPTIONS_API_KEY,
          severity,
          options.location(),
          options.key(),
          "It requires an API key, which browsers do not send with a preflight.",
          isOfSam(options)
              ? "Set AddApiKeyRequiredToCorsPreflight: false below Auth of the API."
              : TemplateCode.OPTIONS_API_KEY.remedy());
    }
  }

  /** The mock is SAM's own, made of Cors. */
  private static boolean isOfSam(Route options) {
    return options.location().property().endsWith(".Cors");
  }

  private String authorizerFix(Route options) {
    if (api.kind() == Kind.FUNCTION_URL) {
      return "Set AuthType: NONE and let the function check who calls.";
    }
    if (isOfSam(options)) {
      // It is true unless it is set.
      return "Set AddDefaultAuthorizerToCorsPreflight: false below Auth of the API.";
    }
    if (options.method().equals(OPTIONS)) {
      return "Set the authorizer of this route to NONE (Auth: Authorizer: NONE in SAM).";
    }
    String path = options.path().equals(RouteTable.DEFAULT) ? "/{proxy+}" : options.path();
    return "Add an OPTIONS "
        + path
        + " without an authorizer beside it; it comes before "
        + options.key()
        + ".";
  }

  /**
   * Checks whether AWS's own response to preflights allows what the route requires.
   *
   * @param options the route that takes the preflights; null if only built-in CORS does
   */
  private void checkAllowed(Route route, Route options) {
    PreflightHeaders allowed =
        api.cors() != null
            ? builtIn
            : mocks
                .computeIfAbsent(
                    options, o -> Optional.ofNullable(PreflightHeaders.ofMock(o, written)))
                .orElse(null);
    if (allowed == null) {
      return;
    }
    if (UNSAFE_METHODS.contains(route.method()) && !allowed.allowsMethod(route.method())) {
      methodMissing(route, options, allowed);
    }
    if (route.authorizer() != null && !route.authorizer().isAssumed()) {
      route.authorizer().headers().forEach(name -> checkHeader(route, name, allowed));
    }
    if (route.apiKey()) {
      checkHeader(route, "x-api-key", allowed);
    }
  }

  private void methodMissing(Route route, Route options, PreflightHeaders allowed) {
    if (allowed.isMock() && !allowed.namesMethods()) {
      findings.add(
          TemplateCode.PREFLIGHT_HEADERS,
          options.location(),
          "Access-Control-Allow-Methods",
          "The response to preflights does not allow " + route.method() + ", which the path has.",
          "Add method.response.header.Access-Control-Allow-Methods: \"'" + route.method() + "'\".");
      return;
    }
    findings.add(
        TemplateCode.METHOD_NOT_LISTED,
        api.cors() != null ? api.cors().location() : options.location(),
        route.method(),
        "Browsers refuse " + route.key() + ": preflights do not allow the method.",
        TemplateCode.METHOD_NOT_LISTED.remedy());
  }

  private void checkHeader(Route route, String name, PreflightHeaders allowed) {
    String header = name.toLowerCase(Locale.ROOT);
    if (NOT_ASKED_FOR.contains(header) || allowed.namesHeader(header)) {
      return;
    }
    if (!allowed.allowsAnyHeader()) {
      findings.add(
          TemplateCode.AUTHORIZER_HEADER,
          route.location(),
          name,
          "Browsers refuse "
              + route.key()
              + ": it requires the header "
              + name
              + ", which preflights do not allow.",
          "Add " + name + " to the headers that CORS allows.");
    } else if (header.equals("authorization")) {
      findings.add(
          TemplateCode.AUTHORIZER_HEADER,
          Severity.INFO,
          route.location(),
          name,
          "By the Fetch standard * does not cover Authorization; browsers still accept it.",
          "Name it beside the star.");
    }
  }

  /** Checks whether preflights get to a policy of ours. */
  private void checkPolicy(Route route, Route options) {
    if (api.cors() != null || leadsToPolicy.test(options)) {
      return;
    }
    if (options.target() instanceof Target.Mock mock) {
      if (!isGenerated(mock)) {
        mocked(route, options);
      }
    } else {
      elsewhere(route, options);
    }
  }

  /** Tells whether its template was made of a policy by {@code generate rest-mock}. */
  private static boolean isGenerated(Target.Mock mock) {
    return mock.integration().mainResponse() != null
        && mock.integration().mainResponse().templates().values().stream()
            .anyMatch(template -> template.startsWith("## Generated by Corsage."));
  }

  private void mocked(Route route, Route options) {
    findings.add(
        TemplateCode.BUILT_IN_CORS,
        options.location(),
        route.path(),
        "A mock integration responds to the preflights of this path, and not by the policy.",
        isOfSam(options)
            ? "Remove Cors, and add an OPTIONS of this path that leads to the function with the"
                + " policy."
            : "Let this OPTIONS lead to the function with the policy.");
  }

  private void elsewhere(Route route, Route options) {
    String target =
        options.target() instanceof Target.Other other
            ? other.description()
            : options.target() instanceof Target.Mapped mapped
                ? mapped.description()
                : String.valueOf(options.functionId());
    if (options.method().equals(OPTIONS)) {
      findings.add(
          TemplateCode.OPTIONS_ELSEWHERE,
          options.location(),
          options.key(),
          "It leads to " + target + ", which has no policy in its environment.",
          "Let it lead to the function with the policy.");
    } else {
      String path =
          options.path().equals(RouteTable.DEFAULT) ? "/{proxy+} and an OPTIONS /" : options.path();
      findings.add(
          TemplateCode.OPTIONS_ELSEWHERE,
          Severity.WARNING,
          options.location(),
          options.key(),
          "It takes the preflights of "
              + route.path()
              + " to "
              + target
              + ", which has no policy in its environment.",
          "Add an OPTIONS " + path + " that leads to the function with the policy.");
    }
  }
}
