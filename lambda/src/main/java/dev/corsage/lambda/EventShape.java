package dev.corsage.lambda;

/** What invoked the function, as far as its events and responses differ. */
public enum EventShape {
  /**
   * A REST API, or an HTTP API with <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
   * format version 1.0</a>: {@code httpMethod}; answers have {@code headers} and {@code
   * multiValueHeaders}, which the gateway merges.
   */
  API_GATEWAY_V1,
  /**
   * The same where events have {@code multiValueHeaders} and no {@code headers}, as those of some
   * emulators of REST APIs: only the former counts, both ways. API Gateway itself takes either.
   */
  API_GATEWAY_V1_MULTI_VALUE,
  /**
   * An HTTP API with payload format version 2.0, or a <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">function URL</a>:
   * {@code requestContext.http}; answers have {@code headers} and {@code cookies}, and JSON without
   * {@code statusCode} is the body of a 200.
   */
  API_GATEWAY_V2,
  /**
   * An <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Application
   * Load Balancer</a>: {@code requestContext.elb}; answers have {@code statusDescription} and
   * {@code headers}.
   */
  ALB,
  /** The same with multi-value headers on: only {@code multiValueHeaders} counts, both ways. */
  ALB_MULTI_VALUE,
  /**
   * <a href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html">VPC
   * Lattice</a>, event structure version 1 or 2: {@code method} with {@code raw_path} or {@code
   * path}; answers are those of a load balancer.
   */
  LATTICE,
  /**
   * A <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">WebSocket
   * API</a>: {@code requestContext.connectionId}. CORS has no part in it.
   */
  WEBSOCKET;

  /** Tells whether headers with one value are ignored. */
  boolean hasOnlyMultiValueHeaders() {
    return this == API_GATEWAY_V1_MULTI_VALUE || this == ALB_MULTI_VALUE;
  }

  /** Tells whether the domain is one that API Gateway says, or none. */
  boolean isApiGateway() {
    return this == API_GATEWAY_V1 || this == API_GATEWAY_V1_MULTI_VALUE || this == API_GATEWAY_V2;
  }

  /** Tells whether answers must have a statusDescription beside the statusCode. */
  boolean hasStatusDescription() {
    return this == ALB || this == ALB_MULTI_VALUE || this == LATTICE;
  }

  /** Tells whether a response without statusCode is the body of a 200. */
  boolean infersResponses() {
    return this == API_GATEWAY_V2;
  }

  /**
   * Returns what load balancers want beside a status, such as {@code 204 No Content}. They hand it
   * on to clients of HTTP/1.1; a phrase is enough for any of the kind.
   */
  public static String statusDescription(int status) {
    return status
        + " "
        + switch (status) {
          case 204 -> "No Content";
          case 400 -> "Bad Request";
          case 403 -> "Forbidden";
          case 404 -> "Not Found";
          case 500 -> "Internal Server Error";
          case 502 -> "Bad Gateway";
          case 504 -> "Gateway Timeout";
          default -> status < 300 ? "OK" : status < 500 ? "Refused" : "Error";
        };
  }
}
