package dev.corsage.gateway.rules;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.TemplateFunction.Variable;
import dev.corsage.lambda.EnvironmentPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the functions: the policies in their environments. */
final class FunctionRules {
  private static final String FILE = "CORS_POLICY_FILE";

  /**
   * Of all variables, in bytes: <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda's
   * quota</a>.
   */
  private static final int MAX_ENVIRONMENT = 4096;

  private final Map<Map<String, String>, List<Problem>> problems = new HashMap<>();
  private final Set<String> undecided;

  /** The functions that are not known, and of which this is said. */
  private final Set<String> mentioned = new HashSet<>();

  private final Findings findings;

  /**
   * Creates it.
   *
   * @param undecided the parameters without a value, which are reported already
   */
  FunctionRules(Set<String> undecided, Findings findings) {
    this.undecided = undecided;
    this.findings = findings;
  }

  void check(Collection<TemplateFunction> functions) {
    for (TemplateFunction function : functions) {
      if (function.hasVariablesOfPolicy()) {
        checkPolicy(function);
      } else if (function.hasPolicy()) {
        findings.add(
            TemplateCode.POLICY_NOT_READ,
            new Location(function.id(), function.line()),
            "",
            "Corsage is in it, and its environment has no policy. One that its code builds is not"
                + " checked here.",
            "Write the policy in its environment; or, if Corsage does not wrap it, write Metadata:"
                + " {Corsage: none} beside its Properties.");
      } else {
        checkOwnVariables(function);
      }
    }
  }

  /**
   * Says of which functions on routes nothing else is said: that there is no problem does not mean
   * that their responses have the headers. A function that another layer gives its headers to need
   * have none.
   */
  void checkRoutes(Api api, Map<String, TemplateFunction> functions) {
    if (api.cors() != null) {
      return;
    }
    Map<String, List<String>> routes = new TreeMap<>();
    for (Route route : api.routes().routes()) {
      TemplateFunction function = functions.get(String.valueOf(route.functionId()));
      if (function != null && !function.hasPolicy() && !mentioned.contains(function.id())) {
        routes.computeIfAbsent(function.id(), id -> new ArrayList<>()).add(route.key());
      }
    }
    routes.forEach(
        (id, keys) -> {
          mentioned.add(id);
          findings.add(
              TemplateCode.FUNCTION_NOT_KNOWN,
              new Location(id, functions.get(id).line()),
              keys.get(0) + (keys.size() == 1 ? "" : " and " + (keys.size() - 1) + " more"),
              id
                  + " is not known to have Corsage in it: whether its responses have CORS headers is"
                  + " not checked.",
              TemplateCode.FUNCTION_NOT_KNOWN.remedy());
        });
  }

  /**
   * Functions in all languages read such variables for themselves. Only where the code is Java and
   * not here it may well be the policy of a wrapped function, which then goes unchecked.
   */
  private void checkOwnVariables(TemplateFunction function) {
    String name =
        function.environment().keySet().stream()
            .filter(FunctionRules::isOfOrigins)
            .sorted()
            .findFirst()
            .orElse(null);
    if (name == null) {
      return;
    }
    mentioned.add(function.id());
    boolean unknown = function.isJava() && !function.code().isHere();
    findings.add(
        TemplateCode.POLICY_NOT_READ,
        unknown ? Severity.WARNING : Severity.INFO,
        location(function, name, name),
        "",
        (unknown
                ? "Its code is not here ("
                    + function.code()
                    + "): whether Corsage reads this variable"
                : whoseVariable(function) + ". What the function does with it")
            + " is not known, and it is not checked as a policy.",
        TemplateCode.POLICY_NOT_READ.remedy());
  }

  private static String whoseVariable(TemplateFunction function) {
    if (function.isJava()) {
      return "There is nothing of Corsage in its code (" + function.code() + ")";
    }
    return function.runtime().isEmpty()
        ? "Its runtime is not known (" + function.code() + ")"
        : "It is not Java (" + function.runtime() + ") and reads this variable itself";
  }

  /** MAX_AGE alone is a name for many things. */
  private static boolean isOfOrigins(String name) {
    return EnvironmentPolicy.isPolicy(Map.of(name, ""))
        && (name.contains("ORIGIN") || name.contains("CORS"));
  }

  private void checkPolicy(TemplateFunction function) {
    Set<String> unresolved = new TreeSet<>(function.unresolved());
    unresolved.removeIf(name -> !EnvironmentPolicy.concerns(name));
    for (String name : unresolved) {
      Variable variable = function.environment().get(name);
      if (!undecided.containsAll(variable.references())) {
        findings.add(
            TemplateCode.TEMPLATE_UNRESOLVED,
            location(function, name, name),
            variable.value(),
            TemplateCode.TEMPLATE_UNRESOLVED.meaning(),
            TemplateCode.TEMPLATE_UNRESOLVED.remedy());
      }
    }
    if (!unresolved.isEmpty()) {
      return;
    }
    Variable file = function.environment().get(FILE);
    if (file != null) {
      findings.add(
          TemplateCode.TEMPLATE_UNRESOLVED,
          Severity.INFO,
          location(function, FILE, FILE),
          file.value(),
          "The policy is in a file of the function's archive, and is not checked here.",
          "Check it with ./corsage lint.");
      return;
    }
    if (size(function) > MAX_ENVIRONMENT) {
      findings.add(
          TemplateCode.ENVIRONMENT_SIZE,
          new Location(function.id() + ".Environment", function.line()),
          size(function) + " bytes");
      return;
    }
    Map<String, String> policy = new TreeMap<>(function.variables());
    policy.keySet().removeIf(name -> !EnvironmentPolicy.concerns(name));
    // Globals give many functions the same policy.
    for (Problem problem : problems.computeIfAbsent(policy, EnvironmentPolicy::problems)) {
      String variable = problem.field().replaceFirst("\\..*", "");
      findings.add(problem, location(function, problem.field(), variable));
    }
  }

  private static int size(TemplateFunction function) {
    return function.variables().entrySet().stream()
        .mapToInt(variable -> bytes(variable.getKey()) + bytes(variable.getValue()))
        .sum();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Location location(TemplateFunction function, String field, String name) {
    Variable variable = function.environment().get(name);
    return new Location(
        function.id() + "." + field, variable == null ? function.line() : variable.line());
  }
}
