package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The view of an HTTP request that a {@link CorsPolicy} decides on.
 *
 * <p>A server implements it over its own request object; only what a decision needs is read.
 */
public interface HttpRequest {

  /** Returns the request method, as received; never null. */
  String method();

  /**
   * Returns the field lines of a header, in the order received, each without its name; empty where
   * the header is absent, never null. All lines matter: a policy refuses a request with two {@code
   * Origin} lines rather than trust one of them.
   *
   * @param name the header's name in lower case; the comparison with the request's names ignores
   *     case (RFC 9110, section 5.1)
   */
  List<String> header(String name);

  /**
   * Returns the origin this request was sent to, serialized as a browser does ({@code
   * https://api.example.com}), or null where it is not known.
   *
   * <p>It is only used to let same-origin requests pass where refused origins are blocked; it never
   * makes a policy send a header.
   */
  default String targetOrigin() {
    return null;
  }

  /**
   * Tells whether this is the {@linkplain #targetOrigin origin that this request was sent to}. It
   * is asked for every origin that is not on the allow list; override it where that origin has to
   * be put together first.
   *
   * @param origin the value of an {@code Origin} header; not null
   */
  default boolean isSentTo(String origin) {
    return origin.equals(targetOrigin());
  }

  /**
   * Returns the stage of the API the request was sent to, such as {@code prod}, or null where it is
   * not known; for {@link CorsPolicies}.
   */
  default String stage() {
    return null;
  }

  /** Returns the id of the API, or null where it is not known; for {@link CorsPolicies}. */
  default String apiId() {
    return null;
  }

  /**
   * Returns the domain the request was sent to, in any case and without a port, or null where it is
   * not known; for {@link CorsPolicies}.
   */
  default String domain() {
    return null;
  }

  /**
   * Returns the path of the request as it was sent, percent-encoded, without the stage and without
   * the query, or null where it is not known; for {@link CorsPolicies}.
   */
  default String path() {
    return null;
  }

  /**
   * Returns an immutable request with these headers.
   *
   * @param method the request method
   * @param headers field lines by header name, in any case; neither names nor lines may be null
   * @throws NullPointerException if an argument, a name or a line is null
   */
  static HttpRequest of(String method, Map<String, List<String>> headers) {
    Objects.requireNonNull(method, "method");
    Map<String, List<String>> lines = new HashMap<>();
    headers.forEach(
        (name, values) ->
            lines.merge(
                FetchNames.lowerCase(name),
                List.copyOf(values),
                (first, second) -> {
                  List<String> both = new ArrayList<>(first);
                  both.addAll(second);
                  return List.copyOf(both);
                }));
    return new HttpRequest() {
      @Override
      public String method() {
        return method;
      }

      @Override
      public List<String> header(String name) {
        return lines.getOrDefault(name, List.of());
      }

      @Override
      public String toString() {
        return method + " " + lines;
      }
    };
  }
}
