package dev.corsage.gateway.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The path of a route, taken apart once: a table compares every request with many.
 *
 * @param segments its segments up to a greedy variable; null where there is a variable
 * @param names the names of its variables; null where there is none
 * @param isGreedy whether the last segment is a greedy variable
 * @param shape equal for paths that differ only in the names of variables: they are one resource
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoutePath(String[] segments, String[] names, boolean isGreedy, String shape) {

  static RoutePath of(String path) {
    String[] segments = segments(path);
    String[] names = new String[segments.length];
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      if (isVariable(segment)) {
        names[i] = segment.replaceAll("[{}+]", "");
        segments[i] = null;
      }
      if (isGreedy(segment)) {
        return new RoutePath(Arrays.copyOf(segments, i + 1), names, true, shape(path));
      }
    }
    return new RoutePath(segments, names, false, shape(path));
  }

  private static String shape(String path) {
    return path.replaceAll("\\{[^{}+]*}", "{}").replaceAll("\\{[^{}]*\\+}", "{+}");
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  static boolean isGreedy(String segment) {
    return isVariable(segment) && segment.endsWith("+}");
  }

  /** A slash at the end makes no difference, except in the root path. */
  static String[] segments(String path) {
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.split("/", -1);
  }

  boolean matches(String[] given) {
    int last = segments.length - 1;
    if (isGreedy ? given.length <= last : given.length != segments.length) {
      return false;
    }
    // From the end: paths have their beginnings in common.
    for (int i = last; i >= 0; i--) {
      if (segments[i] != null && !segments[i].equals(given[i])) {
        return false;
      }
    }
    // A greedy variable stands for at least one segment: /{proxy+} does not match /.
    return !isGreedy || given.length > segments.length || !given[last].isEmpty();
  }

  /** Returns the values of its variables in a path that it matches. */
  Map<String, String> parameters(String[] given) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < segments.length; i++) {
      if (names[i] != null) {
        boolean rest = isGreedy && i == segments.length - 1;
        parameters.put(
            names[i], rest ? String.join("/", List.of(given).subList(i, given.length)) : given[i]);
      }
    }
    return parameters;
  }
}
