package dev.corsage.gateway.template;

import java.util.List;
import java.util.Map;

/**
 * A route of an HTTP API, a method of a REST API, or the one route of a function URL.
 *
 * @param method in upper case; {@code ANY} for all that have none of their own
 * @param path such as <code>/items/{id}</code>, or {@code $default}
 * @param target what it leads to
 * @param authorizer who is asked before; null if nobody
 * @param apiKey whether an API key is asked for
 * @param payload2 whether events are in payload format 2.0
 * @param resource the logical id of the resource, and the property of it, that it is written in
 * @param line where
 */
public record TemplateRoute(
    String method,
    String path,
    Target target,
    Authorizer authorizer,
    boolean apiKey,
    boolean payload2,
    String resource,
    int line) {

  /** What answers. */
  public sealed interface Target {}

  /** A function of the template, by its logical id. */
  public record Function(String id) implements Target {}

  /** A response that the gateway makes itself, the mock integration of a REST API. */
  public record Mock(int status, Map<String, String> headers) implements Target {}

  /** What is not in the template, or no function; described for people. */
  public record Other(String description) implements Target {}

  /**
   * Who is asked before the function.
   *
   * @param name as it is called in the template
   * @param iam whether requests have to be signed (AWS_IAM)
   * @param headers in which it looks for the caller; a request without them is refused unasked
   */
  public record Authorizer(String name, boolean iam, List<String> headers) {
    /** The name of AWS's own. */
    static final String IAM = "AWS_IAM";

    /** Creates one; without headers it is the Authorization header. */
    public Authorizer {
      headers = headers.isEmpty() ? List.of("Authorization") : List.copyOf(headers);
    }
  }

  /** Returns what an HTTP API calls its route key, such as {@code GET /items}. */
  public String key() {
    return path.equals(RouteTable.DEFAULT) ? path : method + " " + path;
  }

  /** Returns the id of the function that it leads to, or null. */
  String functionId() {
    return target instanceof Function function ? function.id() : null;
  }
}
