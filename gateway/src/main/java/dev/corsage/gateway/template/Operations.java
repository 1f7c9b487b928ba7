package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The operations of an API's document, by path and method, in the order of the document. */
final class Operations {
  /** The method of an operation that takes every method without an operation of its own. */
  static final String ANY = "ANY";

  static final String OPTIONS = "OPTIONS";

  private final Map<String, Map<String, Operation>> paths = new LinkedHashMap<>();

  /** What else a path has, in upper case, such as {@code PARAMETERS}. */
  private final Map<String, Set<String>> fields = new LinkedHashMap<>();

  /** The security requirements of operations that have none of their own. */
  private final List<String> security;

  Operations(List<String> security) {
    this.security = List.copyOf(security);
  }

  void addPath(String path) {
    paths.computeIfAbsent(path, p -> new LinkedHashMap<>());
  }

  void addField(String path, String name) {
    addPath(path);
    fields.computeIfAbsent(path, p -> new TreeSet<>()).add(name);
  }

  /** Adds an operation, or replaces it. */
  void put(String path, String method, Operation operation) {
    addPath(path);
    paths.get(path).put(method, operation);
  }

  /** Returns an operation; null if there is none. */
  Operation get(String path, String method) {
    return paths.getOrDefault(path, Map.of()).get(method);
  }

  Set<String> paths() {
    return paths.keySet();
  }

  /** Returns the names of all that a path has, sorted: methods, and fields that are none. */
  Set<String> names(String path) {
    Set<String> names = new TreeSet<>(fields.getOrDefault(path, Set.of()));
    names.addAll(paths.get(path).keySet());
    return names;
  }

  /** Replaces each operation that has an integration, by its method. */
  void replaceIntegrated(BiFunction<String, Operation, Operation> change) {
    for (Map<String, Operation> methods : paths.values()) {
      methods.replaceAll(
          (method, operation) ->
              operation.integrated() ? change.apply(method, operation) : operation);
    }
  }

  /** Makes routes of them. */
  void addTo(ApiDraft api) {
    paths.forEach(
        (path, methods) ->
            methods.forEach((method, operation) -> api.add(route(api, path, method, operation))));
  }

  private Route route(ApiDraft api, String path, String method, Operation operation) {
    List<String> names = operation.security() == null ? security : operation.security();
    return new Route(
        method,
        path,
        operation.target(),
        operation.type(),
        api.authorizer(names),
        names.stream().anyMatch(api::isApiKey),
        operation.location());
  }
}
