package dev.corsage.lambda;

/**
 * What invoked the function, as far as its events and responses differ. Each shape has its two
 * sides here: how a request is read from its event, and what its response must look like.
 */
public enum EventShape {
  /**
   * A REST API, or an HTTP API with <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
   * format version 1.0</a>: {@code httpMethod}; responses have {@code headers} and {@code
   * multiValueHeaders}, which the gateway merges.
   */
  API_GATEWAY_V1,
  /**
   * The same where events have {@code multiValueHeaders} and no {@code headers}, as those of some
   * emulators of REST APIs: only {@code multiValueHeaders} counts, in events and in responses. API
   * Gateway itself accepts both.
   */
  API_GATEWAY_V1_MULTI_VALUE,
  /**
   * An HTTP API with payload format version 2.0, or a <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">function URL</a>:
   * {@code requestContext.http}; responses have {@code headers} and {@code cookies}, and JSON
   * without {@code statusCode} is the body of a 200.
   */
  API_GATEWAY_V2,
  /**
   * An <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Application
   * Load Balancer</a>: {@code requestContext.elb}; responses have {@code statusDescription} and
   * {@code headers}.
   */
  ALB,
  /**
   * The same with multi-value headers enabled: only {@code multiValueHeaders} counts, in events and
   * in responses.
   */
  ALB_MULTI_VALUE,
  /**
   * <a href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html">VPC
   * Lattice</a>, event structure version 1 or 2: {@code method} with {@code raw_path} or {@code
   * path}; responses are those of a load balancer.
   */
  LATTICE,
  /**
   * A <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">WebSocket
   * API</a>: {@code requestContext.connectionId}. The CORS protocol does not apply to it.
   */
  WEBSOCKET;

  /**
   * Returns the path of a request, percent-encoded, without the stage, without the base path of the
   * domain and without the query; null if the event has none, or does not tell it without doubt.
   */
  String path(ProxyRequest request) {
    String path = request.eventPath();
    if (path == null) {
      return null;
    }
    return switch (this) {
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE -> pathOfV1(request, path);
      case API_GATEWAY_V2 -> {
        String domain = request.domain();
        // Every HTTP API names its domain; some emulators name none, and decode nothing.
        boolean httpApi = domain != null && !domain.contains(".lambda-url.");
        String own = withoutStage(path, request.stage(), domain);
        yield httpApi && own != null ? encoded(own) : own;
      }
      // raw_path has the query, path has none.
      case LATTICE -> path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
      case ALB, ALB_MULTI_VALUE, WEBSOCKET -> path;
    };
  }

  private static String pathOfV1(ProxyRequest request, String path) {
    // Events of REST APIs have no version.
    boolean httpApi = "1.0".equals(request.version());
    String own = path;
    if (isOwnDomain(request.domain())) {
      own = BasePath.cutFrom(path, request);
    } else if (httpApi) {
      own = withoutStage(path, request.stage(), request.domain());
    }
    // Paths of REST APIs are as they were sent.
    return httpApi && own != null ? encoded(own) : own;
  }

  /** Tells whether an API is called at a domain of its owner, where no stage is in the path. */
  private static boolean isOwnDomain(String domain) {
    return domain != null && !domain.contains(".execute-api.");
  }

  /**
   * Encodes the percent signs of a path that is decoded already. HTTP APIs decode paths in both
   * payload formats, {@code rawPath} too: for {@code /a%2570} a function gets {@code /a%70}, which
   * is not {@code /ap}. AWS's <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">page
   * on routes</a> says so of "request parameters" only; for {@code rawPath} there are events from
   * AWS in <a href="https://github.com/fastify/aws-lambda-fastify/issues/169">two</a> <a
   * href="https://github.com/honojs/hono/issues/2156">reports</a>, and <a
   * href="https://github.com/middleapi/standard-server/pull/93">REST APIs, function URLs and load
   * balancers</a> decode nothing.
   */
  private static String encoded(String path) {
    return path.replace("%", "%25");
  }

  /**
   * At the API's own endpoint the paths of HTTP APIs begin with the stage, in both payload formats,
   * unless it is {@code $default}, which is <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html">served
   * from the base</a>; those of REST APIs do not (<a
   * href="https://github.com/dougmoscrop/serverless-http/pull/143">events from AWS</a>).
   *
   * @return null if the path does not begin with the stage, or may leave it by {@code ..}: what is
   *     behind the stage is another path to whoever resolves the dots first
   */
  private static String withoutStage(String path, String stage, String domain) {
    if (stage == null || stage.equals("$default") || domain == null || isOwnDomain(domain)) {
      return path;
    }
    String front = "/" + stage;
    boolean hasStage =
        path.startsWith(front)
            && (path.length() == front.length() || path.charAt(front.length()) == '/');
    if (!hasStage || path.contains("/../") || path.endsWith("/..")) {
      return null;
    }
    return path.length() == front.length() ? "/" : path.substring(front.length());
  }

  /** Tells whether clients reach the function by https and on port 443 alone. */
  boolean isHttpsOnly() {
    return this != ALB && this != ALB_MULTI_VALUE && this != LATTICE;
  }

  /** Tells whether the domain is in the event, and nowhere else. */
  boolean namesDomain() {
    return this == API_GATEWAY_V1 || this == API_GATEWAY_V1_MULTI_VALUE || this == API_GATEWAY_V2;
  }

  /** Tells whether a response has its headers in {@code multiValueHeaders} alone. */
  boolean hasOnlyMultiValueHeaders() {
    return this == API_GATEWAY_V1_MULTI_VALUE || this == ALB_MULTI_VALUE;
  }

  /** Tells whether a response must have a statusDescription beside its statusCode. */
  boolean hasStatusDescription() {
    return this == ALB || this == ALB_MULTI_VALUE || this == LATTICE;
  }

  /** Tells whether a response without statusCode is the body of a 200. */
  boolean infersResponses() {
    return this == API_GATEWAY_V2;
  }

  /**
   * Returns the description that load balancers require beside a status, such as {@code 204 No
   * Content}. They send it to clients of HTTP/1.1, which read nothing into the phrase.
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
