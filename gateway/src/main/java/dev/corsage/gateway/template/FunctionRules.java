package dev.corsage.gateway.template;

import dev.corsage.Problem;
import dev.corsage.lambda.EnvironmentPolicy;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the functions: the policies in their environments. */
final class FunctionRules {
  private static final String FILE = "CORS_POLICY_FILE";

  private final FunctionReader reader;
  private final Set<String> undecided;
  private final Findings findings;

  /** Creates it; undecided are the parameters without a value, which have been told of. */
  FunctionRules(FunctionReader reader, Set<String> undecided, Findings findings) {
    this.reader = reader;
    this.undecided = undecided;
    this.findings = findings;
  }

  void look(Collection<TemplateFunction> functions) {
    for (TemplateFunction function : functions) {
      if (function.hasPolicy()) {
        lookAtPolicy(function);
      }
    }
  }

  private void lookAtPolicy(TemplateFunction function) {
    Set<String> unresolved = new TreeSet<>(function.unresolved());
    unresolved.removeIf(variable -> !EnvironmentPolicy.concerns(variable));
    for (String variable : unresolved) {
      if (undecided.containsAll(reader.variable(function, variable).references())) {
        continue;
      }
      findings.warning(
          TemplateCode.TEMPLATE_UNRESOLVED,
          where(function, variable),
          line(function, variable),
          function.variables().get(variable),
          "The value is known after a deployment only, so the policy cannot be looked at.",
          "Make it a parameter with a default, and give its value with --parameter.");
    }
    if (!unresolved.isEmpty()) {
      return;
    }
    if (function.variables().containsKey(FILE)) {
      findings.info(
          TemplateCode.TEMPLATE_UNRESOLVED,
          where(function, FILE),
          line(function, FILE),
          function.variables().get(FILE),
          "The policy is in a file of the function's archive, and is not looked at here.",
          "Look at it with ./corsage lint.");
      return;
    }
    for (Problem problem : EnvironmentPolicy.problems(function.variables())) {
      String variable = problem.field().replaceFirst("\\..*", "");
      findings.add(problem, where(function, problem.field()), line(function, variable));
    }
  }

  private static String where(TemplateFunction function, String variable) {
    return function.id() + "." + variable;
  }

  private int line(TemplateFunction function, String variable) {
    Value value = reader.variable(function, variable);
    return value.isPresent() ? value.line() : function.line();
  }
}
