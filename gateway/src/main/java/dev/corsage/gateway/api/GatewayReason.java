package dev.corsage.gateway.api;

/** Why a gateway responds itself, and how API Gateway does so. */
public enum GatewayReason {
  /** No route takes the request. */
  NO_ROUTE("no-route", 404, "Not Found", "", "No route takes this request."),
  /** The authorizer refuses the request. */
  UNAUTHORIZED(
      "unauthorized",
      401,
      "Unauthorized",
      "UNAUTHORIZED",
      "The request lacks the header in which the authorizer of the route looks for credentials."),
  /** The request is not signed. */
  UNSIGNED("unauthorized", 403, "Forbidden", "", "The route requires a signed request (AWS_IAM)."),
  /** The request has no API key. */
  NO_API_KEY("no-api-key", 403, "Forbidden", "INVALID_API_KEY", "The route requires an API key."),
  /** The integration is not on this machine. */
  NO_FUNCTION(
      "no-function",
      502,
      "Internal server error",
      "",
      "The route leads to something that does not run on this machine."),
  /** The body of the request did not arrive. */
  BODY_UNREADABLE(
      "body-unreadable", 400, "Bad Request", "", "The body of the request did not arrive."),
  /** The body of the request is too large. */
  PAYLOAD_TOO_LARGE(
      "payload-too-large",
      413,
      "Request Entity Too Large",
      "",
      "The body of the request is larger than API Gateway's quota of 10 MB."),
  /** The function threw an exception, or its process ended. */
  FUNCTION_FAILED(
      "function-failed",
      502,
      "Internal server error",
      "",
      "The function failed; its log says why."),
  /** The function took too long. */
  FUNCTION_TIMED_OUT(
      "function-timed-out",
      504,
      "Endpoint request timed out",
      "INTEGRATION_TIMEOUT",
      "The function took longer than its timeout."),
  /** The function's response is not in the format of its API. */
  RESPONSE_MALFORMED(
      "response-malformed",
      502,
      "Internal server error",
      "",
      "The function's response is not in the format that API Gateway requires."),
  /** The backend did not respond. */
  BACKEND_UNREACHABLE(
      "backend-unreachable", 502, "Internal server error", "", "The backend did not respond."),
  /** The backend took too long. */
  BACKEND_TIMED_OUT(
      "backend-timed-out",
      504,
      "Endpoint request timed out",
      "",
      "The backend took longer than its timeout.");

  private final String key;
  private final int status;
  private final String message;
  private final String type;
  private final String explanation;

  GatewayReason(String key, int status, String message, String type, String explanation) {
    this.key = key;
    this.status = status;
    this.message = message;
    this.type = type;
    this.explanation = explanation;
  }

  /** Returns the stable key, such as {@code no-route}. */
  public String key() {
    return key;
  }

  /** Returns the reason in one sentence, for people. */
  public String explanation() {
    return explanation;
  }

  int status() {
    return status;
  }

  /** Returns the message of the body; it has no character that JSON escapes. */
  String message() {
    return message;
  }

  /** Returns the type of REST API's gateway response, other than the default; empty if none. */
  String type() {
    return type;
  }
}
