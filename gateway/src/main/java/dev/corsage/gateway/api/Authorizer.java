package dev.corsage.gateway.api;

import java.util.List;

/**
 * What decides whether a request may reach the integration of a route. Immutable.
 *
 * <p>A request that lacks one of its <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html">identity
 * sources</a> is refused at once. Stage variables and values of the context are always there.
 *
 * @param name its name in the template
 * @param iam whether requests have to be signed (AWS_IAM)
 * @param headers the headers among its identity sources
 * @param parameters the parameters of the query string among its identity sources
 * @param isAssumed whether nothing names its identity sources: AWS then calls the function of an
 *     authorizer for every request, and what the function looks for is a guess here
 */
public record Authorizer(
    String name, boolean iam, List<String> headers, List<String> parameters, boolean isAssumed) {
  /** The name of AWS's own. */
  public static final String IAM = "AWS_IAM";

  /** Creates one. */
  public Authorizer {
    headers = List.copyOf(headers);
    parameters = List.copyOf(parameters);
  }

  /** Creates one; without identity sources it is the Authorization header. */
  public Authorizer(String name, boolean iam, List<String> headers, List<String> parameters) {
    this(
        name,
        iam,
        headers.isEmpty() && parameters.isEmpty() ? List.of("Authorization") : headers,
        parameters,
        !iam && headers.isEmpty() && parameters.isEmpty());
  }

  /** Creates one that looks at headers alone. */
  public Authorizer(String name, boolean iam, List<String> headers) {
    this(name, iam, headers, List.of());
  }

  /** Tells whether a request has all of the identity sources. */
  boolean findsIdentity(ApiRequest request) {
    return headers.stream().allMatch(name -> request.value(name) != null)
        && request.hasParameters(parameters);
  }
}
