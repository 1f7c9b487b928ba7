package dev.corsage.gateway.template;

import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PreflightHandler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Lambda function of a template. Immutable.
 *
 * @param id its logical id
 * @param line where it is written
 * @param handler as it is configured; empty if it is not
 * @param runtime such as {@code java21}; empty if it is not written
 * @param code its archive, a file that exists on this machine; null if there is none
 * @param environment its variables, by name
 */
public record TemplateFunction(
    String id,
    int line,
    String handler,
    String runtime,
    Path code,
    Map<String, Variable> environment) {

  /**
   * A variable of an environment.
   *
   * @param value what only a deployment knows is in it as <code>${REFERENCE}</code>
   * @param references what only a deployment knows
   * @param line where it is written
   */
  public record Variable(String value, List<String> references, int line) {}

  /** Creates a function; code alone may be null. */
  public TemplateFunction {
    environment = Map.copyOf(environment);
  }

  /** Returns the values of the variables, by name. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    environment.forEach((name, variable) -> variables.put(name, variable.value()));
    return variables;
  }

  /** Returns the names of the variables that have a value which only a deployment knows. */
  public Set<String> unresolved() {
    return environment.entrySet().stream()
        .filter(variable -> !variable.getValue().references().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Tells whether it is the preflight function. */
  public boolean isPreflight() {
    return handler.equals(PreflightHandler.class.getName());
  }

  /** Tells whether it has a policy in its environment: the preflight function, or a wrapped one. */
  public boolean hasPolicy() {
    return isPreflight() || EnvironmentPolicy.isPolicy(variables());
  }

  /** Returns what its policy depends on that only a deployment knows. */
  Set<String> policyReferences() {
    return hasPolicy()
        ? environment.entrySet().stream()
            .filter(variable -> EnvironmentPolicy.concerns(variable.getKey()))
            .flatMap(variable -> variable.getValue().references().stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Tells whether its own code can run here. */
  public boolean isRunnable() {
    return code != null && runtime.startsWith("java") && !handler.isEmpty();
  }
}
