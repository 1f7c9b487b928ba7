package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks where the preflights of an API go. It asks the route table that the gateway asks, for the
 * preflight of every route.
 */
final class PreflightRules {
  private static final String OPTIONS = "OPTIONS";

  private final Api api;
  private final Predicate<Route> leadsToPolicy;
  private final Findings findings;

  /**
   * Creates it.
   *
   * @param leadsToPolicy tells whether a route leads to a function that has a policy
   */
  PreflightRules(Api api, Predicate<Route> leadsToPolicy, Findings findings) {
    this.api = api;
    this.leadsToPolicy = leadsToPolicy;
    this.findings = findings;
  }

  void check() {
    for (Route route : api.routes().routes()) {
      if (!route.method().equals(OPTIONS)) {
        for (String path : samples(route.path())) {
          RouteTable.Match match = api.routes().match(OPTIONS, path).orElse(null);
          if (match != null) {
            check(route, match.route());
          } else if (api.cors() == null && !api.partial()) {
            missing(route, path);
          }
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

  private void missing(Route route, String path) {
    boolean rest = api.kind() == Kind.REST;
    String proxy = path.equals("/") && !rest ? " (/{proxy+} does not match /)" : "";
    findings.add(
        TemplateCode.OPTIONS_MISSING,
        route.location(),
        route.key(),
        "No route takes its preflights: API Gateway itself refuses them with "
            + (rest ? "403 Missing Authentication Token" : "404 Not Found")
            + proxy
            + ".",
        "Add an OPTIONS "
            + (route.path().equals(RouteTable.DEFAULT) ? path : route.path())
            + " that leads to the function with the policy.");
  }

  private void check(Route route, Route options) {
    // A function URL with CORS responds to preflights before it asks who calls.
    boolean asked = api.kind() != Kind.FUNCTION_URL || api.cors() == null;
    if (asked && options.authorizer() != null) {
      findings.add(
          TemplateCode.OPTIONS_AUTHORIZER,
          options.location(),
          options.key(),
          options.authorizer().name()
              + " refuses preflights: browsers send no credentials with them.",
          authorizerFix(options));
    }
    if (options.apiKey()) {
      findings.add(
          TemplateCode.OPTIONS_API_KEY,
          options.location(),
          options.key(),
          "It requires an API key, which browsers do not send with a preflight.",
          TemplateCode.OPTIONS_API_KEY.remedy());
    }
    if (api.cors() != null || leadsToPolicy.test(options)) {
      return;
    }
    if (options.target() instanceof Target.Mock) {
      mocked(route, options);
    } else {
      elsewhere(route, options);
    }
  }

  private String authorizerFix(Route options) {
    if (api.kind() == Kind.FUNCTION_URL) {
      return "Set AuthType: NONE and let the function check who calls.";
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

  private void mocked(Route route, Route options) {
    findings.add(
        TemplateCode.BUILT_IN_CORS,
        options.location(),
        route.path(),
        "A mock integration responds to the preflights of this path, and not by the policy.",
        options.location().property().endsWith(".Cors")
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
