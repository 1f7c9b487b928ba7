package dev.corsage.gateway.template;

import dev.corsage.lambda.EnvironmentPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A Lambda function of a template.
 *
 * @param id its logical id
 * @param line where it is written
 * @param handler as it is configured; empty if it is not
 * @param runtime such as {@code java21}; empty if it is not written
 * @param code its archive, a file that exists on this machine; null if there is none
 * @param variables its environment
 * @param unresolved those of the variables whose values only a deployment knows; in the environment
 *     they have a placeholder
 */
public record TemplateFunction(
    String id,
    int line,
    String handler,
    String runtime,
    Path code,
    Map<String, String> variables,
    Set<String> unresolved) {
  private static final String PREFLIGHT_HANDLER = "dev.corsage.lambda.PreflightHandler";

  /** Creates a function; code alone may be null. */
  public TemplateFunction {
    variables = Map.copyOf(variables);
    unresolved = Set.copyOf(unresolved);
  }

  /** Tells whether it is the preflight function. */
  public boolean isPreflight() {
    return handler.equals(PREFLIGHT_HANDLER);
  }

  /** Tells whether it has a policy in its environment: the preflight function, or a wrapped one. */
  public boolean hasPolicy() {
    return isPreflight() || EnvironmentPolicy.isPolicy(variables);
  }

  /** Tells whether its own code can be run here. */
  public boolean isRunnable() {
    return code != null && runtime.startsWith("java") && !handler.isEmpty();
  }
}
