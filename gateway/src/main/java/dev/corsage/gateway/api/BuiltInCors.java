package dev.corsage.gateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CORS configuration of an <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">HTTP
 * API</a> or a <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html">function
 * URL</a>, by which AWS itself responds. Immutable.
 *
 * @param origins exact ones, {@code *}, {@code https://*} or {@code http://*}
 * @param maxAge in seconds, as it is written; empty if it is not
 * @param unknown the properties whose values only a deployment knows, or some of them: {@code
 *     AllowOrigins} and so on
 * @param location where it is written
 */
public record BuiltInCors(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    String maxAge,
    boolean credentials,
    Set<String> unknown,
    Location location) {

  /** Tells whether it allows every origin with credentials, which AWS refuses to deploy. */
  public boolean isStarWithCredentials() {
    return credentials && origins.contains("*");
  }

  /** Returns it with what another one has and this one does not. */
  public BuiltInCors over(BuiltInCors other) {
    return new BuiltInCors(
        origins.isEmpty() ? other.origins : origins,
        methods.isEmpty() ? other.methods : methods,
        headers.isEmpty() ? other.headers : headers,
        exposed.isEmpty() ? other.exposed : exposed,
        maxAge.isEmpty() ? other.maxAge : maxAge,
        credentials || other.credentials,
        Stream.concat(unknown.stream(), other.unknown.stream()).collect(Collectors.toSet()),
        location);
  }

  /** Returns the headers of the response to a preflight; none for an origin that is not allowed. */
  List<Field> preflightHeaders(String origin) {
    List<Field> all = commonHeaders(origin);
    if (!all.isEmpty()) {
      add(all, "access-control-allow-methods", String.join(",", methods));
      add(all, "access-control-allow-headers", String.join(",", headers));
      add(all, "access-control-max-age", maxAge);
    }
    return all;
  }

  /** Returns the headers of the response to an actual request. */
  List<Field> actualHeaders(String origin) {
    List<Field> all = commonHeaders(origin);
    if (!all.isEmpty()) {
      add(all, "access-control-expose-headers", String.join(",", exposed));
    }
    return all;
  }

  private List<Field> commonHeaders(String origin) {
    List<Field> common = new ArrayList<>();
    if (origin == null) {
      return common;
    }
    boolean listed =
        origins.contains(origin)
            || (origins.contains("https://*") && origin.startsWith("https://"))
            || (origins.contains("http://*") && origin.startsWith("http://"));
    if (listed || origins.contains("*")) {
      add(common, "access-control-allow-origin", listed ? origin : "*");
      add(common, "access-control-allow-credentials", credentials ? "true" : "");
    }
    return common;
  }

  private static void add(List<Field> to, String name, String value) {
    if (!value.isEmpty()) {
      to.add(new Field(name, value));
    }
  }
}
