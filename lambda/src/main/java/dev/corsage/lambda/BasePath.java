package dev.corsage.lambda;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The base path under which a custom domain has an API. In events of REST APIs, and of HTTP APIs in
 * payload format 1.0, it <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">stands
 * before the path</a>, and no field names it. What follows it is what was matched with the
 * resource, so {@code requestContext.resourcePath} tells where it ends.
 */
final class BasePath {
  private BasePath() {}

  /**
   * Returns the path without the base path; as it is if the event names no resource, or the route
   * {@code $default}, which every path matches; null if it does not end in what its resource
   * matches: then nobody knows where the base path ends, and no policy is to be chosen by guessing.
   */
  static String cutFrom(String path, ProxyRequest request) {
    String resource = request.resourcePath();
    if (resource == null || !resource.startsWith("/") || !path.startsWith("/")) {
      return path;
    }
    if (path.contains("//") || path.contains("/.")) {
      return null;
    }
    List<String> wanted = segments(resource);
    List<String> found = segments(path);
    String greedy = greedyParameter(wanted);
    List<String> rest = List.of();
    if (greedy != null) {
      String value = request.pathParameter(greedy);
      rest = value == null ? List.of() : segments("/" + value);
      wanted = wanted.subList(0, wanted.size() - 1);
    }
    int start = found.size() - wanted.size() - rest.size();
    if (start < 0 || (greedy != null && rest.isEmpty())) {
      return null;
    }
    boolean matches =
        matches(wanted, found.subList(start, start + wanted.size()))
            && isSame(rest, found.subList(start + wanted.size(), found.size()));
    String slash = path.endsWith("/") && start < found.size() ? "/" : "";
    return matches ? "/" + String.join("/", found.subList(start, found.size())) + slash : null;
  }

  /** Returns the segments; a slash at the end makes none. */
  private static List<String> segments(String path) {
    String inner =
        path.substring(
            1, path.endsWith("/") && path.length() > 1 ? path.length() - 1 : path.length());
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  /** Returns the name of the variable that takes all segments to the end, or null. */
  private static String greedyParameter(List<String> resource) {
    String last = resource.isEmpty() ? "" : resource.get(resource.size() - 1);
    return last.startsWith("{") && last.endsWith("+}")
        ? last.substring(1, last.length() - 2)
        : null;
  }

  private static boolean matches(List<String> resource, List<String> segments) {
    for (int i = 0; i < resource.size(); i++) {
      if (!resource.get(i).startsWith("{") && !resource.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Path parameters are decoded in the events of some kinds of API. */
  private static boolean isSame(List<String> parameter, List<String> segments) {
    for (int i = 0; i < parameter.size(); i++) {
      String segment = segments.get(i);
      if (!parameter.get(i).equals(segment) && !parameter.get(i).equals(decoded(segment))) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
