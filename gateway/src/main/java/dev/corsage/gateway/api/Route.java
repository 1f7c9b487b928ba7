package dev.corsage.gateway.api;

/**
 * A route of an HTTP API, a method of a REST API, or the one route of a function URL. Immutable.
 *
 * @param method in upper case; {@code ANY} for all that have no route of their own
 * @param path such as <code>/items/{id}</code>, or {@code $default}
 * @param target what it leads to
 * @param type the format of events
 * @param authorizer what it is protected by; null if by nothing
 * @param apiKey whether an API key is required
 * @param location where it is written
 */
public record Route(
    String method,
    String path,
    Target target,
    ApiType type,
    Authorizer authorizer,
    boolean apiKey,
    Location location) {

  /** Creates a route that is open to everybody and that no template describes. */
  public Route(String method, String path, Target target, ApiType type) {
    this(method, path, target, type, null, false, Location.NONE);
  }

  /** Returns the route key, as an HTTP API has it, such as {@code GET /items}. */
  public String key() {
    return path.equals(RouteTable.DEFAULT) ? path : method + " " + path;
  }

  /** Returns the id of the function that it leads to, or null. */
  public String functionId() {
    return target instanceof Target.Function function ? function.id() : null;
  }

  /** Returns the integration that maps its requests and responses, or null. */
  MappedIntegration mappedIntegration() {
    if (target instanceof Target.Mock mock) {
      return mock.integration();
    }
    return target instanceof Target.Mapped mapped ? mapped.integration() : null;
  }
}
