package dev.corsage.gateway.template;

import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PreflightHandler;
import java.nio.file.Files;
import java.time.Duration;
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
 * @param code where its code is; not null
 * @param hasPolicy whether Corsage decides on its CORS: its handler is Corsage's, or its code has
 *     Corsage in it, or its author says so by {@code Metadata: {Corsage: wrapped}}. What its
 *     variables are called says nothing: functions in any language read an {@code ALLOWED_ORIGINS}
 *     of their own
 * @param timeout how long it may take for an event
 * @param environment its variables, by name
 */
public record TemplateFunction(
    String id,
    int line,
    String handler,
    String runtime,
    CodeLocation code,
    boolean hasPolicy,
    Duration timeout,
    Map<String, Variable> environment) {

  /**
   * A variable of an environment.
   *
   * @param value what only a deployment knows is in it as <code>${REFERENCE}</code>
   * @param references what only a deployment knows
   * @param line where it is written
   */
  public record Variable(String value, List<String> references, int line) {}

  /** Creates a function. */
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
    return handler.replaceFirst("::handleRequest$", "").equals(PreflightHandler.class.getName());
  }

  /** Tells whether it has a policy, and its variables write it: it can be read from here. */
  public boolean hasVariablesOfPolicy() {
    return hasPolicy && (isPreflight() || EnvironmentPolicy.isPolicy(variables()));
  }

  /** Returns what its policy depends on that only a deployment knows. */
  Set<String> policyReferences() {
    return hasVariablesOfPolicy()
        ? environment.entrySet().stream()
            .filter(variable -> EnvironmentPolicy.concerns(variable.getKey()))
            .flatMap(variable -> variable.getValue().references().stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Tells whether it runs on one of Lambda's Java runtimes. */
  public boolean isJava() {
    return runtime.startsWith("java");
  }

  /** Tells whether its own code can run here, in a JVM or by a bootstrap of its own. */
  public boolean isRunnable() {
    if (handler.isEmpty() || code.path() == null) {
      return false;
    }
    return switch (code.kind()) {
      case ARCHIVE -> isJava();
      // As sam build leaves it, and not as Maven or Gradle find it.
      case FOLDER ->
          (isJava() && (Files.exists(code.path().resolve(classFile())) || hasLibraries()))
              || (runtime.startsWith("provided")
                  && Files.isExecutable(code.path().resolve("bootstrap")));
      case INLINE, NOT_HERE -> false;
    };
  }

  private boolean hasLibraries() {
    return Files.isDirectory(code.path().resolve("lib"));
  }

  /** Returns the name of the file with the class of a Java handler. */
  public String classFile() {
    return handler.replaceFirst("::.*", "").replace('.', '/') + ".class";
  }
}
