package dev.corsage.gateway.rules;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.TemplateFunction.Variable;
import dev.corsage.lambda.EnvironmentPolicy;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Checks the functions: the policies in their environments. */
final class FunctionRules {
  private static final String FILE = "CORS_POLICY_FILE";

  private final Set<String> undecided;
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
      if (function.hasPolicy()) {
        checkPolicy(function);
      }
    }
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
    for (Problem problem : EnvironmentPolicy.problems(function.variables())) {
      String variable = problem.field().replaceFirst("\\..*", "");
      findings.add(problem, location(function, problem.field(), variable));
    }
  }

  private static Location location(TemplateFunction function, String field, String name) {
    Variable variable = function.environment().get(name);
    return new Location(
        function.id() + "." + field, variable == null ? function.line() : variable.line());
  }
}
