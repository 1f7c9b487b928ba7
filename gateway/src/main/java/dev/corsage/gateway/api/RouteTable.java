package dev.corsage.gateway.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
  }

  /** Returns the routes in the order in which they are tried. */
  public List<Route> routes() {
    return routes;
  }

  /** Returns the route that a request takes, if any. */
  public Optional<Match> match(String method, String path) {
    String resource = null;
    for (Route route : routes) {
      Map<String, String> parameters = parameters(route.path(), path);
      if (parameters == null || (resource != null && !shape(route.path()).equals(resource))) {
        continue;
      }
      if (route.method().equals(method) || route.method().equals(ANY)) {
        return Optional.of(new Match(route, parameters));
      }
      resource = resourceFirst ? shape(route.path()) : null;
    }
    return Optional.empty();
  }

  /** Paths that differ only in the names of variables are the same resource. */
  private static String shape(String path) {
    return path.replaceAll("\\{[^}+]*}", "{}").replaceAll("\\{[^}]*\\+}", "{+}");
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
    return isGreedy(segment) ? 2 : isVariable(segment) ? 1 : 0;
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return isVariable(segment) && segment.endsWith("+}");
  }

  /** Returns the values of a route's variables, or null if it does not match. */
  private static Map<String, String> parameters(String route, String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (route.equals(DEFAULT)) {
      return parameters;
    }
    String[] wanted = segments(route);
    String[] given = segments(path);
    for (int i = 0; i < wanted.length; i++) {
      if (i >= given.length) {
        return null;
      }
      String name = wanted[i].replaceAll("[{}+]", "");
      if (isGreedy(wanted[i])) {
        String rest = String.join("/", List.of(given).subList(i, given.length));
        // A greedy variable stands for at least one segment: /{proxy+} does not match /.
        parameters.put(name, rest);
        return rest.isEmpty() ? null : parameters;
      } else if (isVariable(wanted[i])) {
        parameters.put(name, given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return wanted.length == given.length ? parameters : null;
  }

  /** A slash at the end makes no difference, except in the root path. */
  private static String[] segments(String path) {
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.split("/", -1);
  }
}
