package dev.corsage.gateway.api;

/** Why a gateway responds itself, as {@link #explanation} says, and how API Gateway does so. */
public enum GatewayReason {
  NO_ROUTE(404, "Not Found", "no-route", "No route takes this request."),
  UNAUTHORIZED(
      401, "Unauthorized", "unauthorized", "The request lacks what the authorizer looks for."),
  UNSIGNED(403, "Forbidden", "unauthorized", "The route requires a signed request (AWS_IAM)."),
  NO_API_KEY(403, "Forbidden", "no-api-key", "The route requires an API key."),
  NO_FUNCTION("no-function", "The route leads to something that does not run on this machine."),
  BODY_UNREADABLE(400, "Bad Request", "body-unreadable", "The body did not arrive."),
  PAYLOAD_TOO_LARGE(
      413, "Request Entity Too Large", "payload-too-large", "The body has more than 10 MB."),
  EVENT_TOO_LARGE(
      413,
      "Request Entity Too Large",
      "event-too-large",
      "The event is larger than Lambda takes (6 MB; 1 MB behind a load balancer)."),
  FUNCTION_FAILED("function-failed", "The function failed; its log says why."),
  TASK_TIMED_OUT("task-timed-out", "The function took longer than its Timeout."),
  RESPONSE_TOO_LARGE(
      "response-too-large",
      "The function's response is larger than Lambda takes (6 MB; 1 MB behind a load balancer)."),
  FUNCTION_TIMED_OUT(
      504, "Endpoint request timed out", "function-timed-out", "The function took too long."),
  RESPONSE_MALFORMED(
      "response-malformed", "The function's response does not have the format of the API."),
  BACKEND_UNREACHABLE("backend-unreachable", "The backend did not respond."),
  BACKEND_TIMED_OUT(
      504, "Endpoint request timed out", "backend-timed-out", "The backend took too long.");

  private final int status;
  private final String message;
  private final String key;
  private final String explanation;

  GatewayReason(String key, String explanation) {
    this(502, "Internal server error", key, explanation);
  }

  GatewayReason(int status, String message, String key, String explanation) {
    this.status = status;
    this.message = message;
    this.key = key;
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

  /**
   * Returns the <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">type</a>
   * of a REST API's gateway response; empty if only the default type applies.
   */
  String type() {
    return switch (this) {
      case UNAUTHORIZED -> name();
      case NO_API_KEY -> "INVALID_API_KEY";
      case FUNCTION_TIMED_OUT -> "INTEGRATION_TIMEOUT";
      default -> "";
    };
  }
}
