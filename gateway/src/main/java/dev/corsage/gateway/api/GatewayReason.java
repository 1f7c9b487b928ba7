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
  BACKEND_UNREACHABLE(
      "backend-unreachable", "The backend did not respond. Start it, or correct --backend."),
  BACKEND_TIMED_OUT(
      504,
      "Endpoint request timed out",
      "backend-timed-out",
      "The backend took longer than --timeout allows."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported Media Type",
      "unsupported-media-type",
      "No mapping template takes the Content-Type of the request, and it is not passed through."),
  BINARY_PAYLOAD(
      500,
      Texts.INTERNAL,
      "binary-payload",
      "The API's binary media types make the payload binary, which a mapping template cannot read;"
          + " set ContentHandling to CONVERT_TO_TEXT."),
  MAPPING_FAILED(
      500, Texts.INTERNAL, "mapping-failed", "A mapping template is malformed, or it failed."),
  MOCK_WITHOUT_STATUS(
      500,
      Texts.INTERNAL,
      "mock-without-status",
      "The request template of the mock makes no statusCode, a whole number."),
  NO_INTEGRATION_RESPONSE(
      500,
      Texts.INTERNAL,
      "no-integration-response",
      "No integration response is selected, and none is the default.");

  /** What several reasons say to the client. */
  private static final class Texts {
    static final String INTERNAL = "Internal server error";
  }

  private final int status;
  private final String message;
  private final String key;
  private final String explanation;

  GatewayReason(String key, String explanation) {
    this(502, Texts.INTERNAL, key, explanation);
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

  /** Returns the reason in a sentence or two, for people; no character that JSON escapes. */
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
      case UNAUTHORIZED, UNSUPPORTED_MEDIA_TYPE -> name();
      case BINARY_PAYLOAD, MAPPING_FAILED, MOCK_WITHOUT_STATUS, NO_INTEGRATION_RESPONSE ->
          "API_CONFIGURATION_ERROR";
      case NO_API_KEY -> "INVALID_API_KEY";
      case FUNCTION_TIMED_OUT -> "INTEGRATION_TIMEOUT";
      default -> "";
    };
  }
}
