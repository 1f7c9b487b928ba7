package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks an API: who else puts CORS headers on responses, and what functions get. */
final class ApiRules {
  private final Api api;
  private final Map<String, TemplateFunction> functions;
  private final WrittenSettings written;
  private final Findings findings;

  ApiRules(
      Api api,
      Map<String, TemplateFunction> functions,
      WrittenSettings written,
      Findings findings) {
    this.api = api;
    this.functions = functions;
    this.written = written;
    this.findings = findings;
  }

  void check() {
    List<Route> routes = api.routes().routes();
    // Otherwise a function that is not ours may do its CORS, and does it right or wrong.
    boolean concerned = routes.stream().anyMatch(this::leadsToPolicy) || isForgotten();
    checkStar();
    if (concerned) {
      checkBuiltInCors();
    }
    if (concerned || api.kind() != Kind.FUNCTION_URL || api.cors() != null) {
      new PreflightRules(api, this::leadsToPolicy, written, findings)
          .check(concerned, isForPages());
    }
    routes.forEach(this::checkRoute);
    new GatewayResponseRules(allowsCredentials(), findings).check(api);
    checkPolicies();
  }

  /** The template has the preflight function, and nothing in this API responds in its place. */
  private boolean isForgotten() {
    return api.kind() != Kind.FUNCTION_URL
        && api.cors() == null
        && api.routes().routes().stream().noneMatch(route -> route.target() instanceof Target.Mock)
        && functions.values().stream().anyMatch(TemplateFunction::isPreflight);
  }

  /** The template itself has something that only pages need. */
  private boolean isForPages() {
    return api.cors() != null
        || api.routes().routes().stream().anyMatch(route -> route.method().equals("OPTIONS"))
        || api.gatewayResponses().stream()
            .anyMatch(response -> response.header("Access-Control-Allow-Origin") != null)
        || functions().anyMatch(ApiRules::knowsPages);
  }

  private static boolean knowsPages(TemplateFunction function) {
    return function.environment().keySet().stream()
        .anyMatch(name -> name.matches("(?i)(?:.*_)?(?:CORS|ORIGINS?)(?:_.*)?"));
  }

  private Stream<TemplateFunction> functions() {
    return api.routes().routes().stream().map(this::function).filter(Objects::nonNull).distinct();
  }

  private boolean allowsCredentials() {
    return functions().anyMatch(ApiRules::allowsCredentials)
        || written.cors().stream()
            .filter(cors -> cors.location().property().equals(api.id() + ".Cors"))
            .anyMatch(cors -> cors.isTrue("AllowCredentials"))
        || api.routes().routes().stream()
            .filter(route -> route.method().equals("OPTIONS"))
            .map(route -> PreflightHeaders.ofMock(route, written))
            .anyMatch(headers -> headers != null && headers.credentials());
  }

  private static boolean allowsCredentials(TemplateFunction function) {
    Map<String, String> variables = function.variables();
    return function.hasPolicy()
        && (variables.getOrDefault("ALLOW_CREDENTIALS", "").strip().equalsIgnoreCase("true")
            || variables
                .getOrDefault("CORS_POLICY", "")
                .matches("(?s).*\"credentials\"\\s*:\\s*true.*"));
  }

  private TemplateFunction function(Route route) {
    String id = route.functionId();
    return id == null ? null : functions.get(id);
  }

  private boolean leadsToPolicy(Route route) {
    TemplateFunction function = function(route);
    return function != null && function.hasPolicy();
  }

  private void checkStar() {
    BuiltInCors cors = api.cors();
    if (cors == null || !cors.isStarWithCredentials()) {
      return;
    }
    if (api.kind() == Kind.FUNCTION_URL) {
      findings.add(
          TemplateCode.URL_STAR_CREDENTIALS,
          cors.location(),
          "*",
          "Lambda deploys it, and sends every page its own origin back, with credentials.",
          TemplateCode.URL_STAR_CREDENTIALS.remedy());
    } else {
      findings.add(
          TemplateCode.CORS_STAR_CREDENTIALS,
          cors.location(),
          "*",
          "AWS does not deploy * together with credentials, and browsers do not accept it.",
          TemplateCode.CORS_STAR_CREDENTIALS.remedy());
    }
  }

  private void checkBuiltInCors() {
    BuiltInCors cors = api.cors();
    if (cors != null) {
      findings.add(
          TemplateCode.BUILT_IN_CORS,
          cors.location(),
          "",
          api.kind() == Kind.FUNCTION_URL
              ? "The URL adds its own CORS headers to the function's: browsers refuse two of them."
              : "API Gateway responds to preflights itself and drops the function's CORS headers:"
                  + " the policy has no effect.",
          TemplateCode.BUILT_IN_CORS.remedy());
    }
  }

  private void checkRoute(Route route) {
    TemplateFunction function = function(route);
    if (function == null) {
      return;
    }
    if (function.isPreflight() && !route.method().equals("OPTIONS")) {
      findings.add(
          TemplateCode.PREFLIGHT_ROUTE,
          route.location(),
          route.key(),
          "The preflight function responds to everything but preflights with 400.",
          api.kind() == Kind.FUNCTION_URL
              ? "Give the URL to a function of your own that is wrapped."
              : "Make it an OPTIONS.");
    }
    checkPayload(route, function);
  }

  private void checkPayload(Route route, TemplateFunction function) {
    boolean v2 = route.type().isV2();
    if (api.kind() == Kind.HTTP && function.isPreflight()) {
      if (route.method().equals("OPTIONS") && v2) {
        findings.add(
            TemplateCode.PAYLOAD_FORMAT,
            Severity.INFO,
            route.location(),
            "2.0",
            "The preflight function takes both formats; 1.0 keeps several lines of a header apart.",
            "Set the payload format version to 1.0 if you like.");
      }
      return;
    }
    HandlerEvent event = HandlerEvent.of(function);
    if (event != HandlerEvent.UNKNOWN && event.isV2() != v2) {
      findings.add(
          TemplateCode.PAYLOAD_FORMAT,
          route.location(),
          v2 ? "2.0" : "1.0",
          function.handler() + " takes events of the other format (" + event.className() + ").",
          "Set the payload format version to "
              + (event.isV2() ? "2.0" : "1.0")
              + ", or change the handler's event class.");
    }
  }

  /** Two policies that differ allow a preflight and then refuse the request, or the reverse. */
  private void checkPolicies() {
    List<TemplateFunction> deciding =
        functions().filter(TemplateFunction::hasVariablesOfPolicy).toList();
    Set<Map<String, String>> policies = new LinkedHashSet<>();
    deciding.forEach(function -> policies.add(policy(function)));
    if (policies.size() > 1) {
      List<String> ids = deciding.stream().map(TemplateFunction::id).toList();
      findings.add(
          TemplateCode.POLICIES_DIFFER,
          api.location(),
          "",
          "The policies of " + String.join(", ", ids) + " are not the same.",
          TemplateCode.POLICIES_DIFFER.remedy());
    }
  }

  /** Returns the part of a policy that both kinds of requests depend on. */
  private static Map<String, String> policy(TemplateFunction function) {
    Map<String, String> variables = function.variables();
    Map<String, String> policy = new TreeMap<>();
    Stream.of("ALLOWED_ORIGINS", "ALLOW_LIST", "ALLOW_CREDENTIALS", "CORS_POLICY")
        .filter(variables::containsKey)
        .forEach(name -> policy.put(name, variables.get(name).strip()));
    return policy;
  }
}
