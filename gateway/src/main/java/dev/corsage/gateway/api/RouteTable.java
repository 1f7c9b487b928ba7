package dev.corsage.gateway.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of an API, and which of them a request takes. Immutable.
 *
 * <p><a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">HTTP
 * APIs</a> take the best route that has the method: a full match of the path before a greedy
 * variable, and that before {@code $default}. REST APIs find the resource first; if it has no such
 * method, they look no further.
 */
public final class RouteTable {
  /** The path of the route that takes what no other route takes. */
  public static final String DEFAULT = "$default";

  private static final String ANY = "ANY";

  /**
   * A route that takes a request.
   *
   * @param pathParameters the values of its variables, as they are in the path
   */
  public record Match(Route route, Map<String, String> pathParameters) {}

  private final List<Route> routes;
  private final List<RoutePath> paths;
  private final boolean resourceFirst;

  /**
   * Creates a table.
   *
   * @param resourceFirst whether it is that of a REST API
   */
  public RouteTable(List<Route> routes, boolean resourceFirst) {
    this.resourceFirst = resourceFirst;
    List<Route> sorted = new ArrayList<>(routes);
    sorted.sort(
        Comparator.comparing((Route route) -> route.path().equals(DEFAULT))
            .thenComparing(route -> route.path().endsWith("+}"))
            .thenComparing(Route::path, RouteTable::bySpecificity)
            .thenComparing(route -> route.method().equals(ANY)));
    this.routes = List.copyOf(sorted);
    paths = this.routes.stream().map(route -> RoutePath.of(route.path())).toList();
  }

  /** Returns the routes in the order in which they are tried. */
  public List<Route> routes() {
    return routes;
  }

  /** Returns the route that a request takes, if any. */
  public Optional<Match> match(String method, String path) {
    String[] given = RoutePath.segments(path);
    String resource = null;
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      RoutePath pattern = paths.get(i);
      boolean takesMethod = route.method().equals(method) || route.method().equals(ANY);
      if (!(takesMethod || resourceFirst)
          || !(route.path().equals(DEFAULT) || pattern.matches(given))
          || (resource != null && !pattern.shape().equals(resource))) {
        continue;
      }
      if (takesMethod) {
        return Optional.of(new Match(route, pattern.parameters(given)));
      }
      resource = pattern.shape();
    }
    return Optional.empty();
  }

  /** The more specific first, segment by segment: text, variable, greedy variable. */
  private static int bySpecificity(String a, String b) {
    String[] left = a.split("/", -1);
    String[] right = b.split("/", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = Integer.compare(rank(left[i]), rank(right[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(right.length, left.length);
  }

  private static int rank(String segment) {
    return RoutePath.isGreedy(segment) ? 2 : RoutePath.isVariable(segment) ? 1 : 0;
  }
}
