package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TemplateRoute.Mock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at an API: where preflights end, and who else puts CORS headers on responses. It asks the
 * table of routes that the gateway asks, for the preflight of every route there is.
 */
final class ApiRules {
  private final TemplateApi api;
  private final Map<String, TemplateFunction> functions;
  private final Findings findings;

  /** Whether something in the API decides by a policy of ours: else its CORS is somebody else's. */
  private final boolean concerned;

  ApiRules(TemplateApi api, Map<String, TemplateFunction> functions, Findings findings) {
    this.api = api;
    this.functions = functions;
    this.findings = findings;
    concerned = api.routes().routes().stream().anyMatch(this::leadsToPolicy) || isForgotten();
  }

  /** The template has the preflight function, and this API nothing that would answer instead. */
  private boolean isForgotten() {
    return api.kind() != TemplateApi.Kind.FUNCTION_URL
        && api.cors() == null
        && api.routes().routes().stream().noneMatch(route -> route.target() instanceof Mock)
        && functions.values().stream().anyMatch(TemplateFunction::isPreflight);
  }

  private TemplateFunction function(TemplateRoute route) {
    String id = route.functionId();
    return id == null ? null : functions.get(id);
  }

  private boolean leadsToPolicy(TemplateRoute route) {
    TemplateFunction function = function(route);
    return function != null && function.hasPolicy();
  }

  void look() {
    lookAtBuiltInCors();
    lookAtPreflights();
    api.routes().routes().forEach(this::lookAtRoute);
    new GatewayResponseRules(findings).look(api.gatewayResponses());
    lookAtPolicies();
  }

  private void lookAtBuiltInCors() {
    BuiltInCors cors = api.cors();
    if (cors == null) {
      return;
    }
    if (cors.isStarWithCredentials()) {
      findings.error(
          TemplateCode.CORS_STAR_CREDENTIALS,
          cors.property(),
          cors.line(),
          "*",
          "AWS does not deploy * together with credentials, and browsers do not take it.",
          "Name the origins, or leave the credentials out.");
    }
    if (!concerned) {
      return;
    }
    if (api.kind() == TemplateApi.Kind.FUNCTION_URL) {
      findings.error(
          TemplateCode.BUILT_IN_CORS,
          cors.property(),
          cors.line(),
          "",
          "The URL puts its own CORS headers beside the function's: browsers refuse two of them.",
          "Remove it; the function's policy is enough.");
    } else {
      findings.error(
          TemplateCode.BUILT_IN_CORS,
          cors.property(),
          cors.line(),
          "",
          "API Gateway answers the preflights itself and drops the function's CORS headers: the"
              + " policy has no effect.",
          "Remove it; the function's policy is enough.");
    }
  }

  /** What becomes of the preflights of all the routes that pages call. */
  private void lookAtPreflights() {
    if (!concerned) {
      return;
    }
    for (TemplateRoute route : api.routes().routes()) {
      if (!route.method().equals("OPTIONS")) {
        for (String path : samples(route.path())) {
          RouteTable.Match match = api.routes().match("OPTIONS", path).orElse(null);
          if (match != null) {
            lookAtPreflight(route, match.route());
          } else if (api.cors() == null) {
            missing(route, path);
          }
        }
      }
    }
  }

  /** Returns paths that the route takes. */
  private List<String> samples(String path) {
    if (path.equals(RouteTable.DEFAULT)) {
      return List.of("/", "/corsage/sample");
    }
    return List.of(
        path.replaceAll("\\{[^}]*\\+}", "corsage/sample").replaceAll("\\{[^}]*}", "corsage"));
  }

  private void missing(TemplateRoute route, String path) {
    boolean rest = api.kind() == TemplateApi.Kind.REST;
    String proxy = path.equals("/") && !rest ? " (/{proxy+} does not match /)" : "";
    findings.error(
        TemplateCode.OPTIONS_MISSING,
        route.resource(),
        route.line(),
        route.key(),
        "Nothing answers its preflights: API Gateway itself refuses them with "
            + (rest ? "403 Missing Authentication Token" : "404 Not Found")
            + proxy
            + ".",
        "Add an OPTIONS "
            + (route.path().equals(RouteTable.DEFAULT) ? path : route.path())
            + " that leads to the function with the policy.");
  }

  private void lookAtPreflight(TemplateRoute route, TemplateRoute options) {
    // A URL that responses preflights itself does so before anybody is asked.
    boolean asked = api.kind() != TemplateApi.Kind.FUNCTION_URL || api.cors() == null;
    if (asked && options.authorizer() != null) {
      findings.error(
          TemplateCode.OPTIONS_AUTHORIZER,
          options.resource(),
          options.line(),
          options.key(),
          options.authorizer().name()
              + " refuses preflights: browsers send no credentials with them.",
          authorizerFix(options));
    }
    if (options.apiKey()) {
      findings.error(
          TemplateCode.OPTIONS_API_KEY,
          options.resource(),
          options.line(),
          options.key(),
          "An API key is asked for, which browsers do not send with a preflight.",
          "Set ApiKeyRequired: false for OPTIONS.");
    }
    if (api.cors() != null || leadsToPolicy(options)) {
      return;
    }
    if (options.target() instanceof Mock) {
      mocked(route, options);
    } else {
      elsewhere(route, options);
    }
  }

  private String authorizerFix(TemplateRoute options) {
    if (api.kind() == TemplateApi.Kind.FUNCTION_URL) {
      return "Set AuthType: NONE and let the function check who calls.";
    }
    if (options.method().equals("OPTIONS")) {
      return "Set the authorizer of this route to NONE (Auth: Authorizer: NONE in SAM).";
    }
    String path = options.path().equals(RouteTable.DEFAULT) ? "/{proxy+}" : options.path();
    return "Add an OPTIONS "
        + path
        + " without an authorizer beside it; it comes before "
        + options.key()
        + ".";
  }

  private void mocked(TemplateRoute route, TemplateRoute options) {
    findings.error(
        TemplateCode.BUILT_IN_CORS,
        options.resource(),
        options.line(),
        route.path(),
        "A mock answers the preflights of this path, and not by the policy.",
        options.resource().endsWith(".Cors")
            ? "Remove Cors, and add an OPTIONS of this path that leads to the function with the"
                + " policy."
            : "Let this OPTIONS lead to the function with the policy.");
  }

  private void elsewhere(TemplateRoute route, TemplateRoute options) {
    String target = target(options);
    if (options.method().equals("OPTIONS")) {
      findings.error(
          TemplateCode.OPTIONS_ELSEWHERE,
          options.resource(),
          options.line(),
          options.key(),
          "It leads to " + target + ", which has no policy in its environment.",
          "Let it lead to the function with the policy.");
    } else {
      findings.warning(
          TemplateCode.OPTIONS_ELSEWHERE,
          options.resource(),
          options.line(),
          options.key(),
          "It takes the preflights of "
              + route.path()
              + " to "
              + target
              + ", which has no policy in its environment.",
          "Add an OPTIONS "
              + optionsPath(options)
              + " that leads to the function with the policy.");
    }
  }

  private static String optionsPath(TemplateRoute route) {
    return route.path().equals(RouteTable.DEFAULT) ? "/{proxy+} and an OPTIONS /" : route.path();
  }

  private static String target(TemplateRoute route) {
    return route.target() instanceof TemplateRoute.Other other
        ? other.description()
        : String.valueOf(route.functionId());
  }

  private void lookAtRoute(TemplateRoute route) {
    if (route.target() instanceof Mock mock) {
      lookAtMock(route, mock);
      return;
    }
    TemplateFunction function = function(route);
    if (function == null) {
      return;
    }
    if (function.isPreflight() && !route.method().equals("OPTIONS")) {
      findings.warning(
          TemplateCode.PREFLIGHT_ROUTE,
          route.resource(),
          route.line(),
          route.key(),
          "The preflight function answers nothing but preflights, and all else here with 400.",
          api.kind() == TemplateApi.Kind.FUNCTION_URL
              ? "Give the URL to a function of your own that is wrapped."
              : "Make it an OPTIONS.");
    }
    lookAtPayload(route, function);
  }

  private void lookAtMock(TemplateRoute route, Mock mock) {
    String origin = mock.headers().getOrDefault("Access-Control-Allow-Origin", "");
    String credentials = mock.headers().getOrDefault("Access-Control-Allow-Credentials", "");
    if (origin.equals("*") && credentials.equals("true")) {
      findings.error(
          TemplateCode.CORS_STAR_CREDENTIALS,
          route.resource(),
          route.line(),
          "*",
          "Browsers do not take * together with credentials.",
          "Name the origin, or leave the credentials out.");
    }
  }

  private void lookAtPayload(TemplateRoute route, TemplateFunction function) {
    boolean options = route.method().equals("OPTIONS");
    if (api.kind() == TemplateApi.Kind.HTTP && function.isPreflight()) {
      if (options && route.payload2()) {
        findings.info(
            TemplateCode.PAYLOAD_FORMAT,
            route.resource(),
            route.line(),
            "2.0",
            "The preflight function answers both formats; 1.0 keeps headers apart that came twice.",
            "Set the payload format version to 1.0 if you like.");
      }
      return;
    }
    HandlerEvent event = HandlerEvent.of(function);
    if (event != HandlerEvent.UNKNOWN && event.isV2() != route.payload2()) {
      findings.error(
          TemplateCode.PAYLOAD_FORMAT,
          route.resource(),
          route.line(),
          route.payload2() ? "2.0" : "1.0",
          function.handler() + " takes events of the other format (" + event.className() + ").",
          "Set the payload format version to "
              + (event.isV2() ? "2.0" : "1.0")
              + ", or change the handler's event class.");
    }
  }

  /** Two policies that differ allow a preflight and then refuse the request, or never ask. */
  private void lookAtPolicies() {
    List<TemplateFunction> deciding =
        api.routes().routes().stream()
            .map(this::function)
            .filter(Objects::nonNull)
            .filter(TemplateFunction::hasPolicy)
            .distinct()
            .toList();
    Set<Map<String, String>> policies = new LinkedHashSet<>();
    List<String> ids = new ArrayList<>();
    for (TemplateFunction function : deciding) {
      policies.add(policy(function));
      ids.add(function.id());
    }
    if (policies.size() > 1) {
      findings.warning(
          TemplateCode.POLICIES_DIFFER,
          api.id(),
          api.line(),
          "",
          "The policies of " + String.join(", ", ids) + " are not the same.",
          "Write the variables of the policy once, in Globals or as parameters.");
    }
  }

  /** Returns what of the policy both kinds of requests depend on. */
  private static Map<String, String> policy(TemplateFunction function) {
    Map<String, String> policy = new TreeMap<>();
    Stream.of("ALLOWED_ORIGINS", "ALLOW_LIST", "ALLOW_CREDENTIALS", "CORS_POLICY")
        .filter(function.variables()::containsKey)
        .forEach(name -> policy.put(name, function.variables().get(name).strip()));
    return policy;
  }
}
