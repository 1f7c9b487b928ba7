package dev.corsage.conformance;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request that a browser sent: what CORS is about. Immutable.
 *
 * @param nanos when it arrived
 * @param path the id of the scenario and the number of the hop, such as {@code /put/1}
 * @param method the method
 * @param origin the {@code Origin} header, or null
 * @param more the other headers in words, such as {@code for PUT with x-a}
 */
record SentLine(long nanos, String path, String method, String origin, String more) {

  /**
   * Describes a request.
   *
   * @param header returns a header of the request, or null
   */
  static SentLine of(long nanos, String method, String path, UnaryOperator<String> header) {
    StringBuilder more = new StringBuilder();
    String requested = header.apply("Access-Control-Request-Method");
    more.append(requested == null ? "" : " for " + requested);
    String names = header.apply("Access-Control-Request-Headers");
    more.append(names == null ? "" : " with " + names);
    more.append(header.apply("Cookie") == null ? "" : " and cookies");
    more.append(header.apply("Authorization") == null ? "" : " and authorization");
    return new SentLine(nanos, path, method, header.apply("Origin"), more.toString());
  }

  /** Returns the id of the scenario. */
  String scenario() {
    return path.split("/", -1)[1];
  }

  /**
   * Returns it in words, such as {@code 1 OPTIONS from app for PUT with x-a}.
   *
   * @param names the names of origins
   */
  String inWords(Map<String, String> names) {
    String from = origin == null ? "" : " from " + names.getOrDefault(origin, origin);
    return path.split("/", -1)[2] + " " + method + from + more;
  }
}
