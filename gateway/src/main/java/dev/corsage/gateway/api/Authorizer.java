package dev.corsage.gateway.api;

import java.util.List;

/**
 * What decides whether a request may reach the integration of a route.
 *
 * @param name its name in the template
 * @param iam whether requests have to be signed (AWS_IAM)
 * @param headers where it looks for credentials; a request without one of them is refused at once
 */
public record Authorizer(String name, boolean iam, List<String> headers) {
  /** The name of AWS's own. */
  public static final String IAM = "AWS_IAM";

  /** Creates one; without headers it is the Authorization header. */
  public Authorizer {
    headers = headers.isEmpty() ? List.of("Authorization") : List.copyOf(headers);
  }
}
